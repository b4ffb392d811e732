package hansa.cli;

import hansa.cli.client.Json;
import hansa.cli.client.Terminal;
import hansa.cli.client.Terminal.Style;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Rows under headings, aligned by blanks, two blanks between columns. */
final class Table {

    private static final String NOTHING = "-";

    private final List<Column> columns;

    Table(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /** Lines without blanks at their end; the headings come even above no rows. */
    List<String> lines(List<Json.Members> rows, Terminal terminal) {
        List<List<String>> cells = new ArrayList<>();
        cells.add(columns.stream().map(Column::heading).toList());
        for (Json.Members row : rows) {
            cells.add(columns.stream()
                    .map(column -> cell(column, row, terminal.now()))
                    .toList());
        }
        int[] widths = new int[columns.size()];
        for (List<String> line : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], length(line.get(i)));
            }
        }
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            lines.add(line(cells.get(i), widths, i == 0, terminal));
        }
        return lines;
    }

    private String line(List<String> cells, int[] widths, boolean heading, Terminal terminal) {
        StringBuilder line = new StringBuilder();
        int owed = 0;
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            Style style = heading ? Style.BOLD : columns.get(i).style().apply(cell);
            line.repeat(' ', owed).append(terminal.styled(style, cell));
            owed = widths[i] - length(cell) + 2;
        }
        return line.toString();
    }

    private static String cell(Column column, Json.Members row, Instant now) {
        String text = column.cell().of(row, now);
        return text.isEmpty() ? NOTHING : printable(text);
    }

    /** What comes from elsewhere must not steer the terminal. */
    static String printable(String text) {
        return text.chars().noneMatch(Character::isISOControl)
                ? text
                : text.codePoints()
                        .map(c -> Character.isISOControl(c) ? ' ' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
