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

    /** What fits into both. */
    public Room and(Room other) {
        return new Room(
                Math.min(cores, other.cores),
                Math.min(memoryMib, other.memoryMib),
                Math.min(diskGib, other.diskGib),
                Math.min(machines, other.machines));
    }

    boolean holds(FlavourOffer flavour) {
        return cores >= flavour.cores()
                && memoryMib >= flavour.memoryMib()
                && diskGib >= flavour.diskGib()
                && machines >= 1;
    }

    /** @param count 1 for a machine that comes, -1 for one that goes */
    Room less(FlavourOffer flavour, int count) {
        return new Room(
                less(cores, flavour.cores() * count),
                less(memoryMib, flavour.memoryMib() * count),
                less(diskGib, flavour.diskGib() * count),
                less(machines, count));
    }

    private static long less(long amount, long by) {
        return amount == Long.MAX_VALUE ? amount : amount - by;
    }
}
