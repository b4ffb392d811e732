package hansa.cli.client;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Who is logged in where: a file per node in the user's configuration folder, which nobody else reads. */
public final class Sessions {

    private static final FileAttribute<?> FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<?> FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final int LARGEST = 256 * 1024;

    private final Path folder;

    private Sessions(Path folder) {
        this.folder = folder;
    }

    /** In {@code $XDG_CONFIG_HOME/hansa/logins}, or {@code ~/.config/hansa/logins}. */
    public static Sessions of(Map<String, String> environment) {
        String shared = environment.getOrDefault("XDG_CONFIG_HOME", "");
        Path base =
                shared.startsWith("/") ? Path.of(shared) : Path.of(environment.getOrDefault("HOME", "."), ".config");
        return new Sessions(base.resolve("hansa").resolve("logins"));
    }

    private Path file(URI node) {
        String name = (node.getHost() + "-" + node.getPort()).replaceAll("[^A-Za-z0-9.-]", "_");
        return folder.resolve(node.getScheme() + "-" + name + ".json");
    }

    public Optional<Session> find(URI node) {
        Path file = file(node);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            if (Files.size(file) > LARGEST) {
                throw new Refusal(Exit.FAILED, file + " is too large to be a login; delete it and log in again");
            }
            return Session.of(JsonText.parse(Files.readAllBytes(file)))
                    .filter(session -> session.node().equals(node));
        } catch (IOException e) {
            throw new Refusal(Exit.FAILED, file + " cannot be read; check who owns it", e);
        }
    }

    public void keep(Session session) {
        Path file = file(session.node());
        try {
            Files.createDirectories(folder, FOLDER);
            Path fresh = Files.createTempFile(folder, ".login", null, FILE);
            try {
                Files.writeString(fresh, JsonText.pretty(session.toJson()) + "\n", StandardCharsets.UTF_8);
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw new Refusal(Exit.FAILED, file + " cannot be written; check that the folder is yours", e);
        }
    }

    public void forget(URI node) {
        try {
            Files.deleteIfExists(file(node));
        } catch (IOException e) {
            throw new Refusal(Exit.FAILED, file(node) + " cannot be deleted; check that the folder is yours", e);
        }
    }

    /** Keeps other commands of this user from refreshing at the same time: a refresh token is often good for one use. */
    <T> T alone(URI node, Supplier<T> work) {
        Path file = folder.resolve("." + file(node).getFileName() + ".lock");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!lock.isValid()) {
                throw new IOException("the lock was lost");
            }
            return work.get();
        } catch (IOException e) {
            throw new Refusal(Exit.FAILED, file + " cannot be locked; check that the folder is yours", e);
        }
    }
}
