package hansa.federation.control;

/** What becomes of a machine whose right to run was revoked, after the time of grace. */
public enum OnRevoke {
    /** It is written to its disk and can go on where it was. */
    SUSPEND,
    /** Its guest is shut down. */
    STOP,
    /** Nothing; it is only said. */
    NOTICE
}
