package hansa.federation.sites;

import hansa.cloud.CloudName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far a cloud's clock is off ours, as far as it shows in when the cloud says that it made a machine which it was just asked for.
 * Nothing goes by the cloud's clock; this is for people who read its stamps. Thread-safe.
 */
final class CloudClock {

    /** Less is not worth a word: it is about how long a machine that was made by an earlier call may not show at its cloud. */
    static final Duration TOLERATED = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(CloudClock.class);

    private final CloudName cloud;
    private Duration last = Duration.ZERO;
    private Duration skew = Duration.ZERO;

    CloudClock(CloudName cloud) {
        this.cloud = cloud;
    }

    /**
     * A cloud was asked for a machine and made it.
     *
     * @param asked by our clock
     * @param created by the cloud's clock; 1970 where it does not tell
     * @param answered by our clock
     */
    synchronized void made(Instant asked, Instant created, Instant answered) {
        if (created.equals(Instant.EPOCH) || answered.isBefore(asked)) {
            return;
        }
        Duration seen = worthAWord(difference(asked, created, answered));
        // A machine that an earlier call made, of which the answer was lost, looks as if the clock was behind. Two that
        // say the same are
        // believed. Nothing is made in the future but by a clock that is ahead.
        boolean believed = !seen.isNegative() || last.minus(seen).abs().compareTo(TOLERATED) <= 0;
        last = seen;
        if (believed && worthAWord(seen.minus(skew)).isZero()) {
            return;
        }
        if (believed) {
            skew = seen;
            if (!seen.isZero()) {
                LOG.warn("Cloud {}: {}.", cloud, words(seen));
            }
        }
    }

    private static Duration difference(Instant asked, Instant created, Instant answered) {
        if (created.isAfter(answered)) {
            return Duration.between(answered, created);
        }
        return created.isBefore(asked) ? Duration.between(asked, created) : Duration.ZERO;
    }

    private static Duration worthAWord(Duration difference) {
        return difference.abs().compareTo(TOLERATED) < 0 ? Duration.ZERO : difference;
    }

    /** By how much it is ahead of ours, negative where it is behind; empty while it is not known to be off. */
    synchronized Optional<Duration> skew() {
        return skew.isZero() ? Optional.empty() : Optional.of(skew);
    }

    /** One line for people. */
    static String words(Duration skew) {
        Duration size = skew.abs();
        String amount = size.toDays() > 1
                ? size.toDays() + " days"
                : size.toHours() > 0
                        ? size.toHours() + " h " + size.toMinutesPart() + " min"
                        : size.toMinutes() + " min";
        return "its clock is " + amount + (skew.isNegative() ? " behind" : " ahead of") + " ours";
    }
}
