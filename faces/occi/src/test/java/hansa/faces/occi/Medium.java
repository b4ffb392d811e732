package hansa.faces.occi;

import hansa.faces.occi.Client.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The renderings that requests come in, and how each of them says the same. */
enum Medium {
    PLAIN("text/plain"),
    OCCI_PLAIN("text/occi+plain"),
    HEADERS("text/occi"),
    JSON("application/occi+json");

    private static final String INFRASTRUCTURE = "http://schemas.ogf.org/occi/infrastructure#";

    private final String type;

    Medium(String type) {
        this.type = type;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String contentType() {
        return this == JSON || this == HEADERS ? type : type + "; charset=utf-8";
    }

    /** @param attributes values as they stand in the text renderings and in JSON: numbers bare, strings in quotes */
    Call entity(Call call, String kind, List<String> mixins, Map<String, String> attributes) {
        if (this == JSON) {
            List<String> members = new ArrayList<>();
            if (!kind.isEmpty()) {
                members.add("\"kind\":\"" + INFRASTRUCTURE + kind + '"');
            }
            if (!mixins.isEmpty()) {
                members.add("\"mixins\":[\"" + String.join("\",\"", mixins) + "\"]");
            }
            List<String> values = new ArrayList<>();
            attributes.forEach((name, value) -> values.add('"' + name + "\":" + value));
            members.add("\"attributes\":{" + String.join(",", values) + '}');
            return said(call).json('{' + String.join(",", members) + '}');
        }
        List<String[]> fields = new ArrayList<>();
        if (!kind.isEmpty()) {
            fields.add(new String[] {"Category", category(INFRASTRUCTURE + kind, "kind")});
        }
        mixins.forEach(mixin -> fields.add(new String[] {"Category", category(mixin, "mixin")}));
        attributes.forEach((name, value) -> fields.add(new String[] {"X-OCCI-Attribute", name + '=' + value}));
        return fields(call, fields);
    }

    Call action(Call call, String action, Map<String, String> arguments) {
        if (this == JSON) {
            List<String> values = new ArrayList<>();
            arguments.forEach((name, value) -> values.add('"' + name + "\":" + value));
            return said(call).json("{\"action\":\"" + action + "\",\"attributes\":{" + String.join(",", values) + "}}");
        }
        List<String[]> fields = new ArrayList<>();
        fields.add(new String[] {"Category", category(action, "action")});
        arguments.forEach((name, value) -> fields.add(new String[] {"X-OCCI-Attribute", name + '=' + value}));
        return fields(call, fields);
    }

    Call locations(Call call, List<String> urls) {
        return this == JSON
                ? said(call).json("[\"" + String.join("\",\"", urls) + "\"]")
                : fields(
                        call,
                        urls.stream()
                                .map(url -> new String[] {"X-OCCI-Location", url})
                                .toList());
    }

    Call mixin(Call call, String id, String location) {
        int hash = id.indexOf('#') + 1;
        return this == JSON
                ? said(call)
                        .json("{\"mixins\":[{\"term\":\"" + id.substring(hash) + "\",\"scheme\":\""
                                + id.substring(0, hash) + "\",\"location\":\"" + location + "\"}]}")
                : fields(call, List.<String[]>of(new String[] {
                    "Category", category(id, "mixin") + "; location=\"" + location + '"'
                }));
    }

    Call said(Call call) {
        return call.accept(type);
    }

    private Call fields(Call call, List<String[]> fields) {
        Call said = said(call);
        if (this == HEADERS) {
            said.header("Content-Type", type);
            fields.forEach(field -> said.header(field[0], field[1]));
            return said;
        }
        StringBuilder lines = new StringBuilder();
        fields.forEach(
                field -> lines.append(field[0]).append(": ").append(field[1]).append('\n'));
        return said.body(type, lines.toString());
    }

    private static String category(String id, String sort) {
        int hash = id.indexOf('#') + 1;
        return id.substring(hash) + "; scheme=\"" + id.substring(0, hash) + "\"; class=\"" + sort + '"';
    }
}
