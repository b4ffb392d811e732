package hansa.federation.identity;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Slows down who guesses: after some wrong answers for a name, no answer is looked at for a while, twice as long each
 * time; and few slow hashes are worked at a time, so that guessing does not take the machine.
 */
final class Guessing {

    private static final int FREE = 5;
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int MOST = 10_000;
    private static final int AT_ONCE = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Clock clock;
    private final Semaphore places = new Semaphore(AT_ONCE, true);
    private final Map<String, Strikes> wrong = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Strikes> eldest) {
            return size() > MOST;
        }
    };

    Guessing(Clock clock) {
        this.clock = clock;
    }

    private record Strikes(int times, Instant until) {}

    /** @throws Failure {@code rate.limited} while answers for the name are not looked at */
    void require(String name) {
        synchronized (wrong) {
            Strikes strikes = wrong.get(name);
            if (strikes != null && clock.instant().isBefore(strikes.until())) {
                throw new Failure(
                        ErrorCode.RATE_LIMITED,
                        "Too many wrong credentials were sent for this name; wait up to five minutes and try again.");
            }
        }
    }

    void right(String name) {
        synchronized (wrong) {
            wrong.remove(name);
        }
    }

    void wrong(String name) {
        synchronized (wrong) {
            Strikes before = wrong.get(name);
            int times = before == null ? 1 : before.times() + 1;
            Duration pause = times < FREE ? Duration.ZERO : FIRST.multipliedBy(1L << Math.min(times - FREE, 20));
            wrong.put(name, new Strikes(times, clock.instant().plus(pause.compareTo(LONGEST) > 0 ? LONGEST : pause)));
        }
    }

    /** Works a slow hash when it is its turn. */
    boolean slowly(BooleanSupplier check) {
        boolean mine;
        try {
            mine = places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            mine = false;
        }
        if (!mine) {
            throw new Failure(ErrorCode.RATE_LIMITED, "Too many passwords are being checked; try again in a moment.");
        }
        try {
            return check.getAsBoolean();
        } finally {
            places.release();
        }
    }
}
