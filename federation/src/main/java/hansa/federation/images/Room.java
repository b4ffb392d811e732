package hansa.federation.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The room on the disk under the folder of images. */
final class Room {

    private final Path folder;
    private final long keepFree;

    Room(Path folder, long keepFree) {
        this.folder = folder;
        this.keepFree = keepFree;
    }

    /** Whether so many more bytes fit, and what shall stay free stays free. */
    boolean has(long bytes) throws IOException {
        Files.createDirectories(folder);
        long free = Files.getFileStore(folder).getUsableSpace();
        return free - keepFree >= bytes;
    }

    /** @throws IOException where they do not fit; another time they may */
    void require(long bytes) throws IOException {
        if (!has(bytes)) {
            throw new IOException("there is no room on the node's disk for " + bytes + " bytes more");
        }
    }
}
