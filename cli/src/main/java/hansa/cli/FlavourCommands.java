package hansa.cli;

import static hansa.cli.Arguments.one;
import static hansa.cli.Arguments.required;
import static hansa.cli.Arguments.text;

import hansa.cli.client.Json;
import java.util.List;
import java.util.stream.Collectors;

/** {@code hansa flavour …}. */
final class FlavourCommands {

    static final Resource FLAVOUR = new Resource(
            "flavour",
            "/flavours",
            "id",
            "id",
            List.of(
                    Column.of("NAME", "id"),
                    Column.of("CORES", "cores"),
                    Column.of("MEMORY", row -> Sizes.mib(row.number("memoryMib"))),
                    Column.of("DISK", row -> Sizes.mib(row.number("diskGib") * 1024)),
                    Column.of("CLOUDS", FlavourCommands::clouds),
                    Column.of("TITLE", "title").onlyWide()));

    private FlavourCommands() {}

    static Group group() {
        return new Group(
                "flavour", "sizes that machines can have", List.of("flavours", "flavor"), FlavourCommands::commands);
    }

    private static List<Command> commands() {
        return List.of(
                Standard.list(FLAVOUR, List.of(), List.of("flavour list")),
                Standard.show(FLAVOUR, List.of("flavour show small")),
                new Command(
                        "create",
                        "add a size for clouds that take any (operators)",
                        List.of(
                                one("NAME", "what to call it"),
                                required("--cores", "N", "processors"),
                                required("--memory", "SIZE", "memory: 512M, 2G"),
                                text("--disk", "GIB", "root disk in GiB (default: as large as the image)"),
                                text("--title", "TEXT", "a longer name")),
                        List.of("flavour create nano --cores 1 --memory 128M"),
                        invocation -> {
                            JsonBody body = new JsonBody()
                                    .text("id", invocation.positional(0))
                                    .text("title", invocation.text("--title"))
                                    .number("cores", invocation.number("--cores"))
                                    .number(
                                            "memoryMib",
                                            invocation.text("--memory").map(Sizes::parseMib))
                                    .number("diskGib", invocation.number("--disk"));
                            Standard.create(FLAVOUR, invocation, body, "");
                        }),
                Standard.delete(FLAVOUR, List.of("flavour delete nano")));
    }

    private static String clouds(Json.Members flavour) {
        return flavour.items("clouds").stream().map(Json::plain).collect(Collectors.joining(","));
    }
}
