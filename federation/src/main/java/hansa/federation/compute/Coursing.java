package hansa.federation.compute;

import hansa.federation.brokering.Placement;
import hansa.federation.caller.Caller;
import hansa.federation.compute.CloudChoice.Choice;
import hansa.federation.compute.Course.Stop;
import hansa.federation.placement.Affinity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lays the courses of machines that were planned together.
 *
 * @param plan the id of the plan that is kept
 * @param others where one of them could go next, the best first
 * @param tries how many of these are kept in mind for each
 */
record Coursing(String plan, List<Choice> others, int tries) {

    Course of(Choice seat, List<LinkId> nics, Caller caller, Placement placement) {
        List<Stop> stops = new ArrayList<>();
        stops.add(stop(seat, nics));
        others.stream()
                .filter(other -> !other.cloud().equals(seat.cloud()))
                .limit(tries)
                .forEach(other -> stops.add(stop(other, nics)));
        return new Course(
                stops,
                0,
                0,
                false,
                Optional.empty(),
                List.of(),
                placement.deadline(),
                caller.operator(),
                Optional.of(caller.fqans().stream()
                        .filter(fqan -> caller.vo().equals(Optional.of(fqan.vo())))
                        .toList()),
                placement.comeBack(),
                placement.affinities().stream()
                        .map(one ->
                                new Affinity(one.relation(), one.scope(), MachineGroups.fullName(caller, one.group())))
                        .toList(),
                placement.spread(),
                set());
    }

    private static Stop stop(Choice choice, List<LinkId> nics) {
        Map<LinkId, NetworkId> networks = new HashMap<>();
        for (int i = 0; i < nics.size(); i++) {
            networks.put(nics.get(i), choice.networks().get(i).id());
        }
        return new Stop(choice.cloud(), choice.flavour(), choice.size(), networks);
    }

    /** The groups that each of the machines is a member of. */
    Set<String> groups(Caller caller, Placement placement) {
        Set<String> groups = new HashSet<>();
        placement.groups().forEach(group -> groups.add(MachineGroups.fullName(caller, group)));
        if (placement.spread().isPresent()) {
            groups.add(set());
        }
        return groups;
    }

    private String set() {
        return "set " + plan;
    }
}
