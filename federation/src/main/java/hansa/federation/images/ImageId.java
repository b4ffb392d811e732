package hansa.federation.images;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;

/**
 * The name of an image.
 *
 * @param value 1 to 255 characters without control characters: chosen by who registers it, the cloud's own name for
 *     one that a cloud brings, a uuid otherwise
 */
public record ImageId(String value) {

    public ImageId {
        if (value.isBlank() || value.length() > 255 || value.chars().anyMatch(Character::isISOControl)) {
            throw new Failure(ErrorCode.ATTRIBUTE_INVALID, "An image's id has 1 to 255 printable characters.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
