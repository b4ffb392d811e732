package hansa.federation.sites;

/**
 * The name of a site, unique in the federation.
 *
 * @param value 1 to 63 characters of {@code A-Z a-z 0-9 . _ -}, starting with a letter or digit
 */
public record SiteName(String value) {

    public SiteName {
        if (!value.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            throw new IllegalArgumentException(
                    "a site's name has 1 to 63 letters, digits, dots, _ and -, and starts with a letter or digit: '"
                            + value + "'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
