package hansa.cli;

import static hansa.cli.Arguments.await;
import static hansa.cli.Arguments.flag;
import static hansa.cli.Arguments.one;
import static hansa.cli.Arguments.required;
import static hansa.cli.Arguments.text;
import static hansa.cli.Arguments.timeout;

import hansa.cli.client.Exit;
import hansa.cli.client.Json;
import hansa.cli.client.Refusal;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** {@code hansa image …}. */
final class ImageCommands {

    static final Resource IMAGE = new Resource(
            "image",
            "/images",
            "id",
            "title",
            List.of(
                    Column.of("NAME", "title"),
                    Column.of("ID", "id"),
                    Column.state("state"),
                    Column.of("FORMAT", "format"),
                    Column.of("SIZE", row -> Sizes.bytes(row.number("sizeBytes"))),
                    Column.of("CLOUDS", ImageCommands::clouds),
                    Column.of("OWNER", "owner").onlyWide(),
                    Column.of("SHARED WITH", ImageCommands::audience).onlyWide(),
                    Column.of("SOURCE", "source").onlyWide(),
                    Column.age("created"),
                    Column.of("MESSAGE", "message").onlyWide()));

    private static final Argument THE_IMAGE = one("IMAGE", "name, id, or the beginning of an id");

    private ImageCommands() {}

    static Group group() {
        return new Group("image", "images that machines boot from", List.of("images"), ImageCommands::commands);
    }

    private static List<Command> commands() {
        return List.of(
                Standard.list(IMAGE, List.of(), List.of("image list")),
                Standard.show(IMAGE, List.of("image show tiny")),
                new Command(
                        "create",
                        "register an image from a file or an address; it is fetched and checked",
                        List.of(
                                one("NAME", "its id and name"),
                                required("--from", "SOURCE", "an http(s) address, or a file on the node (operators)"),
                                text("--format", "FORMAT", "raw, qcow2, vmdk, vhd, vdi or vhdx (default: qcow2)"),
                                text("--title", "TEXT", "a longer name"),
                                text("--sha512", "HEX", "what the file's SHA-512 must be"),
                                text("--size", "BYTES", "how long the file must be"),
                                await("it is ready"),
                                timeout()),
                        List.of(
                                "image create debian --from https://cloud.example.org/debian.qcow2 --sha512 9f2c… --wait",
                                "image create tiny --from ./tiny.qcow2"),
                        invocation -> {
                            JsonBody body = new JsonBody()
                                    .text("id", invocation.positional(0))
                                    .text("title", invocation.text("--title"))
                                    .text("format", invocation.text("--format").orElse("qcow2"))
                                    .text("source", invocation.text("--from").map(ImageCommands::source))
                                    .text("sha512", invocation.text("--sha512"))
                                    .number("sizeBytes", invocation.number("--size"));
                            Standard.create(IMAGE, invocation, body, "ready");
                        }),
                ImageTransferCommands.upload(),
                ImageTransferCommands.download(),
                share(),
                unshare(),
                Standard.deleteSlowly(IMAGE, List.of("image delete debian --wait")));
    }

    private static Command share() {
        return new Command(
                "share",
                "let others use an image of yours, and those alone",
                List.of(
                        THE_IMAGE,
                        text(
                                "--with",
                                "GROUP",
                                "a virtual organisation or a group in it (default: the one you act for)"),
                        flag("--everybody", "let everybody use it (operators)")),
                List.of("image share my-debian --with /fusion/imaging", "image share my-debian --for fusion"),
                invocation -> {
                    Optional<String> group =
                            invocation.text("--with").map(with -> with.startsWith("/") ? with : "/" + with);
                    boolean everybody = invocation.flag("--everybody");
                    if (everybody && group.isPresent()) {
                        throw new Refusal(Exit.USAGE, "give --with or --everybody, not both");
                    }
                    JsonBody body = new JsonBody()
                            .text("share", Optional.of(everybody ? "everybody" : "vo"))
                            .text("group", group);
                    Standard.patch(IMAGE, invocation, body, "is shared");
                });
    }

    private static Command unshare() {
        return new Command(
                "unshare",
                "keep an image of yours to yourself again; machines that others made of it stay",
                List.of(THE_IMAGE),
                List.of("image unshare my-debian"),
                invocation ->
                        Standard.patch(IMAGE, invocation, new JsonBody().text("share", "none"), "is yours alone"));
    }

    /** A file is named to the node by its whole path. */
    private static String source(String given) {
        if (given.matches("[A-Za-z][A-Za-z0-9+.-]*:.*")) {
            return URI.create(given).toString();
        }
        Path path = Path.of(given);
        return (Files.exists(path) ? path.toAbsolutePath().normalize() : path)
                .toUri()
                .toString();
    }

    private static String audience(Json.Members image) {
        return image.text("share").equals("everybody") ? "everybody" : image.text("group");
    }

    private static String clouds(Json.Members image) {
        String clouds = image.items("clouds").stream().map(Json::plain).collect(Collectors.joining(","));
        return clouds.isEmpty() && image.flag("anywhere") ? "any" : clouds;
    }
}
