package hansa.cli;

import hansa.cli.client.Exit;
import hansa.cli.client.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Spans of time as people write and read them. */
final class Ages {

    private Ages() {}

    /** How long ago, in its largest unit: {@code 45s}, {@code 3m}, {@code 5h}, {@code 12d}. */
    static String since(String instant, Instant now) {
        if (instant.isEmpty()) {
            return "";
        }
        try {
            return brief(Duration.between(Instant.parse(instant), now));
        } catch (DateTimeParseException notATime) {
            return instant;
        }
    }

    static String brief(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        if (seconds < 120) {
            return seconds + "s";
        }
        if (seconds < 2 * 3600) {
            return seconds / 60 + "m";
        }
        return seconds < 48 * 3600 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
    }

    /** Reads {@code 90}, {@code 90s}, {@code 10m}, {@code 2h}, {@code 30d}. */
    static Duration parse(String text) {
        if (!text.matches("[1-9]\\d{0,6}[smhd]?")) {
            throw new Refusal(Exit.USAGE, "'" + text + "' is not a length of time; write it like 90s, 10m, 2h or 30d");
        }
        char unit = text.charAt(text.length() - 1);
        long amount = Long.parseLong(Character.isDigit(unit) ? text : text.substring(0, text.length() - 1));
        return switch (unit) {
            case 'm' -> Duration.ofMinutes(amount);
            case 'h' -> Duration.ofHours(amount);
            case 'd' -> Duration.ofDays(amount);
            default -> Duration.ofSeconds(amount);
        };
    }
}
