package hansa.drivers.libvirt;

import hansa.cloud.CloudException;
import hansa.cloud.HostGroup;
import hansa.cloud.Size;
import hansa.drivers.libvirt.HostAnswer.Silent;
import hansa.drivers.libvirt.HostAnswer.Told;
import hansa.drivers.libvirt.HostRoom.Occupancy;
import hansa.drivers.libvirt.PoolSettings.Policy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Chooses hosts for machines and takes their room, so that no host ever gets more than it gives, however many ask at once.
 * Safe for many threads.
 */
final class Placement {

    private final List<HostRoom> rooms;
    private final Policy policy;
    private final HostGroups groups;

    Placement(List<HostRoom> rooms, Policy policy, HostGroups groups) {
        this.rooms = List.copyOf(rooms);
        this.policy = policy;
        this.groups = groups;
    }

    /**
     * Takes room for a new machine, instead of what was taken for it before.
     *
     * @param only hosts that come into question; empty = all
     * @param first one that is taken before all others where it has room
     * @return the host's name
     * @throws CloudException.NoCapacity with the figures, when no host that answers has room
     * @throws CloudException.Unavailable when none answers
     */
    String reserve(String machine, Size size, Optional<Set<String>> only, Optional<String> first) {
        rooms.forEach(room -> room.giveBack(machine));
        List<HostRoom> candidates = rooms.stream()
                .filter(room -> only.map(names -> names.contains(room.host())).orElse(true))
                .toList();
        Map<HostRoom, Refusal> refusals = new HashMap<>();
        for (HostRoom room : ranked(candidates, machine, size, first, refusals)) {
            try {
                HostRoom.Answer answer = room.take(machine, size);
                if (answer.taken()) {
                    return room.host();
                }
                refusals.put(room, Refusal.full(answer.before()));
            } catch (CloudException e) {
                refusals.put(room, Refusal.silent(e.text()));
            }
        }
        throw refused(candidates, size, refusals);
    }

    /**
     * The same for a machine of a group.
     *
     * @throws CloudException.InvalidRequest where the group's machines keep another relation
     */
    String reserve(String machine, Size size, Optional<Set<String>> only, Optional<String> first, HostGroup group) {
        return groups.place(machine, group, allowed -> {
            Set<String> both = allowed.stream()
                    .filter(name -> only.map(names -> names.contains(name)).orElse(true))
                    .collect(Collectors.toSet());
            if (both.isEmpty()) {
                throw new CloudException.NoCapacity("no host that the group " + group.name()
                        + " may go to has all networks that the machine asks for");
            }
            return reserve(machine, size, Optional.of(both), first);
        });
    }

    /** Where there is one host only: whether a machine of a group may go there. */
    void joinOnly(String machine, HostGroup group) {
        groups.place(machine, group, only -> only.iterator().next());
    }

    /** Why a host did not take a machine. */
    private record Refusal(boolean answered, String why) {

        static Refusal full(Occupancy before) {
            return new Refusal(true, "has " + before.figures());
        }

        static Refusal silent(String why) {
            return new Refusal(false, "does not answer (" + why + ")");
        }
    }

    /** Those that answer, the best first. One look at each: whoever is taken is looked at once more. */
    private List<HostRoom> ranked(
            List<HostRoom> candidates,
            String machine,
            Size size,
            Optional<String> first,
            Map<HostRoom, Refusal> refusals) {
        if (candidates.size() < 2) {
            return candidates;
        }
        Map<HostRoom, Occupancy> seen = new HashMap<>();
        HostAnswer.ofEach(candidates, HostRoom::occupancy).forEach((room, answer) -> {
            switch (answer) {
                case Told<Occupancy>(Occupancy now) -> seen.put(room, now.with(machine, size));
                case Silent<Occupancy>(String why) -> refusals.put(room, Refusal.silent(why));
            }
        });
        List<HostRoom> order = new ArrayList<>(seen.keySet());
        order.sort(Comparator.comparing((HostRoom room) -> !first.equals(Optional.of(room.host())))
                .thenComparing(room -> !fits(seen, room))
                .thenComparingDouble(room -> rank(seen, room))
                .thenComparing(HostRoom::host));
        return order;
    }

    private static boolean fits(Map<HostRoom, Occupancy> seen, HostRoom room) {
        Occupancy with = seen.get(room);
        return with != null && with.fits();
    }

    private double rank(Map<HostRoom, Occupancy> seen, HostRoom room) {
        Occupancy with = seen.get(room);
        double fullness = with == null ? 0 : with.fullness();
        return switch (policy) {
            case SPREADING -> fullness;
            case PACKING -> -fullness;
        };
    }

    private static CloudException refused(List<HostRoom> candidates, Size size, Map<HostRoom, Refusal> refusals) {
        if (candidates.isEmpty()) {
            return new CloudException.Conflict("no host of the pool has all networks that the machine asks for");
        }
        String figures = candidates.stream()
                .flatMap(room ->
                        Optional.ofNullable(refusals.get(room))
                                .map(refusal -> room.host() + " " + refusal.why())
                                .stream())
                .collect(Collectors.joining("; "));
        return refusals.values().stream().anyMatch(Refusal::answered)
                ? new CloudException.NoCapacity("no host has room for " + size.cores() + " cores and "
                        + size.memoryMib() + " MiB of memory: " + figures)
                : new CloudException.Unavailable("no host of the pool answers: " + figures);
    }

    /**
     * Takes the room that a machine needs to grow where it is.
     *
     * @throws CloudException.NoCapacity with the figures
     */
    void grow(String machine, String host, Size size) {
        for (HostRoom room : rooms) {
            if (room.host().equals(host)) {
                HostRoom.Answer answer = room.take(machine, size);
                if (!answer.taken()) {
                    throw refused(List.of(room), size, Map.of(room, Refusal.full(answer.before())));
                }
            }
        }
    }

    /** What was taken counts no more: libvirt shows the machine, or nothing came of it. */
    void release(String machine) {
        rooms.forEach(room -> room.giveBack(machine));
        groups.release(machine);
    }
}
