package hansa.federation.sites;

import hansa.cloud.CloudName;
import hansa.federation.placement.CloudOffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a cloud that decides whether machines go there.
 *
 * @param told when it last told how full it is; empty = never
 * @param warnings what to know before relying on it, one line each
 */
public record CloudStanding(
        CloudName name,
        SiteName site,
        Optional<String> country,
        CloudOffer offer,
        Optional<Instant> told,
        List<String> warnings) {

    public CloudStanding {
        warnings = List.copyOf(warnings);
    }
}
