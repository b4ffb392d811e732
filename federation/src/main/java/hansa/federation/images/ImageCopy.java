package hansa.federation.images;

import hansa.cloud.images.DiskFormat;
import java.util.Optional;

/**
 * An image's content at this node, in one format, to be downloaded.
 *
 * @param sizeBytes of the file; 0 while it is being made
 * @param sha512 of the file in lower-case hexadecimal
 * @param message how far it is, or why it cannot be made; empty when all is well
 */
public record ImageCopy(DiskFormat format, State state, long sizeBytes, Optional<String> sha512, String message) {

    /** How far a copy is. */
    public enum State {
        /** Being fetched from a cloud or converted. */
        PENDING,
        READY,
        /** Will not become ready; the message says why. Asked for again, it is tried again. */
        ERROR
    }

    static ImageCopy ready(DiskFormat format, long sizeBytes, String sha512) {
        return new ImageCopy(format, State.READY, sizeBytes, Optional.of(sha512), "");
    }

    static ImageCopy pending(DiskFormat format, String message) {
        return new ImageCopy(format, State.PENDING, 0, Optional.empty(), message);
    }

    static ImageCopy error(DiskFormat format, String message) {
        return new ImageCopy(format, State.ERROR, 0, Optional.empty(), message);
    }
}
