package hansa.federation.caller;

/** How a caller showed who they are. */
public enum Proof {
    /** Not at all: the installation is open to everyone who reaches it. */
    OPEN,
    TOKEN,
    BASIC,
    /** Hansa itself, carrying out what somebody asked for before. */
    INTERNAL
}
