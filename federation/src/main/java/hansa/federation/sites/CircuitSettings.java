package hansa.federation.sites;

import java.time.Duration;

/**
 * When a cloud that does not answer is left alone.
 *
 * @param calls how many of the last calls are looked at; half of them without an answer are too many, 2 to 1,000
 * @param firstRest how long it is left alone at first, a third more or less
 * @param longestRest doubles with each probe without an answer, up to this
 */
public record CircuitSettings(int calls, Duration firstRest, Duration longestRest) {

    public static final CircuitSettings DEFAULT = new CircuitSettings(10, Duration.ofSeconds(5), Duration.ofMinutes(1));

    public CircuitSettings {
        if (calls < 2 || calls > 1000) {
            throw new IllegalArgumentException("2 to 1000 calls are looked at, not " + calls);
        }
        if (!firstRest.isPositive() || longestRest.compareTo(firstRest) < 0) {
            throw new IllegalArgumentException("a cloud rests for longer than nothing, and at last not for shorter");
        }
    }
}
