package hansa.drivers.opennebula;

import hansa.cloud.CloudDescription.Capacity;
import hansa.cloud.CloudDescription.Limits;
import hansa.cloud.CloudException;
import hansa.protocols.opennebula.HostCapacity;
import hansa.protocols.opennebula.Quota;
import hansa.protocols.opennebula.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** How much of an OpenNebula the account may have, and how much of it is free. */
final class Room {

    private static final Value MYSELF = Value.of(-1);
    private static final Value MY_GROUP = Value.of(-1);
    private static final BigDecimal PERCENT = BigDecimal.valueOf(100);
    private static final long KIB_PER_MIB = 1024;

    private final Rpc rpc;
    private final BigDecimal cpuPerCore;

    Room(Rpc rpc, BigDecimal cpuPerCore) {
        this.rpc = rpc;
        this.cpuPerCore = cpuPerCore;
    }

    /** What the quotas allow, and what is taken of it. */
    record Quotas(Limits limits, Limits used) {}

    /** Those of the user and of its group both hold; of each kind the one that leaves less is told. */
    Quotas quotas() {
        Quota user = rpc.document(Quota::of, "one.user.info", MYSELF);
        Quota both = group().map(user::orTighter).orElse(user);
        return new Quotas(
                new Limits(
                        both.machines().limit().map(BigDecimal::longValue),
                        both.cpu().limit().map(cpu -> cores(cpu, RoundingMode.FLOOR)),
                        both.memoryMib().limit().map(BigDecimal::longValue)),
                new Limits(
                        both.machines().used().map(BigDecimal::longValue),
                        both.cpu().used().map(cpu -> cores(cpu, RoundingMode.CEILING)),
                        both.memoryMib().used().map(BigDecimal::longValue)));
    }

    private Optional<Quota> group() {
        try {
            return Optional.of(rpc.document(Quota::of, "one.group.info", MY_GROUP));
        } catch (CloudException.Unauthorised | CloudException.NotFound e) {
            return Optional.empty();
        }
    }

    private long cores(BigDecimal cpu, RoundingMode rounding) {
        return cpu.divide(cpuPerCore, 0, rounding).longValue();
    }

    /** Plain users see no hosts, so that nothing is told of them. */
    Capacity capacity() {
        List<HostCapacity> hosts =
                hosts().stream().filter(HostCapacity::takesMachines).toList();
        if (hosts.isEmpty()) {
            return Capacity.UNKNOWN;
        }
        long total = 0;
        long free = 0;
        long freeKib = 0;
        long machines = 0;
        for (HostCapacity host : hosts) {
            total += hostCores(host.cpuPercent());
            free += hostCores(Math.max(0, host.cpuPercent() - host.usedCpuPercent()));
            freeKib += Math.max(0, host.memoryKib() - host.usedMemoryKib());
            machines += host.machines();
        }
        return new Capacity(
                Optional.of(total),
                Optional.of(free),
                Optional.of(freeKib / KIB_PER_MIB),
                Optional.empty(),
                Optional.of(machines));
    }

    private long hostCores(long percent) {
        return cores(BigDecimal.valueOf(percent).divide(PERCENT), RoundingMode.FLOOR);
    }

    private List<HostCapacity> hosts() {
        try {
            return rpc.document(HostCapacity::pool, "one.hostpool.info");
        } catch (CloudException.Unauthorised e) {
            return List.of();
        }
    }
}
