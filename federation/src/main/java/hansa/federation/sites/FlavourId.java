package hansa.federation.sites;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;

/**
 * The name of a flavour.
 *
 * @param value 1 to 100 characters without control characters
 */
public record FlavourId(String value) {

    public FlavourId {
        if (value.isBlank() || value.length() > 100 || value.chars().anyMatch(Character::isISOControl)) {
            throw new Failure(ErrorCode.ATTRIBUTE_INVALID, "A flavour's name has 1 to 100 printable characters.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
