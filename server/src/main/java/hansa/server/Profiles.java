package hansa.server;

import hansa.federation.placement.Position;
import hansa.federation.sites.CloudProfile;
import hansa.federation.sites.Prices;
import hansa.federation.sites.SiteName;
import hansa.kernel.config.CloudPlace;
import hansa.kernel.config.Configuration;
import hansa.kernel.config.ConfigurationException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** What operators say of clouds, in the words of the domain. */
final class Profiles {

    private Profiles() {}

    /** @throws ConfigurationException where two clouds of one site are said to be in different places */
    static void check(Configuration wanted) throws ConfigurationException {
        Map<String, Configuration.CloudEntry> first = new LinkedHashMap<>();
        for (Configuration.CloudEntry entry : wanted.clouds()) {
            Configuration.CloudEntry other =
                    first.putIfAbsent(entry.place().site().orElse(wanted.site().name()), entry);
            if (other == null) {
                continue;
            }
            boolean apart = differ(other.place().country(), entry.place().country())
                    || differ(other.place().position(), entry.place().position());
            if (apart) {
                throw new ConfigurationException("\"clouds." + other.name() + "\" and \"clouds." + entry.name()
                        + "\" are at one site, but in different countries or positions; give one of them another"
                        + " \"site\"");
            }
        }
    }

    private static boolean differ(Optional<String> one, Optional<String> other) {
        return one.isPresent() && other.isPresent() && !one.equals(other);
    }

    static CloudProfile of(CloudPlace place) {
        Map<String, Long> prices = new HashMap<>();
        place.prices().forEach((flavour, price) -> prices.put(flavour, Prices.millionths(price)));
        Map<String, String> labels = new HashMap<>();
        place.labels().forEach((name, value) -> labels.put(name.toUpperCase(Locale.ROOT), value));
        return new CloudProfile(
                place.site().map(SiteName::new),
                place.country(),
                place.position().map(Profiles::position),
                place.priority(),
                place.publicCloud(),
                place.draining(),
                labels,
                Set.copyOf(place.features()),
                prices,
                place.caps(),
                place.wattsPerCore()
                        .map(watts -> OptionalDouble.of(watts.doubleValue()))
                        .orElse(OptionalDouble.empty()));
    }

    /** @param text latitude/longitude */
    static Position position(String text) {
        List<Double> degrees =
                List.of(text.split("/")).stream().map(Double::valueOf).toList();
        return new Position(degrees.get(0), degrees.get(1));
    }
}
