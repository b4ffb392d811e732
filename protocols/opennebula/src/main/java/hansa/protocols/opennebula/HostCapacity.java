package hansa.protocols.opennebula;

import java.util.ArrayList;
import java.util.List;

/**
 * What a host has and what machines were given of it, from {@code one.hostpool.info}.
 *
 * @param state 2 is monitored; 3 error, 4 disabled, 8 offline
 * @param cpuPercent in hundredths of a processor
 * @param memoryKib KiB
 */
public record HostCapacity(
        int id, String name, int state, long cpuPercent, long usedCpuPercent, long memoryKib, long usedMemoryKib) {

    public static final int MONITORED = 2;

    /** @param host the element {@code HOST} */
    public static HostCapacity of(Element host) throws OpenNebulaSyntaxException {
        Element share = host.orNothing("HOST_SHARE");
        return new HostCapacity(
                host.requiredInteger("ID"),
                host.text("NAME").orElse(""),
                host.requiredInteger("STATE"),
                share.number("TOTAL_CPU")
                        .orElseGet(() -> share.number("MAX_CPU").orElse(0)),
                share.number("CPU_USAGE").orElse(0),
                share.number("TOTAL_MEM")
                        .orElseGet(() -> share.number("MAX_MEM").orElse(0)),
                share.number("MEM_USAGE").orElse(0));
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
