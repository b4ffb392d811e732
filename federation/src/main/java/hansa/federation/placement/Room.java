package hansa.federation.placement;

/**
 * How much more fits.
 *
 * @param cores 0 or more, as the others
 */
public record Room(long cores, long memoryMib, long diskGib, long machines) {

    /** Where nothing is known or nothing limits. */
    public static final Room UNLIMITED = new Room(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);

    public Room {
        if (cores < 0 || memoryMib < 0 || diskGib < 0 || machines < 0) {
            throw new IllegalArgumentException("room cannot be negative");
        }
    }
}
