package hansa.federation.placement;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The federation at one instant. Immutable.
 *
 * @param groups the clouds that hold machines of a group already, by the group's name; a cloud that no site has
 *     does not count
 */
public record Snapshot(List<SiteOffer> sites, Map<String, Set<String>> groups) {

    public Snapshot {
        sites = List.copyOf(sites);
        groups = Map.copyOf(groups);
    }
}
