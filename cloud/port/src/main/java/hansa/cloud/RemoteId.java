package hansa.cloud;

/**
 * What a cloud itself calls one of its things; opaque outside the driver.
 *
 * @param value 1 to 255 characters
 */
public record RemoteId(String value) {

    public RemoteId {
        if (value.isBlank() || value.length() > 255) {
            throw new IllegalArgumentException("a remote id has 1 to 255 characters: '" + value + "'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
