package hansa.federation.compute;

/** How a volume is. */
public enum VolumeState {
    PENDING,
    /** Ready, attached or not. */
    ONLINE,
    /** Kept, and not to be attached. */
    OFFLINE,
    /** Could not be made, or disappeared; the message says why. */
    ERROR,
    DELETING
}
