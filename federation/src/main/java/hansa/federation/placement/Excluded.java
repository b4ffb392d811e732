package hansa.federation.placement;

/** A candidate that will not do, and why. */
public record Excluded(String site, String cloud, Exclusion reason) {}
