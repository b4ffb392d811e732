package hansa.cli;

import hansa.cli.client.Json;
import hansa.cli.client.JsonText;
import hansa.cli.client.Terminal;
import hansa.cli.client.Terminal.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints what a command has to say, in the form that was asked for. */
final class Output {

    /** How to print. */
    enum Format {
        /** Aligned, for people. */
        TABLE,
        /** As a table, with more columns. */
        WIDE,
        /** As the node's REST face has it. */
        JSON,
        /** The same, as YAML 1.2. */
        YAML,
        /** Ids only, one a line, to feed to another command. */
        NAME
    }

    private final Terminal terminal;
    private final Format format;

    Output(Terminal terminal, Format format) {
        this.terminal = terminal;
        this.format = format;
    }

    void list(Resource resource, List<Json.Members> rows) {
        switch (format) {
            case TABLE, WIDE -> table(resource, rows);
            case JSON -> line(JsonText.pretty(new Json.Items(List.copyOf(rows))));
            case YAML -> line(YamlText.of(new Json.Items(List.copyOf(rows))));
            case NAME -> rows.forEach(row -> line(row.text(resource.id())));
        }
    }

    private void table(Resource resource, List<Json.Members> rows) {
        if (rows.isEmpty()) {
            note("no " + resource.noun() + "s");
            return;
        }
        List<Column> columns = resource.columns().stream()
                .filter(column -> format == Format.WIDE || !column.wide())
                .map(column -> column.heading().equals("ID") && format == Format.TABLE
                        ? Column.of("ID", ShortIds.among(rows, resource.id()))
                        : column)
                .toList();
        new Table(columns).lines(rows, terminal).forEach(this::line);
    }

    /** All of one thing. */
    void one(Resource resource, Json.Members thing) {
        switch (format) {
            case TABLE, WIDE -> fields(thing).forEach(this::line);
            case JSON -> line(JsonText.pretty(thing));
            case YAML -> line(YamlText.of(thing));
            case NAME -> line(thing.text(resource.id()));
        }
    }

    /** Says what was done to a thing; programs get the thing as it is now. */
    void done(Resource resource, Json.Members thing, String verb) {
        told(resource, thing, resource.noun() + " " + called(resource, thing) + " " + verb);
    }

    /** Says something about a thing; programs get the thing itself. */
    void told(Resource resource, Json.Members thing, String sentence) {
        switch (format) {
            case TABLE, WIDE -> line(Table.printable(sentence));
            case JSON, YAML, NAME -> one(resource, thing);
        }
    }

    /** Whether something else than a person reads it. */
    boolean isForPrograms() {
        return switch (format) {
            case TABLE, WIDE -> false;
            case JSON, YAML, NAME -> true;
        };
    }

    /** Bytes of a guest, as they are. */
    void raw(byte[] bytes) {
        terminal.out().write(bytes, 0, bytes.length);
        terminal.out().flush();
    }

    /** A remark that is no part of the answer. */
    void note(String text) {
        terminal.err().println(text);
    }

    void line(String text) {
        terminal.out().println(text);
    }

    private static String called(Resource resource, Json.Members thing) {
        String id = thing.text(resource.id());
        String title = resource.title(thing);
        return Table.printable(title.equals(id) ? title : title + " (" + id + ")");
    }

    private List<String> fields(Json.Members thing) {
        int width =
                thing.members().keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Json> member : thing.members().entrySet()) {
            String name = member.getKey() + ":";
            String label = terminal.styled(Style.BOLD, name) + " ".repeat(width - name.length());
            switch (member.getValue()) {
                case Json.Items(List<Json> items)
                when items.stream().anyMatch(Json.Members.class::isInstance) -> {
                    lines.add(terminal.styled(Style.BOLD, name));
                    items.forEach(item -> lines.add("  " + inOneLine(item)));
                }
                case Json.Items _, Json.Members _ -> lines.add((label + inOneLine(member.getValue())).stripTrailing());
                case Json.Text _, Json.Num _, Json.Bool _, Json.Null _ ->
                    lines.add((label + Table.printable(member.getValue().plain())).stripTrailing());
            }
        }
        return lines;
    }

    private static String inOneLine(Json json) {
        return switch (json) {
            case Json.Items(List<Json> items) ->
                items.stream().map(Output::inOneLine).collect(Collectors.joining(", "));
            case Json.Members(Map<String, Json> members) ->
                members.entrySet().stream()
                        .filter(member -> !inOneLine(member.getValue()).isEmpty())
                        .map(member -> member.getKey() + "=" + inOneLine(member.getValue()))
                        .collect(Collectors.joining("  "));
            case Json.Text _, Json.Num _, Json.Bool _, Json.Null _ -> Table.printable(json.plain());
        };
    }
}
