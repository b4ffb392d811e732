package hansa.drivers.ec2;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Lets one of those who do the same thing look and act at a time: creations of a token, attachments to a machine. */
final class Locks {

    private final List<ReentrantLock> locks =
            IntStream.range(0, 256).mapToObj(_ -> new ReentrantLock()).toList();

    <T> T holding(String what, Supplier<T> work) {
        ReentrantLock lock = locks.get(Math.floorMod(what.hashCode(), locks.size()));
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
