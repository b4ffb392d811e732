package hansa.drivers.simulated;

import hansa.cloud.CloudException;
import hansa.cloud.ImageStore;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.Token;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Images of the simulated cloud. What was uploaded is kept as files; those that were always there are made up. */
final class SimulatedImages implements ImageStore {

    private static final int BLOCK = 64 * 1024;

    private final World world;
    private final Calls calls;
    private final Terms terms;
    private final Path folder;

    SimulatedImages(World world, Calls calls, Terms terms, Path folder) {
        this.world = world;
        this.calls = calls;
        this.terms = terms;
        this.folder = folder;
        removeStrayFiles();
    }

    private void removeStrayFiles() {
        try {
            Files.createDirectories(folder);
            Set<String> known =
                    world.images().stream().map(image -> image.id().value()).collect(Collectors.toSet());
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    if (!known.contains(file.getFileName().toString())) {
                        Files.delete(file);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the simulated cloud cannot use its folder " + folder, e);
        }
    }

    @Override
    public List<String> formats() {
        return terms.imageFormats();
    }

    @Override
    public RemoteImage upload(Token token, String name, String format, Path file) {
        return calls.run(Operation.IMAGE_UPLOAD, () -> {
            if (!terms.imageFormats().contains(format)) {
                throw new CloudException.InvalidRequest(
                        "an image is " + String.join(" or ", terms.imageFormats()) + ", not '" + format + "'");
            }
            return remote(world.image(token)
                    .orElseGet(() -> keep(token, name, format, copy -> Files.copy(file, copy))));
        });
    }

    @Override
    public RemoteImage capture(RemoteId machineId, Token token, String name) {
        return calls.run(
                Operation.IMAGE_CAPTURE,
                () -> remote(world.image(token).orElseGet(() -> {
                    Machine machine = world.machine(machineId).orElseThrow(() -> Missing.machine(machineId));
                    Attachable.require(machine);
                    Image base = image(machine.image());
                    return keep(token, name, base.format(), copy -> write(base, copy));
                })));
    }

    private interface Content {
        void writeTo(Path file) throws IOException;
    }

    /** The file has its place before the commit and is swept away at the next opening if that never comes. */
    private Image keep(Token token, String name, String format, Content content) {
        try {
            Path copy = folder.resolve("part-" + java.util.UUID.randomUUID());
            try {
                content.writeTo(copy);
                long size = Files.size(copy);
                return world.change(commit -> world.image(token).orElseGet(() -> {
                    Image image = new Image(
                            commit.newId("img"),
                            Optional.of(token),
                            name,
                            format,
                            size,
                            world.now().plus(terms.latency()));
                    move(copy, file(image));
                    commit.put(image);
                    return image;
                }));
            } finally {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            throw storage(e);
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw storage(e);
        }
    }

    private static CloudException.Unavailable storage(IOException e) {
        return new CloudException.Unavailable("the simulated cloud cannot read or write an image: " + e, e);
    }

    private Path file(Image image) {
        return folder.resolve(image.id().value());
    }

    private void write(Image image, Path to) throws IOException {
        if (image.token().isPresent()) {
            Files.copy(file(image), to);
            return;
        }
        byte[] label = ("simulated image " + image.name() + "\n").getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW)) {
            out.write(label);
            byte[] zeros = new byte[BLOCK];
            long rest = image.sizeBytes() - label.length;
            while (rest > 0) {
                int now = (int) Math.min(rest, BLOCK);
                out.write(zeros, 0, now);
                rest -= now;
            }
        }
    }

    private Image image(RemoteId id) {
        return world.image(id).orElseThrow(() -> Missing.image(id));
    }

    private RemoteImage remote(Image image) {
        return image.remote(world.now());
    }

    @Override
    public Optional<RemoteImage> findByToken(Token token) {
        return calls.run(Operation.IMAGE_FIND, () -> world.image(token).map(this::remote));
    }

    @Override
    public RemoteImage read(RemoteId image) {
        return calls.run(Operation.IMAGE_READ, () -> remote(image(image)));
    }

    @Override
    public void download(RemoteId id, Path file) {
        calls.run(Operation.IMAGE_DOWNLOAD, () -> {
            Image image = image(id);
            if (!image.isReady(world.now())) {
                throw new CloudException.Conflict("the image " + id + " is not ready yet");
            }
            try {
                write(image, file);
            } catch (IOException e) {
                throw storage(e);
            }
        });
    }

    @Override
    public void delete(RemoteId id) {
        calls.run(Operation.IMAGE_DELETE, () -> {
            Optional<Image> deleted = world.change(commit -> {
                Optional<Image> image = world.image(id);
                image.ifPresent(one -> remove(commit, one));
                return image;
            });
            deleted.ifPresent(image -> {
                try {
                    Files.deleteIfExists(file(image));
                } catch (IOException e) {
                    throw storage(e);
                }
            });
        });
    }

    private void remove(Commit commit, Image image) {
        if (image.token().isEmpty()) {
            throw new CloudException.Unauthorised(
                    "the image '" + image.name() + "' belongs to the cloud and cannot be deleted");
        }
        if (world.machines().anyMatch(machine -> machine.image().equals(image.id()))) {
            throw new CloudException.Conflict("machines were made from the image '" + image.name() + "' and need it");
        }
        commit.remove(image);
    }
}
