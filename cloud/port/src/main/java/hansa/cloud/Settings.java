package hansa.cloud;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The values of a driver's {@link Setting}s: all of its keys are known, required ones are there, and texts fit their
 * types.
 */
public final class Settings {

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
            case DURATION -> text.matches("\\d{1,12}(ms|s|m|h|d)") || text.matches("P(?:\\d+D)?(?:T[0-9HMS.]+)?");
        };
        if (!fits) {
            throw new IllegalArgumentException("'" + setting.key() + "' is not a "
                    + setting.type().name().toLowerCase(java.util.Locale.ROOT) + ": '" + text + "'");
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
        String text = text(key);
        if (text.startsWith("P")) {
            return Duration.parse(text);
        }
        int digits = 0;
        while (Character.isDigit(text.charAt(digits))) {
            digits++;
        }
        long amount = Long.parseLong(text.substring(0, digits));
        return switch (text.substring(digits)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> throw new IllegalArgumentException("'" + key + "' is not a duration: '" + text + "'");
        };
    }
}
