package hansa.faces.keystone;

import java.time.Duration;
import java.util.List;

/**
 * How the face behaves.
 *
 * @param region what the catalogue calls this site
 * @param occiPath where OCCI is on the same listener: {@code ""} for its root
 * @param longest how long a token lives at most
 * @param providers by which people sign in here; others are not there
 */
public record KeystoneSettings(String region, String occiPath, Duration longest, List<Provider> providers) {

    /** Long enough for a day's scripts to sign in rarely, short enough for what a credential said to stay true. */
    private static final Duration LONGEST = Duration.ofHours(4);

    public KeystoneSettings {
        if (!longest.isPositive()) {
            throw new IllegalArgumentException("A token lives longer than nothing");
        }
        providers = List.copyOf(providers);
    }

    /** Tokens of four hours. */
    public static KeystoneSettings of(String region, String occiPath, List<Provider> providers) {
        return new KeystoneSettings(region, occiPath, LONGEST, providers);
    }
}
