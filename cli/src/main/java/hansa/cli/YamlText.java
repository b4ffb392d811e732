package hansa.cli;

import hansa.cli.client.Json;
import hansa.cli.client.JsonText;
import java.util.List;
import java.util.Map;

/** Writes YAML 1.2 in block style. Texts are quoted as in JSON, which YAML shares, so that none is taken for a number. */
final class YamlText {

    private YamlText() {}

    /** Without a line end at the end. */
    static String of(Json json) {
        StringBuilder text = new StringBuilder();
        write(json, "", text);
        return text.toString().strip();
    }

    private static void write(Json json, String indent, StringBuilder text) {
        switch (json) {
            case Json.Items(List<Json> items)
            when !items.isEmpty() -> {
                for (Json item : items) {
                    text.append('\n').append(indent).append("- ");
                    inner(item, indent + "  ", text);
                }
            }
            case Json.Members(Map<String, Json> members)
            when !members.isEmpty() ->
                members.forEach((name, member) -> {
                    text.append('\n').append(indent);
                    member(name, member, indent, text);
                });
            case Json.Text _, Json.Num _, Json.Bool _, Json.Null _, Json.Items _, Json.Members _ ->
                text.append(JsonText.compact(json));
        }
    }

    private static void inner(Json item, String indent, StringBuilder text) {
        if (item instanceof Json.Members(Map<String, Json> members) && !members.isEmpty()) {
            String separator = "";
            for (Map.Entry<String, Json> member : members.entrySet()) {
                text.append(separator);
                member(member.getKey(), member.getValue(), indent, text);
                separator = "\n" + indent;
            }
        } else {
            write(item, indent, text);
        }
    }

    private static boolean isBlock(Json value) {
        return switch (value) {
            case Json.Items(List<Json> items) -> !items.isEmpty();
            case Json.Members(Map<String, Json> members) -> !members.isEmpty();
            case Json.Text _, Json.Num _, Json.Bool _, Json.Null _ -> false;
        };
    }

    private static void member(String name, Json value, String indent, StringBuilder text) {
        String key = name.matches("[A-Za-z][A-Za-z0-9_-]*") ? name : JsonText.compact(new Json.Text(name));
        text.append(key).append(isBlock(value) ? ":" : ": ");
        write(value, indent + "  ", text);
    }
}
