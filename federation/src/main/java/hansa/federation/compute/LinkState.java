package hansa.federation.compute;

/** How a link between a machine and a network or volume is. */
public enum LinkState {
    /** Wanted, and not plugged in yet. */
    PENDING,
    /** Plugged into a running machine. */
    ACTIVE,
    /** Plugged in, and the machine does not run. */
    INACTIVE,
    /** Could not be plugged in, or was lost; the message says why. */
    ERROR,
    /** Being unplugged. */
    DELETING
}
