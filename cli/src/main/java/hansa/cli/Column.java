package hansa.cli;

import hansa.cli.client.Json;
import hansa.cli.client.Terminal.Style;
import java.time.Instant;
import java.util.function.Function;

/**
 * One column of a table.
 *
 * @param wide whether it is shown with {@code --output wide} only
 */
record Column(String heading, boolean wide, Cell cell, Function<String, Style> style) {

    /** What stands in the column for a row; empty for nothing. */
    @FunctionalInterface
    interface Cell {
        String of(Json.Members row, Instant now);
    }

    static Column of(String heading, Function<Json.Members, String> cell) {
        return new Column(heading, false, (row, _) -> cell.apply(row), _ -> Style.PLAIN);
    }

    static Column of(String heading, String member) {
        return of(heading, row -> row.text(member));
    }

    /** The instant in the member, to the second. */
    static Column time(String heading, String member) {
        return of(heading, row -> Times.shown(row.text(member)));
    }

    /** How long ago the instant in the member was. */
    static Column age(String member) {
        return new Column("AGE", false, (row, now) -> Ages.since(row.text(member), now), _ -> Style.PLAIN);
    }

    /** The state that a thing is in, in the colour of its goodness. */
    static Column state(String member) {
        return new Column("STATE", false, (row, _) -> row.text(member), Column::ofState);
    }

    Column onlyWide() {
        return new Column(heading, true, cell, style);
    }

    private static Style ofState(String state) {
        return switch (state) {
            case "active", "online", "ready", "up" -> Style.GREEN;
            case "error", "down" -> Style.RED;
            case "pending", "deleting", "unknown" -> Style.YELLOW;
            default -> Style.PLAIN;
        };
    }
}
