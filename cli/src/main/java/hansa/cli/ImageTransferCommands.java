package hansa.cli;

import static hansa.cli.Arguments.one;
import static hansa.cli.Arguments.required;
import static hansa.cli.Arguments.text;
import static hansa.cli.Arguments.timeout;

import hansa.cli.client.Exit;
import hansa.cli.client.Json;
import hansa.cli.client.Node;
import hansa.cli.client.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code hansa image upload} and {@code hansa image download}. */
final class ImageTransferCommands {

    private static final String FORMATS = "raw, qcow2, vmdk, vhd, vdi or vhdx";
    private static final Duration LOOK = Duration.ofSeconds(1);

    private ImageTransferCommands() {}

    static Command upload() {
        return new Command(
                "upload",
                "bring an image of your own; it is yours alone unless you share it",
                List.of(
                        one("FILE", "the file"),
                        text("--name", "NAME", "what to call it (default: the file's name)"),
                        text("--format", "FORMAT", FORMATS + " (default: the file's ending)"),
                        text("--sha512", "HEX", "what the file's SHA-512 must be when it has arrived"),
                        text("--share", "WITH", "vo: the organisation you act for; everybody (operators)"),
                        text("--id", "ID", "an id of your own; a second upload with it is refused")),
                List.of(
                        "image upload disk.qcow2 --name my-debian",
                        "image upload appliance.vmdk --name appliance --share vo --for fusion"),
                ImageTransferCommands::upload);
    }

    private static void upload(Invocation invocation) {
        Path file = Path.of(invocation.positional(0));
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        String ending = dot < 1 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
        String format = invocation.text("--format").orElse(ending);
        if (format.isEmpty()) {
            throw new Refusal(Exit.USAGE, "give --format, since the file's name does not end in one: " + FORMATS);
        }
        Map<String, String> query = new LinkedHashMap<>();
        query.put("title", invocation.text("--name").orElse(dot < 1 ? name : name.substring(0, dot)));
        query.put("format", format);
        invocation.text("--id").ifPresent(id -> query.put("id", id));
        invocation.text("--sha512").ifPresent(sha -> query.put("sha512", sha));
        invocation.text("--share").ifPresent(share -> query.put("share", share));
        long size = size(file);
        query.put("sizeBytes", Long.toString(size));
        Json.Members image = sent(invocation, Node.query("/image-uploads", query), file, size);
        invocation.output().done(ImageCommands.IMAGE, image, "is " + image.text("state"));
    }

    private static Json.Members sent(Invocation invocation, String path, Path file, long size) {
        try (ProgressBar bar = new ProgressBar(invocation.terminal(), String.valueOf(file.getFileName()), size)) {
            return invocation.node().upload(path, file, bar).members();
        }
    }

    private static long size(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new Refusal(Exit.USAGE, "there is no file '" + file + "'; check its path");
            }
            long size = Files.size(file);
            if (size == 0) {
                throw new Refusal(Exit.USAGE, "'" + file + "' is empty");
            }
            return size;
        } catch (IOException unreadable) {
            throw new Refusal(Exit.USAGE, "'" + file + "' cannot be read; is it yours?", unreadable);
        }
    }

    static Command download() {
        return new Command(
                "download",
                "write an image, or what was saved of a machine, to a file",
                List.of(
                        one("IMAGE", "name, id, or the beginning of an id"),
                        required("--file", "FILE", "where to; it is there when it is whole"),
                        text("--format", "FORMAT", FORMATS + " (default: the image's own)"),
                        timeout()),
                List.of(
                        "image download my-debian --file my-debian.qcow2",
                        "image download web-golden --file web.vmdk --format vmdk --timeout 1h"),
                ImageTransferCommands::download);
    }

    private static void download(Invocation invocation) {
        Json.Members image = invocation.lookup().one(ImageCommands.IMAGE, invocation.positional(0));
        String format = invocation.text("--format").orElse(image.text("format"));
        Path target = Path.of(invocation.text("--file").orElseThrow());
        if (Files.exists(target)) {
            throw new Refusal(Exit.USAGE, "'" + target + "' is there already; choose another name");
        }
        String path = Standard.path(ImageCommands.IMAGE, image) + Node.path("copies", format);
        Json.Members copy = ready(invocation, image, path, format);
        Path part = target.resolveSibling(target.getFileName() + ".part");
        try {
            fetch(invocation, path + "/content", copy.number("sizeBytes"), part);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException nowhere) {
            throw new Refusal(Exit.USAGE, "there is no folder for '" + target + "'", nowhere);
        } catch (IOException unwritable) {
            throw new Refusal(
                    Exit.FAILED, "'" + target + "' cannot be written: " + unwritable.getMessage(), unwritable);
        } finally {
            remove(part);
        }
        invocation
                .output()
                .done(
                        ImageCommands.IMAGE,
                        image,
                        "is in " + target + ", " + Sizes.bytes(copy.number("sizeBytes")) + " of " + format);
    }

    /** Asks for the file and waits until the node has it. */
    private static Json.Members ready(Invocation invocation, Json.Members image, String path, String format) {
        Duration patience = invocation.text("--timeout").map(Ages::parse).orElse(Duration.ofMinutes(5));
        Instant end = invocation.terminal().now().plus(patience);
        Json.Members copy =
                invocation.node().send("PUT", path, Optional.empty()).members();
        String told = "";
        while (copy.text("state").equals("pending")) {
            String message = copy.text("message");
            if (!message.equals(told)) {
                invocation.output().note("image " + ImageCommands.IMAGE.title(image) + ": " + message);
                told = message;
            }
            if (invocation.terminal().now().isAfter(end)) {
                throw new Refusal(
                        Exit.FAILED,
                        "the image is not there as " + format + " after " + Ages.brief(patience)
                                + "; the node goes on, so ask again later or with a longer --timeout");
            }
            pause();
            copy = invocation.node().get(path);
        }
        if (!copy.text("state").equals("ready")) {
            throw new Refusal(Exit.FAILED, "the image cannot be had as " + format + ": " + copy.text("message"));
        }
        return copy;
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Refusal(Exit.FAILED, "stopped while waiting", stopped);
        }
    }

    private static void fetch(Invocation invocation, String path, long size, Path part) throws IOException {
        MessageDigest sha = sha512();
        try (ProgressBar bar = new ProgressBar(invocation.terminal(), String.valueOf(part.getFileName()), size);
                OutputStream file = new DigestOutputStream(Files.newOutputStream(part), sha)) {
            Optional<String> announced = invocation.node().download(path, file, bar);
            String got = "sha-512=:" + Base64.getEncoder().encodeToString(sha.digest()) + ":";
            if (announced.isPresent() && !announced.get().equals(got)) {
                throw new Refusal(Exit.FAILED, "the file was damaged on its way; download it again");
            }
        }
    }

    private static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void remove(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException left) {
            throw new Refusal(Exit.FAILED, "'" + part + "' cannot be deleted; delete it by hand", left);
        }
    }
}
