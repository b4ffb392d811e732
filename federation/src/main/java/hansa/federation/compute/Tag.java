package hansa.federation.compute;

import java.util.Optional;

/**
 * A mark that a user made and puts on resources: a user mixin of OCCI.
 *
 * @param id scheme and term, for example {@code http://example.org/tags#blue}; unique in the installation
 * @param title 0 to 255 characters
 * @param location the path of its collection, for example {@code /tags/blue/}; unique in the installation
 * @param related the mixin that it names as related, kept as it is
 */
public record Tag(String id, String title, String location, Optional<String> related, String owner) {}
