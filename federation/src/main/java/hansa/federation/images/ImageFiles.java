package hansa.federation.images;

import hansa.cloud.images.DiskFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;

/** The folder of verified images: each file is named after its SHA-512, so that what is there is what it says. */
final class ImageFiles {

    private final Path folder;

    ImageFiles(Path folder) {
        this.folder = folder;
    }

    Path of(String sha512) {
        return folder.resolve(sha512);
    }

    boolean has(String sha512) {
        return Files.isRegularFile(of(sha512));
    }

    /** A new file to fetch into; whoever asks for it deletes it or {@link #keep}s it. */
    Path fresh() throws IOException {
        Files.createDirectories(folder);
        return Files.createTempFile(folder, "fetching-", ".part");
    }

    void keep(Path fetched, String sha512) throws IOException {
        Files.move(fetched, of(sha512), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The same disk in another format. */
    Path converted(String sha512, DiskFormat format) {
        return folder.resolve(sha512 + "." + format.word());
    }

    void keepConverted(Path made, String sha512, DiskFormat format) throws IOException {
        Files.move(
                made, converted(sha512, format), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Deletes it with everything that it was converted to. */
    void delete(String sha512) {
        try {
            Files.deleteIfExists(of(sha512));
            for (DiskFormat format : DiskFormat.values()) {
                Files.deleteIfExists(converted(sha512, format));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes conversions that nobody asked for in a while, and what a crash has left half written. */
    void tidy(Instant olderThan) {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.*")) {
            for (Path each : all) {
                if (Files.getLastModifiedTime(each).toInstant().isBefore(olderThan)) {
                    Files.deleteIfExists(each);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
