package hansa.cli.client;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;

/**
 * What the command writes to and learns from its surroundings.
 *
 * @param interactive whether a person looks at {@code out}
 * @param watched whether a person looks at {@code err}
 */
public record Terminal(
        PrintStream out,
        PrintStream err,
        boolean interactive,
        boolean watched,
        Map<String, String> environment,
        Clock clock) {

    private static final String ESCAPE = "\u001b[";

    /** A colour or weight of text. */
    public enum Style {
        PLAIN(""),
        BOLD("1"),
        DIM("2"),
        RED("31"),
        GREEN("32"),
        YELLOW("33");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    public Terminal {
        environment = Map.copyOf(environment);
    }

    /** Colours are for people only, and not for those who declined them (no-color.org). */
    public boolean coloured() {
        return interactive && environment.getOrDefault("NO_COLOR", "").isEmpty() && !dumb();
    }

    /** Whether a line on {@code err} may be drawn over. */
    public boolean animated() {
        return watched && !dumb();
    }

    private boolean dumb() {
        return "dumb".equals(environment.getOrDefault("TERM", "dumb"));
    }

    public String styled(Style style, String text) {
        return style == Style.PLAIN || !coloured() ? text : ESCAPE + style.code + "m" + text + ESCAPE + "0m";
    }

    public Instant now() {
        return clock.instant();
    }
}
