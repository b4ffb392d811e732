package hansa.federation.sites;

import hansa.cloud.CloudName;
import java.util.Set;

/**
 * What decides whether something can be had at a cloud.
 *
 * @param freeForm whether any size can be ordered
 * @param described whether the cloud has ever told what it offers
 * @param facets see {@link CloudEntry#facets}
 */
public record CloudTerms(CloudName name, boolean freeForm, boolean described, Set<String> facets) {

    public CloudTerms {
        facets = Set.copyOf(facets);
    }
}
