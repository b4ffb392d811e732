package hansa.federation.sites;

import hansa.cloud.Setting;
import hansa.cloud.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is set of one cloud beside what its driver wants to know.
 *
 * @param calls most calls at a time, 1 to 1,000; empty = as for all clouds of the site
 * @param timeLimit after which a call is given up whatever the driver does, for drivers that have no limit of their own
 * @param existing what becomes of machines that were there before
 */
public record CloudSettings(Optional<Integer> calls, Optional<Duration> timeLimit, Existing existing) {

    public static final String CALLS = "calls";
    public static final String TIME_LIMIT = "time-limit";
    public static final String EXISTING = "existing";

    /** The keys below {@code clouds.<name>.} that every cloud has, unless its driver has a key of the same name. */
    public static final List<Setting> SETTINGS = List.of(
            new Setting(
                    CALLS,
                    Setting.Type.NUMBER,
                    "Calls to this cloud at a time, 1 to 1000; 0 = as many as site.calls-per-cloud says.",
                    Optional.of("0")),
            new Setting(
                    TIME_LIMIT,
                    Setting.Type.DURATION,
                    "After how long a call is given up, 1s to 1h; transfers of images may take as long as they take.",
                    Optional.of("5m")),
            new Setting(
                    EXISTING,
                    Setting.Type.TEXT,
                    "What becomes of machines in the account that Hansa did not make: ignore, show them to operators, or"
                            + " adopt: operators may also take them over.",
                    Optional.of("ignore")));

    public static final CloudSettings DEFAULT = new CloudSettings(Optional.empty(), Optional.empty(), Existing.IGNORE);

    /** What becomes of machines in our account that Hansa did not make. None is ever touched unless it is adopted. */
    public enum Existing {
        /** The cloud is not even asked for them. */
        IGNORE,
        /** Operators see them. */
        SHOW,
        /** Operators see them and may take them over, one by one. */
        ADOPT
    }

    public CloudSettings {
        if (calls.filter(most -> most < 1 || most > 1000).isPresent()) {
            throw new IllegalArgumentException("'calls' is 1 to 1000, not " + calls.get());
        }
        if (timeLimit
                .filter(limit -> limit.compareTo(Duration.ofSeconds(1)) < 0 || limit.compareTo(Duration.ofHours(1)) > 0)
                .isPresent()) {
            throw new IllegalArgumentException("'time-limit' is 1s to 1h, not " + timeLimit.get());
        }
    }

    /**
     * @param settings of {@link #SETTINGS}
     * @throws IllegalArgumentException with one line that names the key and what to mend
     */
    public static CloudSettings of(Settings settings) {
        long calls = settings.number(CALLS);
        if (calls < 0 || calls > 1000) {
            throw new IllegalArgumentException("'calls' is 0 to 1000, not " + calls);
        }
        return new CloudSettings(
                Optional.of((int) calls).filter(most -> most > 0),
                Optional.of(settings.duration(TIME_LIMIT)),
                existing(settings.text(EXISTING)));
    }

    private static Existing existing(String text) {
        for (Existing one : Existing.values()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(text)) {
                return one;
            }
        }
        throw new IllegalArgumentException("'existing' is ignore, show or adopt, not '" + text + "'");
    }

    /** Of a driver that ends its calls by itself. */
    public CloudSettings withoutTimeLimit() {
        return new CloudSettings(calls, Optional.empty(), existing);
    }

    /** Of a driver that limits its calls by itself. */
    public CloudSettings withCalls(int most) {
        return new CloudSettings(Optional.of(most), timeLimit, existing);
    }
}
