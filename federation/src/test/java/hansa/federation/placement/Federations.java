package hansa.federation.placement;

import hansa.federation.placement.MachineRequest.Bounds;
import hansa.federation.placement.MachineRequest.Needs;
import hansa.federation.placement.MachineRequest.Wishes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** Words for the federations of the tests. Clouds are ordinary until a test says otherwise. */
final class Federations {

    static final FlavourOffer SMALL = new FlavourOffer("small", 1, 1024, 10, OptionalLong.of(10), OptionalInt.empty());
    static final FlavourOffer LARGE = new FlavourOffer("large", 4, 8192, 40, OptionalLong.of(40), OptionalInt.empty());
    static final Wishes NOTHING = new Wishes("", "", PlacementPolicy.PACKING, Set.of());

    private Federations() {}

    static FlavourOffer priced(long price) {
        return new FlavourOffer("small", 1, 1024, 10, OptionalLong.of(price), OptionalInt.empty());
    }

    static FlavourOffer capped(FlavourOffer flavour, int cap) {
        return new FlavourOffer(
                flavour.name(),
                flavour.cores(),
                flavour.memoryMib(),
                flavour.diskGib(),
                flavour.price(),
                OptionalInt.of(cap));
    }

    static Room cores(long cores) {
        return new Room(cores, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    static CloudOffer cloud(String name, CloudState state, Room free, Room quota, FlavourOffer... flavours) {
        return cloud(name, state, 0, free, quota, 0, flavours);
    }

    static CloudOffer cloud(
            String name,
            CloudState state,
            int priority,
            Room free,
            Room quota,
            long running,
            FlavourOffer... flavours) {
        return new CloudOffer(
                name,
                state,
                priority,
                priority < 0,
                free,
                quota,
                16,
                running,
                false,
                0,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Set.of("ipv6"),
                Map.of("debian", name + "-debian"),
                Map.of(),
                List.of(flavours));
    }

    static CloudOffer cloud(String name, long free, FlavourOffer... flavours) {
        return cloud(name, CloudState.UP, cores(free), Room.UNLIMITED, flavours);
    }

    static CloudOffer keepingHosts(CloudOffer from) {
        return new CloudOffer(
                from.name(),
                from.state(),
                from.priority(),
                from.publicCloud(),
                from.free(),
                from.quota(),
                from.totalCores(),
                from.running(),
                from.freeForm(),
                from.order(),
                from.reliability(),
                from.wattsPerCore(),
                Set.of(CloudOffer.HOST_AFFINITY),
                from.images(),
                from.labels(),
                from.flavours());
    }

    static CloudOffer told(
            CloudOffer from, OptionalDouble reliability, OptionalDouble watts, Map<String, String> labels) {
        return new CloudOffer(
                from.name(),
                from.state(),
                from.priority(),
                from.publicCloud(),
                from.free(),
                from.quota(),
                from.totalCores(),
                from.running(),
                from.freeForm(),
                from.order(),
                reliability,
                watts,
                from.features(),
                from.images(),
                labels,
                from.flavours());
    }

    static SiteOffer site(String name, String country, CloudOffer... clouds) {
        return new SiteOffer(name, Optional.of(country), Optional.empty(), List.of(clouds));
    }

    static Inventory inventory(SiteOffer... sites) {
        return new Inventory(new Snapshot(List.of(sites), Map.of()));
    }

    static Inventory inventory(CloudOffer... clouds) {
        return inventory(Stream.of(clouds)
                .map(cloud -> site("site-" + cloud.name(), "SE", cloud))
                .toArray(SiteOffer[]::new));
    }

    static Needs small() {
        return new Needs("debian", Optional.empty(), 1, 1024, 0);
    }

    static MachineRequest request(int count, Wishes wishes, Bounds bounds, Affinity... affinities) {
        return new MachineRequest("web", count, small(), wishes, bounds, List.of(affinities), Set.of("web"));
    }

    static MachineRequest request(int count) {
        return request(count, NOTHING, Bounds.NONE);
    }

    static MachineRequest requiring(String requirements) {
        return request(1, new Wishes(requirements, "", PlacementPolicy.PACKING, Set.of()), Bounds.NONE);
    }

    static MachineRequest ranking(String rank, PlacementPolicy policy) {
        return request(1, new Wishes("", rank, policy, Set.of()), Bounds.NONE);
    }

    static Bounds budget(long budget) {
        return new Bounds(Optional.empty(), Optional.empty(), Set.of(), OptionalLong.of(budget), Optional.empty());
    }

    static Bounds spread(Scope scope, int atMost) {
        return new Bounds(
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                OptionalLong.empty(),
                Optional.of(new Spread(scope, atMost)));
    }

    static Decision decide(Inventory inventory, MachineRequest request) {
        return new Broker(10).plan(inventory, List.of(request)).decisions().getFirst();
    }

    static List<String> clouds(Decision decision) {
        return decision.seats().stream().map(Seat::cloud).toList();
    }
}
