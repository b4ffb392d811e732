package hansa.federation.compute;

import java.util.Optional;
import java.util.Set;

/**
 * What shall be different about a link; what is empty stays.
 *
 * @param mountpoint of an attached volume; refused for an interface
 */
public record LinkChange(Optional<String> mountpoint, Set<String> addTags, Set<String> removeTags) {

    public LinkChange {
        addTags = Set.copyOf(addTags);
        removeTags = Set.copyOf(removeTags);
    }
}
