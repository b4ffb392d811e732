package hansa.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder in which a node keeps what is its own. Held by one node at a time, also against other processes. */
final class DataFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path folder;
    private final FileChannel lock;

    private DataFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /** Where the data is unless somebody says otherwise: {@code ~/.local/share/hansa}, after the XDG base directories. */
    static Path usual(Map<String, String> environment) {
        String shared = environment.getOrDefault("XDG_DATA_HOME", "");
        Path base =
                shared.startsWith("/") ? Path.of(shared) : Path.of(System.getProperty("user.home"), ".local", "share");
        return base.resolve("hansa");
    }

    /**
     * Takes the folder, making it where it is missing.
     *
     * @throws StartFailure if it cannot be used, or another node holds it
     */
    static DataFolder take(Path wanted) throws StartFailure {
        Path folder = wanted.toAbsolutePath().normalize();
        try {
            Files.createDirectories(folder, OWNER_ONLY);
            FileChannel lock =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(lock)) {
                lock.close();
                throw new StartFailure("Another node runs in " + folder
                        + "; stop it, or give this one a folder of its own with --data.");
            }
            DataFolder taken = new DataFolder(folder, lock);
            // Left behind by a node that was killed; it must not be taken for this one's before this one is ready.
            Files.deleteIfExists(taken.endpoints());
            return taken;
        } catch (IOException e) {
            throw new StartFailure(
                    "The data folder " + folder + " cannot be used: " + e.getMessage()
                            + "; choose another with --data or mend its permissions.",
                    e);
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldInThisProcess) {
            return false;
        }
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    /** A folder below, made where it is missing. */
    Path folder(String... names) throws IOException {
        Path below = folder;
        for (String name : names) {
            below = below.resolve(name);
        }
        return Files.createDirectories(below, OWNER_ONLY);
    }

    /** What this node is called among those that share a store; the same after a restart. */
    String nodeId() throws IOException {
        Path file = folder.resolve("node.id");
        if (!Files.exists(file)) {
            replace(file, UUID.randomUUID() + "\n");
        }
        return Files.readString(file).strip();
    }

    private Path endpoints() {
        return folder.resolve("endpoints.json");
    }

    /** Tells where the node can be reached; whoever waits for the file sees all of it or nothing. */
    void announce(String json) throws IOException {
        replace(endpoints(), json);
    }

    private static void replace(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, text, StandardCharsets.UTF_8);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        try (lock) {
            Files.deleteIfExists(endpoints());
        } catch (IOException e) {
            LOG.warn("The data folder {} could not be left in order", folder, e);
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
