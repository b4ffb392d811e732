package hansa.federation.placement;

/** Whether a cloud takes new machines. */
public enum CloudState {
    UP,
    /** Keeps what it has and takes nothing new. */
    DRAINING,
    DOWN
}
