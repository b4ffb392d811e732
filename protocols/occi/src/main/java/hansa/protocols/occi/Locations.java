package hansa.protocols.occi;

/** The forms of paths and how they become what stands in a rendering. */
public final class Locations {
    private Locations() {}

    static void requireCollection(String path) {
        boolean fits = path.length() > 1 && path.startsWith("/") && path.endsWith("/") && isVisible(path);
        if (!fits) {
            throw new IllegalArgumentException(
                    "The location \"" + Printable.of(path) + "\" must be a path that begins and ends with '/'");
        }
    }

    static boolean isVisible(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '"' || c == '<' || c == '>' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    /**
     * Puts a prefix before a path; anything that is not an absolute path is returned as it is.
     *
     * @param prefix empty, a mount point such as {@code /occi}, or a base URL without a slash at its end
     */
    public static String under(String prefix, String location) {
        return location.startsWith("/") ? prefix + location : location;
    }
}
