package hansa.kernel.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the requests in work, and lets no more in than the limit, nor any once the server stops. */
final class Gate {

    enum Entry {
        OPEN,
        FULL,
        STOPPING
    }

    private final int limit;
    private final AtomicInteger inWork = new AtomicInteger();
    private final CountDownLatch empty = new CountDownLatch(1);
    private volatile boolean stopping;

    Gate(int limit) {
        this.limit = limit;
    }

    /** Whoever gets {@code OPEN} calls {@link #leave} once. */
    Entry enter() {
        // Counted first and looked at afterwards: whoever closes the gate then sees every request that slipped in.
        int now = inWork.incrementAndGet();
        if (stopping) {
            leave();
            return Entry.STOPPING;
        }
        if (now > limit) {
            leave();
            return Entry.FULL;
        }
        return Entry.OPEN;
    }

    void leave() {
        if (inWork.decrementAndGet() == 0 && stopping) {
            empty.countDown();
        }
    }

    int inWork() {
        return inWork.get();
    }

    /** Lets nobody in any more and waits for those inside; false when some were still there at the limit. */
    boolean close(Duration limit) throws InterruptedException {
        stopping = true;
        if (inWork.get() == 0) {
            return true;
        }
        return empty.await(limit.toNanos(), TimeUnit.NANOSECONDS);
    }
}
