package hansa.drivers.libvirt;

import hansa.cloud.CloudDescription.Limits;
import hansa.cloud.CloudException;
import hansa.cloud.Size;
import hansa.drivers.libvirt.Machines.Machine;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Keeps the machines within the administrator's limits. What is counted and then taken is taken by one at a time. */
final class Admission {

    private final Limits limits;
    private final Machines machines;
    private final ReentrantLock lock = new ReentrantLock();

    Admission(Limits limits, Machines machines) {
        this.limits = limits;
        this.machines = machines;
    }

    void oneAtATime(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    /** @throws CloudException.QuotaExceeded when one more machine of that size is too much */
    void admit(Size size) {
        check(1, size.cores(), size.memoryMib());
    }

    /** @throws CloudException.QuotaExceeded when the machine would grow beyond the limits */
    void admitGrowth(Size from, Size to) {
        check(0, Math.max(0, to.cores() - from.cores()), Math.max(0, to.memoryMib() - from.memoryMib()));
    }

    private void check(long count, long cores, long memoryMib) {
        if (limits.equals(Limits.NONE)) {
            return;
        }
        Limits used = used(machines.all());
        within(limits.machines(), used.machines(), count, "machines");
        within(limits.cores(), used.cores(), cores, "cores");
        within(limits.memoryMib(), used.memoryMib(), memoryMib, "MiB of memory");
    }

    /** What those machines have together. */
    static Limits used(List<Machine> all) {
        return new Limits(
                Optional.of((long) all.size()),
                Optional.of(all.stream().mapToLong(m -> m.info().size().cores()).sum()),
                Optional.of(
                        all.stream().mapToLong(m -> m.info().size().memoryMib()).sum()));
    }

    private static void within(Optional<Long> limit, Optional<Long> taken, long more, String what) {
        long used = taken.orElse(0L);
        if (limit.isPresent() && more > 0 && used + more > limit.get()) {
            throw new CloudException.QuotaExceeded("the limit is " + limit.get() + " " + what + ", " + used
                    + " are used and " + more + " more were asked for");
        }
    }
}
