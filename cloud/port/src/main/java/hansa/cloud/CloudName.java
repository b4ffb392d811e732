package hansa.cloud;

/**
 * The name of a configured cloud, unique in an installation: the {@code <name>} of {@code clouds.<name>.driver}.
 *
 * @param value 1 to 63 characters of {@code a-z 0-9 -}, starting with a letter
 */
public record CloudName(String value) {

    public CloudName {
        if (!isName(value)) {
            throw new IllegalArgumentException(
                    "a cloud's name has 1 to 63 characters of a-z, 0-9 and -, and starts with a letter: '" + value
                            + "'");
        }
    }

    private static boolean isName(String value) {
        return !value.isEmpty()
                && value.length() <= 63
                && value.charAt(0) >= 'a'
                && value.charAt(0) <= 'z'
                && value.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-');
    }

    @Override
    public String toString() {
        return value;
    }
}
