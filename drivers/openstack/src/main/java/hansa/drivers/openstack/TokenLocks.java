package hansa.drivers.openstack;

import hansa.cloud.Token;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Lets one creation of a token look and make at a time; OpenStack itself does not see to that. */
final class TokenLocks {

    private final List<ReentrantLock> locks =
            IntStream.range(0, 256).mapToObj(_ -> new ReentrantLock()).toList();

    <T> T holding(Token token, Supplier<T> creation) {
        ReentrantLock lock = locks.get(Math.floorMod(token.hashCode(), locks.size()));
        lock.lock();
        try {
            return creation.get();
        } finally {
            lock.unlock();
        }
    }
}
