package hansa.federation.images;

import hansa.cloud.CloudName;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An image from which machines boot.
 *
 * @param owner empty = shared by everybody: a cloud brings it, or an operator registered it
 * @param format {@code qcow2} or {@code raw}, as declared; never probed
 * @param sizeBytes of the file; 0 while unknown
 * @param sha512 of the file in lower-case hexadecimal
 * @param message one line about the state; empty when all is well
 * @param clouds where it can be booted without being uploaded first
 * @param anywhere whether it can be brought to any cloud that takes images
 * @param generation rises with every change of this record
 */
public record Image(
        ImageId id,
        Optional<String> owner,
        String title,
        String format,
        long sizeBytes,
        Optional<String> sha512,
        Optional<URI> source,
        ImageState state,
        String message,
        Set<CloudName> clouds,
        boolean anywhere,
        Instant created,
        Instant changed,
        long generation) {

    public Image {
        clouds = Set.copyOf(clouds);
    }
}
