package hansa.drivers.simulated;

import hansa.cloud.CloudException;
import hansa.cloud.HostGroup;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which host a new machine goes to: of those that its group may go to, the one with the fewest machines. */
final class Hosts {

    private final World world;
    private final int number;

    Hosts(World world, int number) {
        this.world = world;
        this.number = number;
    }

    /** For a machine that is made by the change that the world is in. */
    int choose(Optional<HostGroup> group) {
        if (group.isEmpty()) {
            return emptiest(Set.of()).orElse(0);
        }
        HostGroup wanted = group.get();
        List<Machine> members = world.machines()
                .filter(machine -> machine.group()
                        .filter(other -> other.name().equals(wanted.name()))
                        .isPresent())
                .toList();
        requireSameRelation(wanted, members);
        return switch (wanted.relation()) {
            case TOGETHER ->
                members.stream()
                        .map(Machine::host)
                        .findFirst()
                        .or(() -> emptiest(Set.of()))
                        .orElse(0);
            case APART ->
                emptiest(members.stream().map(Machine::host).collect(Collectors.toSet()))
                        .orElseThrow(() -> new CloudException.NoCapacity(
                                "each of the " + number + " hosts has a machine of its group already"));
        };
    }

    private static void requireSameRelation(HostGroup wanted, List<Machine> members) {
        members.stream()
                .flatMap(member -> member.group().stream())
                .filter(there -> there.relation() != wanted.relation())
                .findFirst()
                .ifPresent(there -> {
                    throw new CloudException.InvalidRequest("the machines of the group '" + wanted.name() + "' are "
                            + there.relation() + ", so another one cannot be " + wanted.relation());
                });
    }

    private Optional<Integer> emptiest(Set<Integer> taken) {
        return IntStream.range(0, number)
                .filter(host -> !taken.contains(host))
                .boxed()
                .min((one, other) -> Long.compare(world.machinesOn(one), world.machinesOn(other)));
    }
}
