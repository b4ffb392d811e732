package hansa.federation.images;

import hansa.cloud.CloudName;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An image from which machines boot.
 *
 * @param owner empty where it belongs to nobody alone: a cloud brings it, or an operator registered it
 * @param audience who uses it beside its owner
 * @param format {@code qcow2}, {@code raw} …, as declared; never probed
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
        Audience audience,
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

    /** The virtual organisation that it is shared with and counts to. */
    public Optional<String> vo() {
        return audience.vo();
    }

    /** The answer to who wants to use it though it is in error or being deleted. */
    public Failure unusable() {
        String start = "The image '" + id + "' is not usable: ";
        for (ErrorCode code : List.of(ErrorCode.IMAGE_CHECKSUM, ErrorCode.IMAGE_SOURCE, ErrorCode.QUOTA_EXCEEDED)) {
            String prefix = code.dotted() + ": ";
            if (message.startsWith(prefix)) {
                return new Failure(
                        code, start + message.substring(prefix.length()) + " Delete it and register it again.");
            }
        }
        return new Failure(ErrorCode.ATTRIBUTE_INVALID, start + (message.isEmpty() ? "it is being deleted." : message));
    }
}
