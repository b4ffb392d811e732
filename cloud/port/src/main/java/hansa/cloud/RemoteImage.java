package hansa.cloud;

import java.util.Optional;

/**
 * An image at a cloud.
 *
 * @param token empty for one that Hansa did not bring
 * @param format {@code qcow2}, {@code raw} …, as declared; never probed
 * @param sizeBytes of the file
 * @param state of the image; only {@link ImageState#READY} ones can be booted
 */
public record RemoteImage(
        RemoteId id, Optional<Token> token, String name, String format, long sizeBytes, ImageState state) {

    public enum ImageState {
        SAVING,
        READY,
        FAILED
    }
}
