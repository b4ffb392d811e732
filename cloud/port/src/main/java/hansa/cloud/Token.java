package hansa.cloud;

/**
 * The idempotency token of one creation. The driver leaves it at the cloud (tag, metadata or name), so that after a
 * crash at any instant the thing that was already made is found instead of made again.
 *
 * @param value 1 to 64 characters of {@code a-z 0-9 -}
 */
public record Token(String value) {

    public Token {
        boolean plain = value.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-');
        if (value.isEmpty() || value.length() > 64 || !plain) {
            throw new IllegalArgumentException("a token has 1 to 64 characters of a-z, 0-9 and -: '" + value + "'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
