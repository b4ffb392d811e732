package hansa.cloud;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The values of a driver's {@link Setting}s: all of its keys are known, required ones are there, and texts fit their
 * types.
 */
public final class Settings {

    private static final Pattern PLAIN_DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");

    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /**
     * Checks what was configured against what a driver knows.
     *
     * @throws IllegalArgumentException with one line that names the key and what to mend
     */
    public static Settings of(List<Setting> known, Map<String, String> configured) {
        Map<String, String> values = new TreeMap<>();
        for (Setting setting : known) {
            String text = configured.get(setting.key());
            if (text == null) {
                text = setting.fallback()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "'" + setting.key() + "' is required: " + setting.meaning()));
            }
            check(setting, text);
            values.put(setting.key(), text);
        }
        for (String key : configured.keySet()) {
            if (!values.containsKey(key)) {
                throw new IllegalArgumentException(
                        "'" + key + "' is not a key of this driver; it knows " + String.join(", ", values.keySet()));
            }
        }
        return new Settings(values);
    }

    private static void check(Setting setting, String text) {
        boolean fits = switch (setting.type()) {
            case TEXT, SECRET, PATH -> true;
            case NUMBER -> text.matches("-?\\d{1,18}");
            case BOOLEAN -> text.equals("true") || text.equals("false");
            case DURATION -> parseDuration(text).isPresent();
        };
        if (!fits) {
            throw new IllegalArgumentException("'" + setting.key() + "' is not a "
                    + setting.type().name().toLowerCase(Locale.ROOT) + ": '" + text + "'");
        }
    }

    public String text(String key) {
        String value = values.get(key);
        if (value == null) {
            throw new IllegalArgumentException("'" + key + "' is not a declared key of this driver");
        }
        return value;
    }

    public long number(String key) {
        return Long.parseLong(text(key));
    }

    public boolean flag(String key) {
        return Boolean.parseBoolean(text(key));
    }

    public Duration duration(String key) {
        return parseDuration(text(key))
                .orElseThrow(() -> new IllegalArgumentException("'" + key + "' is not declared as a duration"));
    }

    private static Optional<Duration> parseDuration(String text) {
        Matcher plain = PLAIN_DURATION.matcher(text);
        if (plain.matches()) {
            long amount = Long.parseLong(plain.group(1));
            return Optional.of(
                    switch (plain.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        case "m" -> Duration.ofMinutes(amount);
                        case "h" -> Duration.ofHours(amount);
                        default -> Duration.ofDays(amount);
                    });
        }
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
