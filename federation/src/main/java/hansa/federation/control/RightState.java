package hansa.federation.control;

/** How far a right is (usage control, as the Contrail project had it). */
public enum RightState {
    /** Wanted: the machine does not run yet, or nothing is known of its owner yet. */
    TRIED,
    /** In use. */
    STARTED,
    /** Taken back while it was in use; notice was given. */
    REVOKED,
    /** Not used any more. */
    ENDED
}
