package hansa.federation.placement;

/** What is better among candidates that do, where the rank does not say. What is not known is worst. */
public enum PlacementPolicy {
    /** As they are configured: whoever has no wish gets the first that does. */
    IN_ORDER,
    /** Where most machines run, so that others get empty. */
    PACKING,
    /** Where fewest machines run. */
    STRIPING,
    /** Where the largest share of the cores is free. */
    LOAD_AWARE,
    CHEAPEST,
    NEAREST_TO_DATA,
    MOST_RELIABLE,
    /** Where a busy core draws least power. */
    LEAST_POWER
}
