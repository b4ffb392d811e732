package hansa.federation.compute;

import java.util.Optional;
import java.util.Set;

/**
 * What shall be different about a volume; what is empty stays.
 *
 * @param sizeMib not smaller than it is
 */
public record VolumeChange(
        Optional<String> title,
        Optional<String> summary,
        Optional<Long> sizeMib,
        Set<String> addTags,
        Set<String> removeTags) {

    public VolumeChange {
        addTags = Set.copyOf(addTags);
        removeTags = Set.copyOf(removeTags);
    }
}
