package hansa.federation.listing;

/**
 * A resource and which version of it stands in the store.
 *
 * @param generation rises with every change that a reader could see; what was made of the resource under the same
 *     generation is still right
 */
public record Stamp(String id, long generation) {}
