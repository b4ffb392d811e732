package hansa.drivers.opennebula;

import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Lets machines join a group at the same time, and nobody while it is looked at whether the group is still needed. */
final class GroupTurns {

    private final List<ReadWriteLock> locks = IntStream.range(0, 256)
            .<ReadWriteLock>mapToObj(_ -> new ReentrantReadWriteLock())
            .toList();

    private ReadWriteLock of(String group) {
        return locks.get(Math.floorMod(group.hashCode(), locks.size()));
    }

    <T> T joining(String group, Supplier<T> creation) {
        return holding(of(group).readLock(), creation);
    }

    void leaving(String group, Runnable deletion) {
        holding(of(group).writeLock(), () -> {
            deletion.run();
            return group;
        });
    }

    private static <T> T holding(Lock lock, Supplier<T> task) {
        lock.lock();
        try {
            return task.get();
        } finally {
            lock.unlock();
        }
    }
}
