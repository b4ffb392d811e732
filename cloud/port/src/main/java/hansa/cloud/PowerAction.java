package hansa.cloud;

/** What can be done to a machine's power. A cloud that has no finer way takes the nearest coarser one. */
public enum PowerAction {
    /** From stopped to running. */
    START,
    /** Asks the guest by ACPI to shut down, and cuts the power when it does not within the driver's grace period. */
    SHUTDOWN,
    /** Cuts the power. */
    POWER_OFF,
    /** Asks the guest to restart; a guest that does not is reset. */
    REBOOT,
    /** Presses the reset button. */
    RESET,
    /** Freezes in memory. */
    PAUSE,
    /** Freezes to disk. */
    SAVE,
    /** From paused or saved to running. */
    RESUME
}
