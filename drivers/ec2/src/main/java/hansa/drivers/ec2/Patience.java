package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Waits for what EC2 does in its own time.
 *
 * @param limit how long a caller waits
 */
record Patience(Duration limit) {

    private static final long SHORTEST_PAUSE_MILLIS = 5;
    private static final long LONGEST_FIRST_PAUSE_MILLIS = 50;
    private static final long FIRST_PAUSES_IN_LIMIT = 500;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** Whoever has little time looks again soon. */
    Duration firstPause() {
        return Duration.ofMillis(Math.clamp(
                limit.toMillis() / FIRST_PAUSES_IN_LIMIT, SHORTEST_PAUSE_MILLIS, LONGEST_FIRST_PAUSE_MILLIS));
    }

    /** What is seen when it is as wanted, or when the patience is at its end. */
    <T> T until(Supplier<T> look, Predicate<T> wanted) {
        long end = System.nanoTime() + limit.toNanos();
        Duration pause = firstPause();
        T now = look.get();
        while (!wanted.test(now) && System.nanoTime() < end) {
            sleep(pause);
            pause = longer(pause);
            now = look.get();
        }
        return now;
    }

    /** Does it again while EC2 does not know what it is done to, or is not ready for it. */
    <T> T persistently(Supplier<T> work, Predicate<CloudException> passing) {
        long end = System.nanoTime() + limit.toNanos();
        Duration pause = firstPause();
        while (true) {
            try {
                return work.get();
            } catch (CloudException e) {
                if (!passing.test(e) || System.nanoTime() >= end) {
                    throw e;
                }
            }
            sleep(pause);
            pause = longer(pause);
        }
    }

    static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException.Unavailable("the wait for EC2 was interrupted", e);
        }
    }
}
