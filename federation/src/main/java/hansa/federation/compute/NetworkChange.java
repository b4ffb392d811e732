package hansa.federation.compute;

import java.util.Optional;
import java.util.Set;

/** What shall be different about a network; what is empty stays. Its addresses and vlan cannot change. */
public record NetworkChange(
        Optional<String> title,
        Optional<String> summary,
        Optional<String> label,
        Set<String> addTags,
        Set<String> removeTags) {

    public NetworkChange {
        addTags = Set.copyOf(addTags);
        removeTags = Set.copyOf(removeTags);
    }
}
