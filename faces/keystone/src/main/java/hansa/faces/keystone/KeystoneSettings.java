package hansa.faces.keystone;

import java.time.Duration;

/**
 * How the face behaves.
 *
 * @param region what the catalogue calls this site
 * @param occiPath where OCCI is on the same listener: {@code ""} for its root
 * @param longest how long a token lives at most
 */
public record KeystoneSettings(String region, String occiPath, Duration longest) {

    /** Long enough for a day's scripts to sign in rarely, short enough for what a credential said to stay true. */
    private static final Duration LONGEST = Duration.ofHours(4);

    public KeystoneSettings {
        if (!longest.isPositive()) {
            throw new IllegalArgumentException("A token lives longer than nothing");
        }
    }

    /** Tokens of four hours. */
    public static KeystoneSettings of(String region, String occiPath) {
        return new KeystoneSettings(region, occiPath, LONGEST);
    }
}
