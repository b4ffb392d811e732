package hansa.federation.placement;

/** How far apart is apart. */
public enum Scope {
    /** Which host that is the cloud chooses; two clouds have no host in common. */
    HOST,
    CLOUD,
    SITE
}
