package hansa.drivers.libvirt;

import hansa.cloud.CloudException;
import hansa.cloud.HostGroup;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Where machines may go that want to share a host or never to. Who belongs to a group stands in the definitions of the machines; those that
 * are being made are remembered until theirs is there. One machine is placed at a time. Safe for many threads.
 */
final class HostGroups {

    private final Set<String> hosts;
    private final Supplier<List<Member>> there;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Member> placed = new ConcurrentHashMap<>();

    /**
     * @param hosts the names of all
     * @param there the members of all groups, also those at hosts that do not answer
     */
    HostGroups(Set<String> hosts, Supplier<List<Member>> there) {
        this.hosts = Set.copyOf(hosts);
        this.there = there;
    }

    /** A machine of a group. */
    record Member(String machine, HostGroup group, String host) {}

    /**
     * Finds a host for a new machine of a group; it counts as a member from then on, until {@link #release} or for good where its definition
     * is there by then.
     *
     * @param choose takes a host of those that the group lets it go to, at least one
     * @throws CloudException.InvalidRequest where the group's machines keep another relation
     * @throws CloudException.NoCapacity where no host is left
     */
    String place(String machine, HostGroup group, Function<Set<String>, String> choose) {
        lock.lock();
        try {
            placed.remove(machine);
            Map<String, Member> members = members(machine, group);
            members.values().stream()
                    .filter(member -> member.group().relation() != group.relation())
                    .findFirst()
                    .ifPresent(member -> {
                        throw new CloudException.InvalidRequest("the machines of the group " + group.name() + " are "
                                + member.group().relation() + ", so another one cannot be " + group.relation());
                    });
            String host = choose.apply(
                    allowed(group, members.values().stream().map(Member::host).collect(Collectors.toSet())));
            placed.put(machine, new Member(machine, group, host));
            return host;
        } finally {
            lock.unlock();
        }
    }

    private Map<String, Member> members(String without, HostGroup group) {
        // Looked at first: whoever is defined and released meanwhile is in one of the two.
        Map<String, Member> members = new LinkedHashMap<>(placed);
        there.get().forEach(member -> members.put(member.machine(), member));
        members.values()
                .removeIf(member -> member.machine().equals(without)
                        || !member.group().name().equals(group.name()));
        return members;
    }

    private Set<String> allowed(HostGroup group, Set<String> taken) {
        return switch (group.relation()) {
            case TOGETHER -> taken.isEmpty() ? hosts : taken;
            case APART -> {
                Set<String> free = new HashSet<>(hosts);
                free.removeAll(taken);
                if (free.isEmpty()) {
                    throw new CloudException.NoCapacity(
                            "each of the " + hosts.size() + " hosts has a machine of its group already");
                }
                yield free;
            }
        };
    }

    /** Its definition is there, or nothing comes of it. */
    void release(String machine) {
        placed.remove(machine);
    }
}
