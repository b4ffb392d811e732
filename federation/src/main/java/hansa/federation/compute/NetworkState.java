package hansa.federation.compute;

/** How a network is. */
public enum NetworkState {
    PENDING,
    ACTIVE,
    /** Carries no traffic. */
    INACTIVE,
    /** Could not be made, or disappeared; the message says why. */
    ERROR,
    DELETING
}
