package hansa.federation.sites;

import hansa.cloud.CloudName;
import hansa.cloud.Size;
import java.util.Set;

/**
 * A size with a name.
 *
 * @param clouds where it can be had
 */
public record Flavour(FlavourId id, String title, Size size, Set<CloudName> clouds) {

    public Flavour {
        clouds = Set.copyOf(clouds);
    }
}
