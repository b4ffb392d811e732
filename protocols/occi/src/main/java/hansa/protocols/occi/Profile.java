package hansa.protocols.occi;

/** Which reading of the specifications a model follows where 1.1 and 1.2 exclude each other. */
public enum Profile {
    /**
     * The union of 1.1 and 1.2, as the clients in the field need it: 1.1-only attributes and actions are kept, and the kind
     * {@code entity} has a location.
     */
    COMPATIBLE,
    /** 1.2 to the letter: {@code entity} is bound to no path, and what 1.2 dropped is gone. */
    STRICT
}
