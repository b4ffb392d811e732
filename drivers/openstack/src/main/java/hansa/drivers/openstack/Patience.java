package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what OpenStack answers to before it is done. */
record Patience(Duration limit) {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** What is seen when it is as wanted, or when the patience is at its end. */
    <T> T until(Supplier<T> look, Predicate<T> wanted) {
        long end = System.nanoTime() + limit.toNanos();
        Duration pause = FIRST_PAUSE;
        T now = look.get();
        while (!wanted.test(now) && System.nanoTime() < end) {
            sleep(pause);
            Duration twice = pause.multipliedBy(2);
            pause = twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
            now = look.get();
        }
        return now;
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException.Unavailable("the wait for OpenStack was interrupted", e);
        }
    }
}
