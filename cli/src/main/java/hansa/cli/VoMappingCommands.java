package hansa.cli;

import static hansa.cli.Arguments.one;
import static hansa.cli.Arguments.required;
import static hansa.cli.Arguments.text;
import static hansa.cli.Arguments.texts;

import hansa.cli.client.Json;
import java.util.List;

/** The part of {@code hansa vo …} that is about what members may do where. */
final class VoMappingCommands {

    private static final VoRules MAPPINGS = new VoRules(
            "rule",
            "mappings",
            "name",
            List.of(
                    Column.of("NAME", "name"),
                    Column.of("WHO", "who"),
                    Column.of("MAY", "actions"),
                    Column.of("CLOUDS", row -> all(row, "clouds")),
                    Column.of("FLAVOURS", row -> all(row, "flavours"))));

    private VoMappingCommands() {}

    static List<Command> commands() {
        return List.of(MAPPINGS.list("mappings", "show what members may do where"), map(), unmap());
    }

    private static String all(Json.Members row, String member) {
        List<String> values = row.items(member).stream().map(Json::plain).toList();
        return values.isEmpty() ? "all" : String.join(", ", values);
    }

    private static Command map() {
        return new Command(
                "map",
                "let members with a group or role do something; what no rule allows is denied from then on",
                List.of(
                        one("VO", "its name"),
                        one("RULE", "a name of a-z, 0-9 and hyphens; refusals name it"),
                        required("--who", "RIGHT", "a group or role, like imaging/Role=vm_operator"),
                        text("--may", "ACTIONS", "what, like 'machine.* volume.create' (default: everything)"),
                        texts("--cloud", "CLOUD", "at this cloud only"),
                        texts("--flavour", "FLAVOUR", "machines of this flavour only, like 'small*'")),
                List.of(
                        "vo map biomed operators --who Role=vm_operator --may 'machine.*' --cloud lab --flavour 'small*'",
                        "vo map biomed everybody --who /biomed --may 'volume.* network.*'"),
                invocation -> MAPPINGS.set(
                        invocation,
                        new JsonBody()
                                .text("who", invocation.text("--who"))
                                .text("actions", invocation.text("--may"))
                                .texts("clouds", invocation.texts("--cloud"))
                                .texts("flavours", invocation.texts("--flavour")),
                        invocation.positional(1)));
    }

    private static Command unmap() {
        return new Command(
                "unmap",
                "take a rule away",
                List.of(one("VO", "its name"), one("RULE", "its name")),
                List.of("vo unmap biomed operators"),
                invocation -> MAPPINGS.remove(invocation, invocation.positional(1)));
    }
}
