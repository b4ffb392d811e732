package hansa.cli;

import static hansa.cli.Arguments.await;
import static hansa.cli.Arguments.one;
import static hansa.cli.Arguments.required;
import static hansa.cli.Arguments.text;
import static hansa.cli.Arguments.texts;
import static hansa.cli.Arguments.timeout;

import hansa.cli.Standard.Aim;
import hansa.cli.client.Exit;
import hansa.cli.client.Refusal;
import java.util.List;
import java.util.Optional;

/** {@code hansa volume …}. */
final class VolumeCommands {

    static final Resource VOLUME = new Resource(
            "volume",
            "/volumes",
            "id",
            "title",
            List.of(
                    Column.of("NAME", "title"),
                    Column.of("ID", "id"),
                    Column.state("state"),
                    Column.of("SIZE", row -> Sizes.mib(row.number("sizeMib"))),
                    Column.of("ATTACHED TO", "vm"),
                    Column.of("CLOUD", "cloud"),
                    Column.of("OWNER", "owner").onlyWide(),
                    Column.of("VO", "vo").onlyWide(),
                    Column.age("created"),
                    Column.of("MESSAGE", "message").onlyWide()));

    private VolumeCommands() {}

    static Group group() {
        return new Group("volume", "disks that outlive machines", List.of("volumes"), VolumeCommands::commands);
    }

    private static List<Command> commands() {
        return List.of(
                Standard.list(VOLUME, List.of("title", "state", "cloud", "vo", "tag"), List.of("volume list")),
                Standard.show(VOLUME, List.of("volume show data")),
                new Command(
                        "create",
                        "make an empty volume",
                        List.of(
                                one("NAME", "what to call it"),
                                required("--size", "SIZE", "how large: 512M, 10G"),
                                text("--cloud", "CLOUD", "where to (default: the first that has volumes)"),
                                text("--summary", "TEXT", "a note"),
                                texts("--tag", "TAG", "a tag to put on it"),
                                text("--id", "ID", "an id of your own"),
                                await("it is online"),
                                timeout()),
                        List.of("volume create data --size 10G --wait", "vm attach web --volume data"),
                        invocation -> {
                            JsonBody body = new JsonBody()
                                    .text("id", invocation.text("--id"))
                                    .text("title", invocation.positional(0))
                                    .text("summary", invocation.text("--summary"))
                                    .number("sizeMib", invocation.text("--size").map(Sizes::parseMib))
                                    .text("cloud", invocation.text("--cloud"))
                                    .texts("tags", TagCommands.ids(invocation, invocation.texts("--tag")));
                            Standard.create(VOLUME, invocation, body, "online");
                        }),
                set(),
                resize(),
                Standard.deleteSlowly(VOLUME, List.of("volume delete data --wait")),
                action("online", "make volumes ready to attach", new Aim("online", "online")),
                action("offline", "keep volumes from being attached", new Aim("offline", "offline")),
                action("snapshot", "keep what is on volumes now", new Aim("snapshot", "online")),
                action("backup", "make a backup of volumes", new Aim("backup", "online")));
    }

    private static Command action(String name, String summary, Aim aim) {
        return Standard.act(VOLUME, name, summary, aim, List.of(), _ -> Optional.empty());
    }

    private static Command set() {
        return new Command(
                "set",
                "change what a volume is called",
                List.of(
                        one("VOLUME", "name, id, or the beginning of an id"),
                        text("--name", "NAME", "a new name"),
                        text("--summary", "TEXT", "a new note")),
                List.of("volume set data --name archive"),
                invocation -> {
                    JsonBody body = new JsonBody()
                            .text("title", invocation.text("--name"))
                            .text("summary", invocation.text("--summary"));
                    if (body.isEmpty()) {
                        throw new Refusal(Exit.USAGE, "nothing to change; give --name or --summary");
                    }
                    Standard.patch(VOLUME, invocation, body, "changed");
                });
    }

    private static Command resize() {
        return new Command(
                "resize",
                "make a volume larger",
                List.of(
                        one("VOLUME", "name, id, or the beginning of an id"),
                        required("--size", "SIZE", "how large it shall be: 20G")),
                List.of("volume resize data --size 20G"),
                invocation -> Standard.patch(
                        VOLUME,
                        invocation,
                        new JsonBody()
                                .number("sizeMib", invocation.text("--size").map(Sizes::parseMib)),
                        "will be resized"));
    }
}
