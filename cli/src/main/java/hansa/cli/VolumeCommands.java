package hansa.cli;

import static hansa.cli.Arguments.await;
import static hansa.cli.Arguments.one;
import static hansa.cli.Arguments.required;
import static hansa.cli.Arguments.text;
import static hansa.cli.Arguments.texts;
import static hansa.cli.Arguments.timeout;

import hansa.cli.Standard.Aim;
import hansa.cli.client.Exit;
import hansa.cli.client.Json;
import hansa.cli.client.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
                    Column.of("KIND", "kind"),
                    Column.state("state"),
                    Column.of("SIZE", row -> Sizes.mib(row.number("sizeMib"))),
                    Column.of("ATTACHED TO", "vm"),
                    Column.of("CLOUD", "cloud"),
                    Column.of("OWNER", "owner").onlyWide(),
                    Column.of("VO", "vo").onlyWide(),
                    Column.age("created"),
                    Column.of("MESSAGE", "message").onlyWide()));

    private static final Resource COPY = new Resource(
            "snapshot",
            "/volumes",
            "id",
            "title",
            List.of(
                    Column.of("NAME", "title"),
                    Column.of("ID", "id"),
                    Column.of("KIND", "kind"),
                    Column.state("state"),
                    Column.of("SIZE", row -> Sizes.mib(row.number("sizeMib"))),
                    Column.of("TAKEN", "taken"),
                    Column.of("CLOUD", "cloud"),
                    Column.of("MESSAGE", "message")));

    private VolumeCommands() {}

    static Group group() {
        return new Group("volume", "disks that outlive machines", List.of("volumes"), VolumeCommands::commands);
    }

    private static List<Command> commands() {
        return List.of(
                Standard.list(VOLUME, List.of("title", "state", "cloud", "vo", "tag", "kind"), List.of("volume list")),
                Standard.show(VOLUME, List.of("volume show data")),
                new Command(
                        "create",
                        "make a volume, empty or of a snapshot or backup",
                        List.of(
                                one("NAME", "what to call it"),
                                text("--size", "SIZE", "how large: 512M, 10G (default with --from: as large as that)"),
                                text("--from", "COPY", "the snapshot or backup that it begins as"),
                                text("--cloud", "CLOUD", "where to (default: the first that has volumes)"),
                                text("--summary", "TEXT", "a note"),
                                texts("--tag", "TAG", "a tag to put on it"),
                                text("--id", "ID", "an id of your own"),
                                await("it is online"),
                                timeout()),
                        List.of(
                                "volume create data --size 10G --wait",
                                "volume create again --from before-upgrade --wait"),
                        invocation -> {
                            if (invocation.text("--size").isEmpty()
                                    && invocation.text("--from").isEmpty()) {
                                throw new Refusal(Exit.USAGE, "give --size, or --from a snapshot or backup");
                            }
                            JsonBody body = new JsonBody()
                                    .text("id", invocation.text("--id"))
                                    .text("title", invocation.positional(0))
                                    .text("summary", invocation.text("--summary"))
                                    .number("sizeMib", invocation.text("--size").map(Sizes::parseMib))
                                    .text("from", invocation.text("--from").map(copy -> id(invocation, copy)))
                                    .text("cloud", invocation.text("--cloud"))
                                    .texts("tags", TagCommands.ids(invocation, invocation.texts("--tag")));
                            Standard.create(VOLUME, invocation, body, "online");
                        }),
                set(),
                resize(),
                Standard.deleteSlowly(VOLUME, List.of("volume delete data --wait")),
                action("online", "make volumes ready to attach", new Aim("online", "online")),
                action("offline", "keep volumes from being attached", new Aim("offline", "offline")),
                copy("snapshot", "keep what is on a volume now; it goes before the volume does"),
                copy("backup", "copy a volume; the copy outlives it"),
                copies());
    }

    private static String id(Invocation invocation, String reference) {
        return invocation.lookup().one(VOLUME, reference).text("id");
    }

    private static Command copy(String kind, String summary) {
        return new Command(
                kind,
                summary,
                List.of(
                        one("VOLUME", "name, id, or the beginning of an id"),
                        text("--name", "NAME", "what to call it (default: the volume's name, the kind and the time)"),
                        text("--summary", "TEXT", "a note"),
                        text("--id", "ID", "an id of your own"),
                        await("it is whole"),
                        timeout()),
                List.of("volume " + kind + " data", "volume " + kind + " data --name before-upgrade --wait"),
                invocation -> {
                    Json.Members volume = invocation.lookup().one(VOLUME, invocation.positional(0));
                    JsonBody body = new JsonBody()
                            .text("id", invocation.text("--id"))
                            .text("title", invocation.text("--name"))
                            .text("summary", invocation.text("--summary"));
                    Json.Members copy = invocation
                            .node()
                            .send("POST", Standard.path(VOLUME, volume) + "/actions/" + kind, Optional.of(body.json()))
                            .members();
                    if (invocation.flag("--wait")) {
                        copy = new Waiting(invocation)
                                .until(
                                        VOLUME,
                                        copy,
                                        "whole",
                                        now -> now.text("state").equals("offline"));
                    }
                    invocation
                            .output()
                            .done(
                                    VOLUME,
                                    copy,
                                    (invocation.flag("--wait") ? "is a " : "will be a ") + kind + " of "
                                            + VOLUME.title(volume));
                });
    }

    private static Command copies() {
        return new Command(
                "snapshots",
                "show the snapshots and backups of a volume",
                List.of(
                        one("VOLUME", "name, id, or the beginning of an id; the id of one that is gone"),
                        text("--kind", "KIND", "only those of this kind: snapshot or backup"),
                        text("--limit", "N", "at most so many (default: all)")),
                List.of("volume snapshots data", "volume snapshots data --kind backup -o name"),
                invocation -> {
                    Map<String, String> query = new LinkedHashMap<>();
                    query.put("of", source(invocation));
                    invocation.text("--kind").ifPresent(kind -> query.put("kind", kind));
                    long limit = invocation.number("--limit").orElse(Standard.EVERYTHING);
                    invocation.output().list(COPY, invocation.lookup().all(COPY, query, limit));
                });
    }

    /** A backup outlives its volume, whose id is all that is left of it then. */
    private static String source(Invocation invocation) {
        try {
            return id(invocation, invocation.positional(0));
        } catch (Refusal refusal) {
            if (refusal.exit() != Exit.NOT_FOUND) {
                throw refusal;
            }
            return invocation.positional(0);
        }
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
