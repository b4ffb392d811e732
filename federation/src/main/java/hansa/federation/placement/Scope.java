package hansa.federation.placement;

/** How far apart is apart. */
public enum Scope {
    CLOUD,
    SITE
}
