package hansa.cloud;

/** What a machine at a cloud is doing. States that a driver does not know are {@link #BUSY}. */
public enum RemoteState {
    /** Being made; it may still fail. */
    BUILDING,
    RUNNING,
    /** Shut down; its disks are kept. */
    STOPPED,
    /** Frozen in memory. */
    PAUSED,
    /** Frozen on disk. */
    SAVED,
    /** On its way between two states. */
    BUSY,
    /** The cloud gave it up, or it died by itself; the message says why. */
    FAILED
}
