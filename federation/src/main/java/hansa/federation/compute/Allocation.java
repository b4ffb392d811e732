package hansa.federation.compute;

/** How guests get their addresses (GFD.224 §3.4). */
public enum Allocation {
    DYNAMIC,
    STATIC
}
