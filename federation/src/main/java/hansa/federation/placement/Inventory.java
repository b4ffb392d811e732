package hansa.federation.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A snapshot made ready for many decisions: sorted, numbered and with the layout of its attributes. Immutable. */
public final class Inventory {

    private static final Comparator<FlavourOffer> SMALLEST_FIRST = Comparator.comparingLong(FlavourOffer::cores)
            .thenComparingLong(FlavourOffer::memoryMib)
            .thenComparingLong(FlavourOffer::diskGib)
            .thenComparingLong(flavour -> flavour.price().orElse(Long.MAX_VALUE))
            .thenComparing(FlavourOffer::name);

    private final Snapshot snapshot;
    private final List<Place> places = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, SiteOffer> sites = new HashMap<>();
    private final List<Left> left = new ArrayList<>();
    private final Layout layout;

    /** @throws IllegalArgumentException when two clouds or two sites have one name */
    public Inventory(Snapshot snapshot) {
        this.snapshot = snapshot;
        snapshot.sites().forEach(this::add);
        places.sort(Comparator.comparing(place -> place.cloud().name()));
        for (Place place : places) {
            if (numbers.put(place.cloud().name(), numbers.size()) != null) {
                throw new IllegalArgumentException(
                        "two clouds are named '" + place.cloud().name() + "'");
            }
        }
        places.forEach(place -> left.add(Left.of(place.cloud(), place.flavours())));
        layout = layout(places);
    }

    /**
     * A cloud with its site.
     *
     * @param flavours the smallest first
     */
    record Place(int site, SiteOffer at, CloudOffer cloud, List<FlavourOffer> flavours) {}

    private void add(SiteOffer site) {
        int number = sites.size();
        if (sites.put(site.name(), site) != null) {
            throw new IllegalArgumentException("two sites are named '" + site.name() + "'");
        }
        for (CloudOffer cloud : site.clouds()) {
            Set<String> names = new HashSet<>();
            for (FlavourOffer flavour : cloud.flavours()) {
                if (!names.add(flavour.name())) {
                    throw new IllegalArgumentException(
                            "the cloud '" + cloud.name() + "' has two flavours '" + flavour.name() + "'");
                }
            }
            places.add(new Place(
                    number,
                    site,
                    cloud,
                    cloud.flavours().stream().sorted(SMALLEST_FIRST).toList()));
        }
    }

    private static Layout layout(List<Place> places) {
        LinkedHashMap<String, AttributeKind> attributes = new LinkedHashMap<>();
        for (StandardAttribute attribute : StandardAttribute.values()) {
            attributes.put(attribute.name(), attribute.kind());
        }
        TreeSet<String> labels = new TreeSet<>();
        places.forEach(place -> labels.addAll(place.cloud().labels().keySet()));
        labels.forEach(label -> attributes.putIfAbsent(label, AttributeKind.TEXT));
        return new Layout(attributes);
    }

    /** What requirements and ranks can ask for. */
    public Layout layout() {
        return layout;
    }

    Snapshot snapshot() {
        return snapshot;
    }

    /** What each cloud has at first, in a new array. */
    Left[] left() {
        return left.toArray(Left[]::new);
    }

    int size() {
        return places.size();
    }

    /** Numbered in the order of the names of the clouds. */
    Place place(int number) {
        return places.get(number);
    }

    Optional<Integer> number(String cloud) {
        return Optional.ofNullable(numbers.get(cloud));
    }

    Optional<SiteOffer> site(String name) {
        return Optional.ofNullable(sites.get(name));
    }
}
