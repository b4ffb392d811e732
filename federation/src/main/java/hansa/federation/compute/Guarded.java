package hansa.federation.compute;

import hansa.federation.policy.Action;
import hansa.federation.sites.FlavourId;
import hansa.policy.AccessRequest.Resource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Something that the policy is asked about.
 *
 * @param look the action of whoever may know that it is there
 */
record Guarded(Action look, Resource about) {

    /** Stands in an owner's column for what is everybody's. */
    static final String EVERYBODY = "";

    /**
     * @param vo empty = none
     * @param flavour empty for a machine of free size
     */
    static Guarded machine(String id, String owner, String vo, String cloud, String image, String flavour) {
        Map<String, String> attributes = new HashMap<>();
        attributes.put("cloud", cloud);
        attributes.put("image", image);
        if (!flavour.isEmpty()) {
            attributes.put("flavour", flavour);
        }
        return of(Action.MACHINE_READ, id, owner, vo, attributes);
    }

    /** @param vo empty = none */
    static Guarded volume(String id, String owner, String vo, String cloud) {
        return of(Action.VOLUME_READ, id, owner, vo, Map.of("cloud", cloud));
    }

    /**
     * @param owner empty = everybody
     * @param vo empty = none
     */
    static Guarded network(String id, String owner, String vo, String cloud) {
        return of(Action.NETWORK_READ, id, owner, vo, Map.of("cloud", cloud));
    }

    static Guarded of(Machine machine) {
        return machine(
                machine.id().value(),
                machine.owner(),
                machine.vo().orElse(""),
                machine.cloud().value(),
                machine.image().value(),
                machine.flavour().map(FlavourId::value).orElse(""));
    }

    /** The same machine with another flavour, or with a free size. */
    Guarded withFlavour(Optional<FlavourId> flavour) {
        return machine(
                about.id(),
                about.owner().orElse(EVERYBODY),
                about.vo().orElse(""),
                about.attributes().getOrDefault("cloud", ""),
                about.attributes().getOrDefault("image", ""),
                flavour.map(FlavourId::value).orElse(""));
    }

    static Guarded of(Volume volume) {
        return volume(
                volume.id().value(),
                volume.owner(),
                volume.vo().orElse(""),
                volume.cloud().value());
    }

    static Guarded of(Network network) {
        return network(
                network.id().value(),
                network.owner().orElse(EVERYBODY),
                network.vo().orElse(""),
                network.cloud().value());
    }

    /** Tags are nobody else's business: who may not use one does not see it. */
    static Guarded of(Tag tag) {
        return of(Action.TAG_UPDATE, tag.id(), tag.owner(), "", Map.of());
    }

    private static Guarded of(Action look, String id, String owner, String vo, Map<String, String> attributes) {
        return new Guarded(
                look,
                new Resource(
                        look.type(),
                        id,
                        Optional.of(owner).filter(text -> !text.isEmpty()),
                        Optional.of(vo).filter(text -> !text.isEmpty()),
                        attributes));
    }
}
