package hansa.federation.images;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/** Lets one job at a time work on a thing; another one that wants to waits. Remembers only what is being worked on. Thread-safe. */
final class Turns<K> {

    private final Map<K, CountDownLatch> taken = new ConcurrentHashMap<>();

    /** Closing it lets the next one have a turn. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    Turn take(K thing) throws InterruptedException {
        CountDownLatch mine = new CountDownLatch(1);
        CountDownLatch other = taken.putIfAbsent(thing, mine);
        while (other != null) {
            other.await();
            other = taken.putIfAbsent(thing, mine);
        }
        return () -> {
            taken.remove(thing, mine);
            mine.countDown();
        };
    }
}
