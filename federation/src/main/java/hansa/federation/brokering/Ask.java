package hansa.federation.brokering;

import hansa.cloud.CloudName;
import hansa.federation.placement.Affinity;
import hansa.federation.placement.MachineRequest;
import hansa.federation.placement.PlacementPolicy;
import hansa.federation.placement.Room;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What is asked of the broker for somebody.
 *
 * @param cloud that was named; empty = any
 * @param at the clouds where the image is or can be brought to, with their names for it; empty names where it is still to be brought
 * @param members the clouds where members of groups are, by the groups' full names
 * @param fullName of a group: the same word of two callers is two groups
 * @param quota what the caller may still use
 * @param waits whether a cloud that has no room or does not answer will do, since the machine can wait for it
 */
public record Ask(
        String name,
        int count,
        MachineRequest.Needs needs,
        Optional<CloudName> cloud,
        Placement placement,
        Map<String, String> at,
        Map<String, Set<String>> members,
        UnaryOperator<String> fullName,
        Room quota,
        Waits waits) {

    /** What a machine can wait for. */
    public enum Waits {
        NOTHING,
        /** That the cloud answers again. */
        ANSWER,
        /** That the cloud answers again and has room. */
        ROOM
    }

    public Ask {
        at = Map.copyOf(at);
        members = Map.copyOf(members);
    }

    /** The same with another quota, or waiting for something else. */
    public Ask with(Room other, Waits patience) {
        return new Ask(name, count, needs, cloud, placement, at, members, fullName, other, patience);
    }

    MachineRequest request() {
        return new MachineRequest(
                name,
                count,
                needs,
                new MachineRequest.Wishes(
                        placement.requirements(),
                        placement.rank(),
                        placement.policy().orElse(PlacementPolicy.IN_ORDER),
                        placement.dataSites()),
                new MachineRequest.Bounds(
                        placement.site().map(Object::toString),
                        cloud.map(CloudName::value),
                        placement.countries(),
                        placement.budget(),
                        placement.spread()),
                placement.affinities().stream()
                        .map(one -> new Affinity(one.relation(), one.scope(), fullName.apply(one.group())))
                        .toList(),
                placement.groups().stream().map(fullName).collect(Collectors.toUnmodifiableSet()));
    }
}
