package hansa.federation.compute;

/**
 * What an event tells of a machine, volume or network.
 *
 * @param vo empty = none
 * @param desired of machines; empty otherwise
 * @param image of machines; empty otherwise
 * @param flavour of machines; empty otherwise
 * @param cores of machines; 0 otherwise
 * @param memoryMib of machines; 0 otherwise
 * @param sizeMib of volumes; 0 otherwise
 */
record News(
        String id,
        String owner,
        String vo,
        String cloud,
        String title,
        String state,
        String desired,
        String image,
        String flavour,
        int cores,
        long memoryMib,
        long sizeMib,
        String message,
        long generation) {

    static News of(Machine machine) {
        return new News(
                machine.id().value(),
                machine.owner(),
                machine.vo().orElse(""),
                machine.cloud().value(),
                machine.title(),
                machine.state().name(),
                machine.desired().name(),
                machine.image().value(),
                machine.flavour().map(flavour -> flavour.value()).orElse(""),
                machine.size().cores(),
                machine.size().memoryMib(),
                0,
                machine.message(),
                machine.generation());
    }

    static News of(Volume volume) {
        return new News(
                volume.id().value(),
                volume.owner(),
                volume.vo().orElse(""),
                volume.cloud().value(),
                volume.title(),
                volume.state().name(),
                "",
                "",
                "",
                0,
                0,
                volume.sizeMib(),
                volume.message(),
                volume.generation());
    }

    static News of(Network network) {
        return new News(
                network.id().value(),
                network.owner().orElse(""),
                network.vo().orElse(""),
                network.cloud().value(),
                network.title(),
                network.state().name(),
                "",
                "",
                "",
                0,
                0,
                0,
                network.message(),
                network.generation());
    }

    String json() {
        return Forms.ALL.json(this);
    }
}
