package hansa.federation.sites;

import hansa.cloud.CloudName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A cloud and how it is doing.
 *
 * @param driver the driver that speaks to it
 * @param message why it is down, in its own words; empty when it is well
 * @param observed when it last answered; empty when it never has
 * @param facets names of the optional abilities that it has, for example {@code volumes}
 * @param strangers machines, volumes and networks at the cloud that carry a token of Hansa's which this store does not know
 * @param circuit whether this node asks it now
 * @param restsUntil when it is asked again, while it is left alone
 * @param skew by how much its clock is ahead of ours, negative where it is behind; empty while it is not known to be off
 */
public record CloudEntry(
        CloudName name,
        String driver,
        Health health,
        String message,
        Optional<Instant> observed,
        Set<String> facets,
        int strangers,
        Circuit circuit,
        Optional<Instant> restsUntil,
        Optional<Duration> skew) {

    /** As the store has it, which knows nothing of circuits. */
    CloudEntry(
            CloudName name,
            String driver,
            Health health,
            String message,
            Optional<Instant> observed,
            Set<String> facets,
            int strangers) {
        this(
                name,
                driver,
                health,
                message,
                observed,
                facets,
                strangers,
                Circuit.CLOSED,
                Optional.empty(),
                Optional.empty());
    }

    public enum Health {
        UP,
        DOWN,
        UNKNOWN
    }

    /** A circuit breaker's state. */
    public enum Circuit {
        /** It is asked. */
        CLOSED(0),
        /** It did not answer for a while; the next call is a probe. */
        HALF_OPEN(1),
        /** It did not answer and is left alone. */
        OPEN(2);

        private final int figure;

        Circuit(int figure) {
            this.figure = figure;
        }

        /** As metrics tell it. */
        int figure() {
            return figure;
        }
    }

    public CloudEntry {
        facets = Set.copyOf(facets);
    }

    /** What to know of one that is well; one line. */
    public Optional<String> warning() {
        return skew.map(off -> CloudClock.words(off) + "; set it right, or read the times that it tells accordingly");
    }

    CloudEntry with(Circuit state, Optional<Instant> rest, Optional<Duration> off) {
        return new CloudEntry(name, driver, health, message, observed, facets, strangers, state, rest, off);
    }
}
