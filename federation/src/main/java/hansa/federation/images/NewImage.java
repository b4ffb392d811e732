package hansa.federation.images;

import java.net.URI;
import java.util.Optional;

/**
 * An image that somebody registers.
 *
 * @param id chosen by the caller, see {@link ImageId}; a uuid is made when it is empty
 * @param title 0 to 255 characters; the id when it is empty
 * @param format see {@link NewUpload}
 * @param source {@code http} or {@code https}; {@code file} for operators
 * @param sizeBytes what the file must have
 * @param sha512 what the file must have, 128 hexadecimal digits
 */
public record NewImage(
        Optional<ImageId> id,
        String title,
        String format,
        URI source,
        Optional<Long> sizeBytes,
        Optional<String> sha512) {}
