package hansa.drivers.libvirt;

import hansa.cloud.Size;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The room at one host, and what is being made in it. What is looked at and then taken is taken by one caller at a time;
 * what was taken counts until it is given back, also before libvirt shows it.
 */
final class HostRoom {

    private final String host;
    private final Supplier<Occupancy> look;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Size> held = new HashMap<>();

    /** @param look how the host is now; asks libvirt and fails as libvirt does */
    HostRoom(String host, Supplier<Occupancy> look) {
        this.host = host;
        this.look = look;
    }

    /**
     * What a host gives to machines.
     *
     * @param cores virtual processors, 0 and more
     * @param memoryMib MiB, 0 and more
     * @param machines the most that it gets
     */
    record Total(long cores, long memoryMib, Optional<Long> machines) {}

    /**
     * A host at one instant.
     *
     * @param machines those that count, by their names
     */
    record Occupancy(Total total, Map<String, Size> machines) {

        Occupancy {
            machines = Map.copyOf(machines);
        }

        long usedCores() {
            return machines.values().stream().mapToLong(Size::cores).sum();
        }

        long usedMemoryMib() {
            return machines.values().stream().mapToLong(Size::memoryMib).sum();
        }

        Occupancy with(String name, Size size) {
            Map<String, Size> more = new HashMap<>(machines);
            more.put(name, size);
            return new Occupancy(total, more);
        }

        boolean fits() {
            return usedCores() <= total.cores
                    && usedMemoryMib() <= total.memoryMib
                    && total.machines.map(most -> machines.size() <= most).orElse(true);
        }

        /** How full it is, by what it has least of: 1 = full. */
        double fullness() {
            double most = Math.max(share(usedCores(), total.cores), share(usedMemoryMib(), total.memoryMib));
            return total.machines
                    .map(limit -> Math.max(most, share(machines.size(), limit)))
                    .orElse(most);
        }

        private static double share(long used, long of) {
            return of == 0 ? (used == 0 ? 0 : Double.POSITIVE_INFINITY) : (double) used / of;
        }

        String figures() {
            return Math.max(0, total.cores - usedCores()) + " of " + total.cores + " cores, "
                    + Math.max(0, total.memoryMib - usedMemoryMib()) + " of " + total.memoryMib + " MiB"
                    + total.machines
                            .map(most -> " and " + Math.max(0, most - machines.size()) + " of " + most + " machines")
                            .orElse("")
                    + " free";
        }
    }

    String host() {
        return host;
    }

    /** How it is now, with what is being made. */
    Occupancy occupancy() {
        Occupancy seen = look.get();
        lock.lock();
        try {
            return counted(seen);
        } finally {
            lock.unlock();
        }
    }

    /** A machine that grows counts as what it has or shall have, whichever is more. */
    private Occupancy counted(Occupancy seen) {
        Occupancy all = seen;
        for (Map.Entry<String, Size> taken : held.entrySet()) {
            Size there = seen.machines().get(taken.getKey());
            all = all.with(
                    taken.getKey(),
                    there == null
                            ? taken.getValue()
                            : new Size(
                                    Math.max(there.cores(), taken.getValue().cores()),
                                    Math.max(there.memoryMib(), taken.getValue().memoryMib()),
                                    0));
        }
        return all;
    }

    /**
     * Takes room for a machine, or more room for one that is there; to be given back when libvirt shows it, or when nothing
     * comes of it. Not taken where the host would be fuller than it may.
     */
    Answer take(String machine, Size size) {
        lock.lock();
        try {
            Occupancy now = counted(look.get());
            boolean fits = now.with(machine, size).fits();
            if (fits) {
                held.put(machine, size);
            }
            return new Answer(fits, now);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Whether room was taken.
     *
     * @param before the host without it
     */
    record Answer(boolean taken, Occupancy before) {}

    void giveBack(String machine) {
        lock.lock();
        try {
            held.remove(machine);
        } finally {
            lock.unlock();
        }
    }
}
