package hansa.faces.rest;

import hansa.federation.listing.Stamp;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets a request wait for the next generation of a resource. It looks at the store again and again, because a change may
 * come from another node; what it looks at is one indexed row.
 */
final class Changes implements AutoCloseable {

    /** Less than a server gives running requests to finish when it stops. */
    static final Duration LONGEST = Duration.ofSeconds(8);

    private static final Duration STEP = Duration.ofMillis(50);
    private static final int MOST_WAITING = 512;

    private final Semaphore places = new Semaphore(MOST_WAITING);
    private final CountDownLatch closing = new CountDownLatch(1);

    /**
     * Returns when the generation is higher than the given one, or the time is over; which, the caller sees by reading.
     *
     * @throws Failure whatever {@code stamp} throws; {@code rate.limited} when too many wait already
     */
    void await(Supplier<Stamp> stamp, long generation, Duration atMost) {
        if (!places.tryAcquire()) {
            throw new Failure(
                    ErrorCode.RATE_LIMITED, MOST_WAITING + " requests wait for changes already; ask without waiting.");
        }
        try {
            long end = System.nanoTime() + atMost.toNanos();
            while (stamp.get().generation() <= generation && System.nanoTime() - end < 0) {
                if (closing.await(STEP.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new Failure(ErrorCode.SHUTTING_DOWN, ErrorCode.SHUTTING_DOWN.meaning(), interrupted);
        } finally {
            places.release();
        }
    }

    /** Ends all waiting at once. */
    @Override
    public void close() {
        closing.countDown();
    }
}
