package hansa.federation.sites;

import hansa.federation.placement.Position;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What an operator says of a cloud.
 *
 * @param site where it is; empty = this site
 * @param country whose law holds there, two letters of ISO 3166; empty = that of this site for clouds there
 * @param position as {@code country}
 * @param priority clouds of a higher one are filled first
 * @param publicCloud somebody's who sells to all
 * @param draining keeps what it has and takes nothing new
 * @param labels by name in capitals
 * @param prices of one machine for an hour by flavour, in millionths of the site's currency; before what the cloud tells
 * @param caps most machines of a flavour at a time
 */
public record CloudProfile(
        Optional<SiteName> site,
        Optional<String> country,
        Optional<Position> position,
        int priority,
        boolean publicCloud,
        boolean draining,
        Map<String, String> labels,
        Set<String> features,
        Map<String, Long> prices,
        Map<String, Integer> caps,
        OptionalDouble wattsPerCore) {

    /** Of a cloud of this site of which nothing is said. */
    public static final CloudProfile UNSAID = new CloudProfile(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            0,
            false,
            false,
            Map.of(),
            Set.of(),
            Map.of(),
            Map.of(),
            OptionalDouble.empty());

    public CloudProfile {
        labels = Map.copyOf(labels);
        features = Set.copyOf(features);
        prices = Map.copyOf(prices);
        caps = Map.copyOf(caps);
    }

    /** The same with another priority. */
    public CloudProfile withPriority(int other) {
        return new CloudProfile(
                site, country, position, other, other < 0, draining, labels, features, prices, caps, wattsPerCore);
    }

    /** The same at another site, and in another country. */
    public CloudProfile at(SiteName where, String law) {
        return new CloudProfile(
                Optional.of(where),
                Optional.of(law),
                position,
                priority,
                publicCloud,
                draining,
                labels,
                features,
                prices,
                caps,
                wattsPerCore);
    }

    /** The same with other prices and caps. */
    public CloudProfile selling(Map<String, Long> otherPrices, Map<String, Integer> otherCaps) {
        return new CloudProfile(
                site,
                country,
                position,
                priority,
                publicCloud,
                draining,
                labels,
                features,
                otherPrices,
                otherCaps,
                wattsPerCore);
    }
}
