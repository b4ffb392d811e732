package hansa.federation.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

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

    void delete(String sha512) {
        try {
            Files.deleteIfExists(of(sha512));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
