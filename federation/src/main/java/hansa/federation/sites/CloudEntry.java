package hansa.federation.sites;

import hansa.cloud.CloudName;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A cloud and how it is doing.
 *
 * @param driver the driver that speaks to it
 * @param message why it is down, in its own words; empty when it is well
 * @param observed when it last answered; empty when it never has
 * @param facets names of the optional abilities that it has, for example {@code volumes}
 * @param strangers machines, volumes and networks at the cloud that carry a token of Hansa's which this store does not know
 */
public record CloudEntry(
        CloudName name,
        String driver,
        Health health,
        String message,
        Optional<Instant> observed,
        Set<String> facets,
        int strangers) {

    public enum Health {
        UP,
        DOWN,
        UNKNOWN
    }

    public CloudEntry {
        facets = Set.copyOf(facets);
    }
}
