package hansa.federation.accounts;

/** How far a cloud knows the members of a virtual organisation. */
public enum PushState {
    /** It is not told. */
    OFF,
    /** It will be told. */
    WAITING,
    /** It knows all. */
    DONE,
    /** It could not be told; tried again and again. */
    FAILING
}
