package hansa.drivers.libvirt;

import hansa.cloud.CloudException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Files of the cloud's folder: whole or not there, and gone when they are deleted. */
final class Folders {

    private Folders() {}

    /** What changes files. */
    interface Change {
        void run() throws IOException;
    }

    /** What reads files. */
    interface Look<T> {
        T run() throws IOException;
    }

    /** Does it, and says in the port's words what the file system refused. */
    static void change(String doing, Change change) {
        look(doing, () -> {
            change.run();
            return true;
        });
    }

    static <T> T look(String doing, Look<T> look) {
        try {
            return look.run();
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage());
            if (why.contains("No space left on device") || why.contains("Disk quota exceeded")) {
                throw new CloudException.NoCapacity(doing + ": the host's disk is full");
            }
            throw new CloudException.Unavailable(doing + ": " + e.getClass().getSimpleName() + " " + why, e);
        }
    }

    static Path sibling(Path file, String suffix) {
        return file.resolveSibling(file.getFileName() + suffix);
    }

    /** Puts a finished file in its place, to stay there whatever happens next. */
    static void settle(Path part, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    static void write(Path file, byte[] content) throws IOException {
        Path part = sibling(file, ".part");
        Files.write(part, content);
        settle(part, file);
    }

    /** Deletes a file or a folder with what is in it. One that is not there is no error. */
    static void delete(Path path) throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(path)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        } catch (NoSuchFileException e) {
            return;
        }
        for (Path each : all) {
            Files.deleteIfExists(each);
        }
    }

    /** libvirt gives the file to the user that QEMU runs as; nobody else is to read a guest's disk or its secrets. */
    static void onlyForOwner(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
