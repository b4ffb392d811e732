package hansa.federation.placement;

import java.util.ArrayList;
import java.util.Collection;
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

    static final Comparator<FlavourOffer> SMALLEST_FIRST = Comparator.comparingLong(FlavourOffer::cores)
            .thenComparingLong(FlavourOffer::memoryMib)
            .thenComparingLong(FlavourOffer::diskGib)
            .thenComparingLong(flavour -> flavour.price().orElse(Long.MAX_VALUE))
            .thenComparing(FlavourOffer::name);

    private final List<Place> places;
    private final Map<String, Integer> numbers;
    private final Map<String, SiteOffer> sites;
    private final Left[] left;
    private final Layout layout;
    private final Known known;

    /** @throws IllegalArgumentException when two clouds or two sites have one name */
    public Inventory(Snapshot snapshot) {
        this.places = new ArrayList<>();
        this.numbers = new HashMap<>();
        this.sites = new HashMap<>();
        this.known = new Known(Map.of(), snapshot.groups(), Room.UNLIMITED);
        snapshot.sites().forEach(this::add);
        places.sort(Comparator.comparing(place -> place.cloud().name()));
        for (Place place : places) {
            if (numbers.put(place.cloud().name(), numbers.size()) != null) {
                throw new IllegalArgumentException(
                        "two clouds are named '" + place.cloud().name() + "'");
            }
        }
        left = places.stream()
                .map(place -> Left.of(place.cloud(), place.flavours()))
                .toArray(Left[]::new);
        layout = layout(places);
    }

    private Inventory(
            List<Place> places,
            Map<String, Integer> numbers,
            Map<String, SiteOffer> sites,
            Left[] left,
            Layout layout,
            Known known) {
        this.places = places;
        this.numbers = numbers;
        this.sites = sites;
        this.left = left;
        this.layout = layout;
        this.known = known;
    }

    /**
     * A cloud with its site.
     *
     * @param flavours the smallest first
     */
    record Place(int site, SiteOffer at, CloudOffer cloud, List<FlavourOffer> flavours) {

        /** @param number {@link Judge#FREE_FORM} for one of the size that is needed */
        FlavourOffer flavour(int number, MachineRequest.Needs needs) {
            return number == Judge.FREE_FORM ? needs.free() : flavours.get(number);
        }
    }

    /**
     * What only those who ask need to know, and what is theirs alone.
     *
     * @param images the clouds that have an image, with their names of it, beside what their offers say
     * @param groups the clouds that hold members of a group
     * @param quota what the caller may still use, wherever it is
     */
    public record Known(Map<String, Map<String, String>> images, Map<String, Set<String>> groups, Room quota) {

        public Known {
            images = Map.copyOf(images);
            groups = Map.copyOf(groups);
        }
    }

    private void add(SiteOffer site) {
        int number = sites.size();
        if (sites.put(site.name(), site) != null) {
            throw new IllegalArgumentException("two sites are named '" + site.name() + "'");
        }
        for (CloudOffer cloud : site.clouds()) {
            places.add(new Place(number, site, cloud, sorted(cloud)));
        }
    }

    private static List<FlavourOffer> sorted(CloudOffer cloud) {
        Set<String> names = new HashSet<>();
        for (FlavourOffer flavour : cloud.flavours()) {
            if (!names.add(flavour.name())) {
                throw new IllegalArgumentException(
                        "the cloud '" + cloud.name() + "' has two flavours '" + flavour.name() + "'");
            }
        }
        return cloud.flavours().stream().sorted(SMALLEST_FIRST).toList();
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

    /**
     * The same with what changed at some clouds since; costs what changed, not what there is.
     *
     * @param changed clouds that there are, with the labels that they had
     */
    public Inventory with(Collection<CloudOffer> changed) {
        List<Place> fresh = new ArrayList<>(places);
        Left[] room = left.clone();
        for (CloudOffer cloud : changed) {
            int number = number(cloud.name())
                    .orElseThrow(() -> new IllegalArgumentException("there is no cloud '" + cloud.name() + "'"));
            Place before = places.get(number);
            if (!before.cloud().labels().equals(cloud.labels())) {
                throw new IllegalArgumentException("the cloud '" + cloud.name() + "' has other labels than before");
            }
            Place after = new Place(before.site(), before.at(), cloud, sorted(cloud));
            fresh.set(number, after);
            room[number] = Left.of(cloud, after.flavours());
        }
        return new Inventory(fresh, numbers, sites, room, layout, known);
    }

    /** The same for somebody who asks. */
    public Inventory asked(Known by) {
        return new Inventory(places, numbers, sites, left, layout, by);
    }

    /** All of it that a decision about the request looks at: the same request has the same decision by it. */
    public Snapshot relevantTo(MachineRequest request) {
        Set<String> groups = new TreeSet<>(request.groups());
        request.affinities().forEach(affinity -> groups.add(affinity.group()));
        Map<String, Set<String>> members = new HashMap<>();
        groups.forEach(group ->
                Optional.ofNullable(known.groups().get(group)).ifPresent(clouds -> members.put(group, clouds)));
        Map<Integer, SiteOffer> offers = new LinkedHashMap<>();
        for (Place place : places) {
            CloudOffer reduced = relevant(place, request.needs());
            offers.merge(
                    place.site(),
                    new SiteOffer(
                            place.at().name(), place.at().country(), place.at().position(), List.of(reduced)),
                    Inventory::joined);
        }
        List<SiteOffer> all = new ArrayList<>(offers.values());
        sites.values().stream()
                .filter(site -> site.clouds().isEmpty())
                .filter(site -> request.wishes().dataSites().contains(site.name()))
                .forEach(all::add);
        return new Snapshot(all, members);
    }

    private static SiteOffer joined(SiteOffer one, SiteOffer other) {
        List<CloudOffer> clouds = new ArrayList<>(one.clouds());
        clouds.addAll(other.clouds());
        return new SiteOffer(one.name(), one.country(), one.position(), clouds);
    }

    private CloudOffer relevant(Place place, MachineRequest.Needs needs) {
        CloudOffer cloud = place.cloud();
        return new CloudOffer(
                cloud.name(),
                cloud.state(),
                cloud.priority(),
                cloud.publicCloud(),
                cloud.free(),
                cloud.quota().and(known.quota()),
                cloud.totalCores(),
                cloud.running(),
                cloud.freeForm(),
                cloud.order(),
                cloud.reliability(),
                cloud.wattsPerCore(),
                cloud.features(),
                image(place, needs.image())
                        .map(name -> Map.of(needs.image(), name))
                        .orElse(Map.of()),
                cloud.labels(),
                place.flavours().stream().filter(needs::suits).toList());
    }

    /** The cloud's own name of an image; empty where it does not have it. */
    Optional<String> image(Place place, String image) {
        return Optional.ofNullable(place.cloud().images().get(image))
                .or(() -> Optional.ofNullable(known.images().get(image))
                        .map(clouds -> clouds.get(place.cloud().name())));
    }

    /** What requirements and ranks can ask for. */
    public Layout layout() {
        return layout;
    }

    Map<String, Set<String>> groups() {
        return known.groups();
    }

    /** What each cloud has at first, in a new array. */
    Left[] left() {
        Left[] all = left.clone();
        if (!known.quota().equals(Room.UNLIMITED)) {
            for (int i = 0; i < all.length; i++) {
                all[i] = all[i].within(known.quota());
            }
        }
        return all;
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
