package hansa.federation.placement;

import hansa.federation.placement.Inventory.Place;
import java.util.Optional;
import java.util.Set;

/**
 * The attributes of a candidate at this moment of the planning.
 *
 * @param flavour empty = of the cloud alone
 */
record Sight(Layout layout, Ledger ledger, int cloud, Place place, Optional<FlavourOffer> flavour)
        implements Attributes {

    private static final StandardAttribute[] STANDARD = StandardAttribute.values();
    private static final double MILLION = 1_000_000;

    @Override
    public double number(int at) {
        if (at >= STANDARD.length) {
            return label(at).map(Sight::read).orElse(Double.NaN);
        }
        CloudOffer offer = place.cloud();
        return switch (STANDARD[at]) {
            case PRIORITY -> offer.priority();
            case FREE_CPU -> ledger.freeCores(cloud);
            case TOTAL_CPU -> offer.totalCores() == 0 ? Double.NaN : offer.totalCores();
            case FREE_MEMORY -> ledger.freeMemoryMib(cloud);
            case FREE_DISK -> ledger.freeDiskGib(cloud);
            case RUNNING_VMS -> ledger.running(cloud);
            case RELIABILITY -> offer.reliability().orElse(Double.NaN);
            case POWER -> offer.wattsPerCore().orElse(Double.NaN);
            case CORES -> flavour.isPresent() ? flavour.get().cores() : Double.NaN;
            case MEMORY -> flavour.isPresent() ? flavour.get().memoryMib() : Double.NaN;
            case PRICE ->
                flavour.isPresent() && flavour.get().price().isPresent()
                        ? flavour.get().price().getAsLong() / MILLION
                        : Double.NaN;
            case CLOUD, NAME, SITE, COUNTRY, PUBLIC_CLOUD, FEATURES, FLAVOUR ->
                text(at).map(Sight::read).orElse(Double.NaN);
        };
    }

    /** A text counts as a number only where all of it is a plain one. */
    private static double read(String text) {
        if (text.isEmpty() || text.length() > 32 || "-0123456789.".indexOf(text.charAt(0)) < 0) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    @Override
    public Optional<String> text(int at) {
        if (at >= STANDARD.length) {
            return label(at);
        }
        return switch (STANDARD[at]) {
            case CLOUD, NAME -> Optional.of(place.cloud().name());
            case SITE -> Optional.of(place.at().name());
            case COUNTRY -> place.at().country();
            case PUBLIC_CLOUD -> Optional.of(place.cloud().publicCloud() ? "YES" : "NO");
            case FLAVOUR -> flavour.map(FlavourOffer::name);
            case PRIORITY,
                    FREE_CPU,
                    TOTAL_CPU,
                    FREE_MEMORY,
                    FREE_DISK,
                    RUNNING_VMS,
                    RELIABILITY,
                    POWER,
                    FEATURES,
                    CORES,
                    MEMORY,
                    PRICE -> Optional.empty();
        };
    }

    @Override
    public Set<String> list(int at) {
        return at < STANDARD.length && STANDARD[at] == StandardAttribute.FEATURES
                ? place.cloud().features()
                : Set.of();
    }

    private Optional<String> label(int at) {
        return Optional.ofNullable(place.cloud().labels().get(layout.name(at)));
    }
}
