package hansa.protocols.occi;

/**
 * How much a reader takes before it refuses.
 *
 * @param length characters of a body, or of all header values together
 * @param entries categories, links, attributes and locations together, and the parameters within them
 * @param nameLength characters of the name of an attribute or parameter
 * @param valueLength characters of a value
 * @param nesting levels of arrays and objects in JSON
 */
public record Limits(int length, int entries, int nameLength, int valueLength, int nesting) {
    public Limits {
        if (length < 1 || entries < 1 || nameLength < 1 || valueLength < 1 || nesting < 1) {
            throw new IllegalArgumentException("Every limit must be at least 1");
        }
    }

    /** One MiB, 10,000 entries, names of 256 and values of 256 Ki characters, 16 levels. */
    public static Limits standard() {
        return new Limits(1 << 20, 10_000, 256, 1 << 18, 16);
    }
}
