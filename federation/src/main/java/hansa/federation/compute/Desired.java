package hansa.federation.compute;

/** What the owner wants of a machine. */
public enum Desired {
    RUNNING,
    STOPPED,
    SUSPENDED,
    DELETED
}
