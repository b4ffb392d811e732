package hansa.cli;

import static hansa.cli.Arguments.await;
import static hansa.cli.Arguments.one;
import static hansa.cli.Arguments.required;
import static hansa.cli.Arguments.text;
import static hansa.cli.Arguments.timeout;

import hansa.cli.client.Json;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
                    Column.of("SOURCE", "source").onlyWide(),
                    Column.age("created"),
                    Column.of("MESSAGE", "message").onlyWide()));

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
                Standard.deleteSlowly(IMAGE, List.of("image delete debian --wait")));
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

    private static String clouds(Json.Members image) {
        String clouds = image.items("clouds").stream().map(Json::plain).collect(Collectors.joining(","));
        return clouds.isEmpty() && image.flag("anywhere") ? "any" : clouds;
    }
}
