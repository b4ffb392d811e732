package hansa.protocols.occi;

/** When a client may give an attribute its value. The renderings know only two of the three: mutable or immutable. */
public enum Mutability {
    /** At creation and by every update. */
    ALWAYS,
    /** At creation only: immutable to updates. */
    AT_CREATION,
    /** Never: the provider sets it. */
    NEVER
}
