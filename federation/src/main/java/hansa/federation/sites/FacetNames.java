package hansa.federation.sites;

import hansa.cloud.Accounts;
import hansa.cloud.Adoption;
import hansa.cloud.Cloud;
import hansa.cloud.Console;
import hansa.cloud.Facet;
import hansa.cloud.HostAffinity;
import hansa.cloud.ImageStore;
import hansa.cloud.Networks;
import hansa.cloud.Resizing;
import hansa.cloud.Snapshots;
import hansa.cloud.UsageHistory;
import hansa.cloud.VolumeCopies;
import hansa.cloud.Volumes;
import hansa.federation.placement.CloudOffer;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the optional abilities of clouds are called. */
public final class FacetNames {

    private static final Map<Class<? extends Facet>, String> NAMES = Map.ofEntries(
            Map.entry(Volumes.class, "volumes"),
            Map.entry(VolumeCopies.class, "volume-copies"),
            Map.entry(Networks.class, "networks"),
            Map.entry(Snapshots.class, "snapshots"),
            Map.entry(ImageStore.class, "images"),
            Map.entry(Console.class, "console"),
            Map.entry(Resizing.class, "resizing"),
            Map.entry(Accounts.class, "accounts"),
            Map.entry(Adoption.class, "adoption"),
            Map.entry(UsageHistory.class, "usage-history"),
            Map.entry(HostAffinity.class, CloudOffer.HOST_AFFINITY));

    private FacetNames() {}

    public static String of(Class<? extends Facet> facet) {
        return NAMES.getOrDefault(facet, facet.getSimpleName());
    }

    static Set<String> of(Cloud cloud) {
        Set<String> names = new TreeSet<>();
        NAMES.forEach((facet, name) -> {
            if (cloud.facet(facet).isPresent()) {
                names.add(name);
            }
        });
        return names;
    }
}
