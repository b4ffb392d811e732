package hansa.federation.compute;

/** How a machine is, as far as Hansa knows. */
public enum MachineState {
    /** Wanted, and not there yet. */
    PENDING,
    ACTIVE,
    INACTIVE,
    SUSPENDED,
    /** Could not be made, died or disappeared; the message says why. */
    ERROR,
    /** Being taken down. */
    DELETING
}
