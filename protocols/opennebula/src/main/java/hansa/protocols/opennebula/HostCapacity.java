package hansa.protocols.opennebula;

import java.util.ArrayList;
import java.util.List;

/**
 * What a host has for machines, with its overcommitment and without what is reserved, and what they were given of it, from
 * {@code one.hostpool.info}.
 *
 * @param state 1 (in 5.x) and 2 are monitored; 3 error, 4 disabled, 8 offline
 * @param cpuPercent in hundredths of a processor
 * @param memoryKib KiB
 * @param machines that run on it
 */
public record HostCapacity(
        int id,
        String name,
        int state,
        long cpuPercent,
        long usedCpuPercent,
        long memoryKib,
        long usedMemoryKib,
        long machines) {

    /** @param host the element {@code HOST} */
    public static HostCapacity of(Element host) throws OpenNebulaSyntaxException {
        Element share = host.orNothing("HOST_SHARE");
        return new HostCapacity(
                host.requiredInteger("ID"),
                host.text("NAME").orElse(""),
                host.requiredInteger("STATE"),
                either(share, "MAX_CPU", "TOTAL_CPU"),
                count(share, "CPU_USAGE"),
                either(share, "MAX_MEM", "TOTAL_MEM"),
                count(share, "MEM_USAGE"),
                count(share, "RUNNING_VMS"));
    }

    private static long either(Element share, String first, String second) {
        return share.number(first).isPresent() ? count(share, first) : count(share, second);
    }

    private static long count(Element share, String what) {
        return Math.max(0, share.number(what).orElse(0));
    }

    /** Whether machines are placed on it. */
    public boolean takesMachines() {
        return state == 1 || state == 2;
    }

    /** @param pool the element {@code HOST_POOL}; it is empty for a user that may not see hosts */
    public static List<HostCapacity> pool(Element pool) throws OpenNebulaSyntaxException {
        List<HostCapacity> all = new ArrayList<>();
        for (Element host : pool.children("HOST")) {
            all.add(of(host));
        }
        return List.copyOf(all);
    }
}
