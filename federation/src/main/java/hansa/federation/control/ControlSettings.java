package hansa.federation.control;

import java.time.Duration;

/**
 * How rights are controlled.
 *
 * @param every from the end of one look at all of them to the next
 * @param grace from the notice to what follows
 * @param keep for how long counts what a credential said of its owner
 */
public record ControlSettings(Duration every, Duration grace, OnRevoke onRevoke, Duration keep) {

    public static final ControlSettings DEFAULT =
            new ControlSettings(Duration.ofSeconds(20), Duration.ofMinutes(10), OnRevoke.SUSPEND, Duration.ofDays(30));

    public ControlSettings {
        if (!every.isPositive() || grace.isNegative() || !keep.isPositive()) {
            throw new IllegalArgumentException("Looks and memory take time, and the grace is not negative");
        }
    }
}
