package hansa.trust.tokens;

import hansa.trust.Rejected;
import hansa.trust.Rejected.Reason;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An issuer's keys, fetched again from time to time, and when a token names one that is not known; then not more often
 * than every ten seconds, whatever is sent. What the issuer no longer shows is no longer good. Thread-safe.
 */
final class CachedKeys {

    private static final Logger LOG = LoggerFactory.getLogger(CachedKeys.class);

    /** How long keys are taken without asking again. */
    private static final Duration FRESH = Duration.ofMinutes(10);

    /** How long they are taken while the issuer does not answer: long enough for its restart, too short for a stolen key. */
    private static final Duration USABLE = Duration.ofHours(1);

    private static final Duration BETWEEN = Duration.ofSeconds(10);

    /** Where the keys come from. */
    @FunctionalInterface
    interface Source {
        KeyRing fetch() throws IOException;
    }

    private final String issuer;
    private final Source source;
    private final Clock clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile State state = new State(KeyRing.EMPTY, Instant.MIN, Instant.MIN, Optional.empty());

    /** @param trouble why the last attempt failed */
    private record State(KeyRing keys, Instant fetched, Instant tried, Optional<IOException> trouble) {

        boolean isYounger(Duration age, Instant now) {
            return !fetched.equals(Instant.MIN) && fetched.plus(age).isAfter(now);
        }

        boolean mayTry(Instant now) {
            return tried.equals(Instant.MIN) || !tried.plus(BETWEEN).isAfter(now);
        }
    }

    CachedKeys(String issuer, Source source, Clock clock) {
        this.issuer = issuer;
        this.source = source;
        this.clock = clock;
    }

    /** @throws Rejected also {@code UNCHECKED} if the issuer has to be asked and does not answer */
    void verify(Jws token) throws Rejected {
        Instant now = clock.instant();
        State known = state;
        if (!known.isYounger(FRESH, now) || !known.keys().knows(token)) {
            known = refreshed(known, now);
        }
        if (!known.isYounger(USABLE, now)
                || known.trouble().isPresent() && !known.keys().knows(token)) {
            throw new Rejected(
                    Reason.UNCHECKED,
                    "the keys of " + issuer + " cannot be had"
                            + known.trouble().map(e -> ": " + e.getMessage()).orElse(""));
        }
        known.keys().verify(token);
    }

    private State refreshed(State before, Instant now) {
        fetching.lock();
        try {
            // Somebody else may have fetched them while this one waited.
            if (!state.tried().equals(before.tried()) || !state.mayTry(now)) {
                return state;
            }
            state = fetched(now);
            return state;
        } finally {
            fetching.unlock();
        }
    }

    private State fetched(Instant now) {
        try {
            return new State(source.fetch(), now, now, Optional.empty());
        } catch (IOException e) {
            LOG.warn("The keys of {} cannot be fetched: {}", issuer, e.getMessage());
            return new State(state.keys(), state.fetched(), now, Optional.of(e));
        }
    }
}
