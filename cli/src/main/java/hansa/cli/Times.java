package hansa.cli;

import hansa.cli.client.Exit;
import hansa.cli.client.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Points in time as people write them: as they are, or how long ago. */
final class Times {

    private Times() {}

    /** Puts {@code --since} and {@code --until} into a query. */
    static void put(Invocation invocation, Map<String, String> query) {
        for (String end : new String[] {"since", "until"}) {
            invocation
                    .text("--" + end)
                    .ifPresent(text -> query.put(end, parse(text).toString()));
        }
    }

    static Instant parse(String text) {
        if (text.matches("\\d+[smhd]")) {
            return Instant.now().minus(Ages.parse(text));
        }
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new Refusal(
                    Exit.USAGE,
                    "'" + text + "' is no time; write it like 2026-11-25T10:00:00Z, or 2h for two hours ago",
                    e);
        }
    }

    /** An instant of the node's as people read it, to the second; empty stays empty. */
    static String shown(String instant) {
        return instant.isEmpty()
                ? ""
                : Instant.parse(instant).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
