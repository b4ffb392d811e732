package hansa.federation.compute;

/**
 * What came of a request to have a resource under a given id.
 *
 * @param created whether it is new; otherwise it was changed
 */
public record Placed<R>(R resource, boolean created) {}
