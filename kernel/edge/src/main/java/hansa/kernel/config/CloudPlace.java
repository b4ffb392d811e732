package hansa.kernel.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an operator says of a cloud.
 *
 * @param site empty = this site
 * @param position latitude/longitude in degrees
 * @param prices of one machine for an hour, by flavour, in the site's currency
 * @param caps most machines at a time, by flavour
 */
public record CloudPlace(
        Optional<String> site,
        Optional<String> country,
        Optional<String> position,
        int priority,
        boolean publicCloud,
        boolean draining,
        Map<String, String> labels,
        List<String> features,
        Map<String, BigDecimal> prices,
        Map<String, Integer> caps,
        Optional<BigDecimal> wattsPerCore) {

    public CloudPlace {
        labels = Map.copyOf(labels);
        features = List.copyOf(features);
        prices = Map.copyOf(prices);
        caps = Map.copyOf(caps);
    }
}
