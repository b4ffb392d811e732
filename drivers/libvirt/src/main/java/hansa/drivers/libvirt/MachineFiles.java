package hansa.drivers.libvirt;

import hansa.cloud.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The files of one machine, in a folder of their own.
 *
 * <p>Two marks make a crash harmless: {@code making} is there until the machine has been started for the first time, and
 * {@code deleting} from the moment that it is given up. A folder with neither is never cleared away by itself.
 */
record MachineFiles(Path folder) {

    /** The file that says at which host of a pool the machine is. */
    static final String PLACED = "placed.xml";

    Token token() {
        return new Token(folder.getFileName().toString());
    }

    Path root() {
        return folder.resolve("root.qcow2");
    }

    Path iso(ContextIso.Kind kind) {
        return folder.resolve(
                switch (kind) {
                    case NOCLOUD -> "nocloud.iso";
                    case OPENNEBULA -> "opennebula.iso";
                });
    }

    Path console() {
        return folder.resolve("console.log");
    }

    private Path adoption() {
        return folder.resolve("adopted");
    }

    /** The name of the domain that was adopted with this token. */
    Optional<String> adopted() throws IOException {
        return Files.isRegularFile(adoption()) ? Optional.of(Files.readString(adoption())) : Optional.empty();
    }

    void adopt(String domain) throws IOException {
        Files.createDirectories(folder);
        Folders.write(adoption(), domain.getBytes(StandardCharsets.UTF_8));
    }

    private Path making() {
        return folder.resolve("making");
    }

    private Path deleting() {
        return folder.resolve("deleting");
    }

    boolean isInTheMaking() {
        return Files.exists(making());
    }

    boolean isHalf() {
        return Files.exists(making()) || Files.exists(deleting());
    }

    /** The folder, with its mark, and nothing of an earlier attempt. */
    void begin() throws IOException {
        Folders.delete(folder);
        Files.createDirectories(folder);
        // QEMU's user passes through; it sees what libvirt gives it.
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        Folders.write(making(), new byte[0]);
        Files.createFile(console());
        // libvirt gives it to QEMU's user and then to root; it stays readable for us.
        Files.setPosixFilePermissions(console(), PosixFilePermissions.fromString("rw-r--r--"));
    }

    void finished() throws IOException {
        Files.deleteIfExists(making());
    }

    void giveUp() throws IOException {
        if (Files.isDirectory(folder)) {
            Folders.write(deleting(), new byte[0]);
        }
    }

    void delete() throws IOException {
        if (Files.isDirectory(folder)) {
            giveUp();
            // The marks go last, so that a crash on the way leaves a folder that says what it is.
            for (Path file : Folders.children(folder)) {
                if (!file.equals(deleting())) {
                    Folders.delete(file);
                }
            }
            Folders.delete(folder);
        }
    }
}
