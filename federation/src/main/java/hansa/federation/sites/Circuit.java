package hansa.federation.sites;

import hansa.cloud.CloudException;
import hansa.cloud.CloudName;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The circuit breaker of a cloud: when half of the last calls had no answer it opens and nothing is asked any more, so that a
 * cloud which is down costs no waiting. After a rest one call is let through as a probe; its answer closes the circuit, and its
 * failure doubles the rest. A cloud that says when it wants to be asked again is given that time. Thread-safe.
 */
final class Circuit {

    /** A cloud that asks for a longer rest is not believed. */
    private static final Duration LONGEST_WISH = Duration.ofMinutes(10);

    private static final double SWING = 0.3;

    private final CircuitBreaker breaker;
    private final Clock clock;
    private volatile String last = "";
    private volatile Instant resting = Instant.EPOCH;
    private volatile Instant opened = Instant.EPOCH;

    Circuit(CloudName cloud, CircuitSettings settings, Clock clock) {
        this.clock = clock;
        CircuitBreakerConfig config = CircuitBreakerConfig.custom()
                .clock(clock)
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(settings.calls())
                .minimumNumberOfCalls((settings.calls() + 1) / 2)
                .failureRateThreshold(50)
                .permittedNumberOfCallsInHalfOpenState(1)
                .waitIntervalFunctionInOpenState(rests(settings))
                .build();
        this.breaker = CircuitBreaker.of(cloud.value(), config);
    }

    private IntervalFunction rests(CircuitSettings settings) {
        IntervalFunction rests =
                IntervalFunction.ofExponentialRandomBackoff(settings.firstRest(), 2, SWING, settings.longestRest());
        return attempt -> {
            long rest = rests.apply(attempt);
            opened = clock.instant();
            resting = opened.plusMillis(rest);
            return rest;
        };
    }

    CloudEntry.Circuit state() {
        return switch (breaker.getState()) {
            case CLOSED, DISABLED, METRICS_ONLY -> CloudEntry.Circuit.CLOSED;
            case HALF_OPEN -> CloudEntry.Circuit.HALF_OPEN;
            case OPEN, FORCED_OPEN -> isResting() ? CloudEntry.Circuit.OPEN : CloudEntry.Circuit.HALF_OPEN;
        };
    }

    /** A rest does not begin in the future: then the clock was set back, and nobody waits until it is there again. */
    private boolean isResting() {
        Instant now = clock.instant();
        return now.isBefore(resting) && !now.isBefore(opened);
    }

    /** When the cloud is asked again; empty while it is asked anyway. */
    Optional<Instant> restsUntil() {
        return state() == CloudEntry.Circuit.OPEN ? Optional.of(resting) : Optional.empty();
    }

    /**
     * Lets a call through, of which the outcome has to be told by one of the methods below.
     *
     * @throws CloudException.Unavailable while the circuit is open
     */
    void enter() {
        if (breaker.tryAcquirePermission()) {
            return;
        }
        if (breaker.getState() == CircuitBreaker.State.OPEN && !isResting()) {
            breaker.transitionToHalfOpenState();
            if (breaker.tryAcquirePermission()) {
                return;
            }
        }
        throw refusal();
    }

    /** What a call is answered that the circuit does not let through. */
    CloudException.Unavailable refusal() {
        Duration left = Duration.between(clock.instant(), resting);
        String text = "it is left alone for a while, since it did not answer" + (last.isEmpty() ? "" : ": " + last);
        return left.isPositive() ? new CloudException.Unavailable(text, left) : new CloudException.Unavailable(text);
    }

    /** It answered, be it with a refusal. */
    void answered(long nanos) {
        breaker.onSuccess(nanos, TimeUnit.NANOSECONDS);
    }

    void unanswered(long nanos, CloudException.Unavailable why) {
        last = why.text();
        breaker.onError(nanos, TimeUnit.NANOSECONDS, why);
        why.retryAfter().filter(Duration::isPositive).ifPresent(wish -> {
            Duration rest = wish.compareTo(LONGEST_WISH) < 0 ? wish : LONGEST_WISH;
            opened = clock.instant();
            resting = opened.plus(rest);
            breaker.transitionToOpenStateFor(rest);
        });
    }

    /** Nothing can be said of the cloud. */
    void unknown() {
        breaker.releasePermission();
    }
}
