package hansa.bench;

import hansa.federation.placement.AttributeKind;
import hansa.federation.placement.Attributes;
import hansa.federation.placement.Broker;
import hansa.federation.placement.CloudOffer;
import hansa.federation.placement.CloudState;
import hansa.federation.placement.FlavourOffer;
import hansa.federation.placement.Inventory;
import hansa.federation.placement.Layout;
import hansa.federation.placement.MachineRequest;
import hansa.federation.placement.MachineRequest.Bounds;
import hansa.federation.placement.MachineRequest.Needs;
import hansa.federation.placement.MachineRequest.Wishes;
import hansa.federation.placement.PlacementPolicy;
import hansa.federation.placement.Plan;
import hansa.federation.placement.Position;
import hansa.federation.placement.Rank;
import hansa.federation.placement.Requirement;
import hansa.federation.placement.Room;
import hansa.federation.placement.SiteOffer;
import hansa.federation.placement.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Decisions among 1,000 sites with 50 flavours and 500 images each. The bars are 2 ms for one and 1 s for 1,000 machines. Beside them
 * stands a naive evaluation: every flavour everywhere is a map of attributes, the expressions are read anew for each, and all are
 * sorted.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class PlacementBenchmark {

    private static final String REQUIREMENT =
            "CLOUD = \"cloud-*\" & FREE_CPU > 4 & !(COUNTRY = \"US\") & FEATURES @> \"ipv6\"";
    private static final String OF_FLAVOUR = REQUIREMENT + " & PRICE < 90 & MEMORY > 8000";
    private static final String RANK = "FREE_CPU * 2 - RUNNING_VMS / 3";

    private final Snapshot snapshot = snapshot();
    private final Inventory inventory = new Inventory(snapshot);
    private final Broker broker = new Broker(20);
    private final Layout naiveLayout = naiveLayout();
    private final List<MachineRequest> one = List.of(request("one", 1, REQUIREMENT, PlacementPolicy.CHEAPEST));
    private final List<MachineRequest> oneByFlavour = List.of(request("one", 1, OF_FLAVOUR, PlacementPolicy.CHEAPEST));
    private final List<MachineRequest> set = List.of(request("set", 1000, REQUIREMENT, PlacementPolicy.STRIPING));
    private final List<MachineRequest> batch = batch();

    private static Snapshot snapshot() {
        Random random = new Random(42);
        List<SiteOffer> sites = new ArrayList<>();
        for (int site = 0; site < 1000; site++) {
            String name = "cloud-" + site;
            Map<String, String> images = new HashMap<>();
            for (int image = 0; image < 500; image++) {
                images.put("image-" + image, name + "/" + image);
            }
            List<FlavourOffer> flavours = new ArrayList<>();
            for (int flavour = 1; flavour <= 50; flavour++) {
                OptionalLong price = OptionalLong.of((long) flavour * (900_000 + random.nextInt(200_000)));
                flavours.add(new FlavourOffer("f" + flavour, flavour, flavour * 2048L, 20, price, OptionalInt.empty()));
            }
            CloudOffer cloud = new CloudOffer(
                    name,
                    CloudState.UP,
                    site % 10 == 0 ? -1 : 0,
                    site % 10 == 0,
                    new Room(random.nextInt(200), 1_000_000, 100_000, 1000),
                    Room.UNLIMITED,
                    200,
                    random.nextInt(100),
                    false,
                    0,
                    OptionalDouble.of(random.nextDouble()),
                    OptionalDouble.of(random.nextInt(20)),
                    Set.of("ipv6", "gpu"),
                    images,
                    Map.of("HYPERVISOR", "kvm"),
                    flavours);
            sites.add(new SiteOffer(
                    "site-" + site,
                    Optional.of(site % 7 == 0 ? "US" : "SE"),
                    Optional.of(new Position(random.nextInt(180) - 90.0, random.nextInt(360) - 180.0)),
                    List.of(cloud)));
        }
        return new Snapshot(sites, Map.of());
    }

    private static MachineRequest request(String name, int count, String requirement, PlacementPolicy policy) {
        return new MachineRequest(
                name,
                count,
                new Needs("image-250", Optional.empty(), 2, 4096, 10),
                new Wishes(requirement, RANK, policy, Set.of()),
                Bounds.NONE,
                List.of(),
                Set.of());
    }

    private static List<MachineRequest> batch() {
        List<MachineRequest> requests = new ArrayList<>();
        PlacementPolicy[] policies = PlacementPolicy.values();
        for (int i = 0; i < 1000; i++) {
            requests.add(request("machine-" + i, 1, REQUIREMENT, policies[i % policies.length]));
        }
        return requests;
    }

    @Benchmark
    public Inventory prepare() {
        return new Inventory(snapshot);
    }

    @Benchmark
    public Plan decideOne() {
        return broker.plan(inventory, one);
    }

    @Benchmark
    public Plan decideOneByItsFlavour() {
        return broker.plan(inventory, oneByFlavour);
    }

    @Benchmark
    public Plan decideSetOf1000() {
        return broker.plan(inventory, set);
    }

    @Benchmark
    public Plan decideBatchOf1000() {
        return broker.plan(inventory, batch);
    }

    private record Naive(Map<String, Object> values, double rank) {}

    private record Looked(Layout layout, Map<String, Object> values) implements Attributes {
        private Optional<Object> value(int place) {
            return Optional.ofNullable(values.get(layout.names().get(place)));
        }

        @Override
        public double number(int place) {
            return value(place)
                    .filter(Number.class::isInstance)
                    .map(value -> ((Number) value).doubleValue())
                    .orElse(Double.NaN);
        }

        @Override
        public Optional<String> text(int place) {
            return value(place).map(String::valueOf);
        }

        @Override
        public Set<String> list(int place) {
            return value(place).map(value -> Set.of(String.valueOf(value))).orElse(Set.of());
        }
    }

    private static Layout naiveLayout() {
        LinkedHashMap<String, AttributeKind> kinds = new LinkedHashMap<>();
        kinds.put("CLOUD", AttributeKind.TEXT);
        kinds.put("COUNTRY", AttributeKind.TEXT);
        kinds.put("FREE_CPU", AttributeKind.NUMBER);
        kinds.put("RUNNING_VMS", AttributeKind.NUMBER);
        kinds.put("MEMORY", AttributeKind.NUMBER);
        kinds.put("PRICE", AttributeKind.NUMBER);
        kinds.put("FEATURES", AttributeKind.LIST);
        return new Layout(kinds);
    }

    /** One machine as {@link #decideOneByItsFlavour}. */
    @Benchmark
    public Optional<Map<String, Object>> decideOneNaively() {
        List<Naive> fits = new ArrayList<>();
        for (SiteOffer site : snapshot.sites()) {
            for (CloudOffer cloud : site.clouds()) {
                for (FlavourOffer flavour : cloud.flavours()) {
                    Map<String, Object> values = new HashMap<>();
                    values.put("CLOUD", cloud.name());
                    values.put("COUNTRY", site.country().orElse(""));
                    values.put("FREE_CPU", cloud.free().cores());
                    values.put("RUNNING_VMS", cloud.running());
                    values.put("MEMORY", flavour.memoryMib());
                    values.put("PRICE", flavour.price().orElse(0) / 1e6);
                    values.put("FEATURES", "ipv6");
                    Looked looked = new Looked(naiveLayout, values);
                    if (cloud.images().containsKey("image-250")
                            && flavour.cores() >= 2
                            && flavour.cores() <= cloud.free().cores()
                            && Requirement.compile(OF_FLAVOUR, naiveLayout).holds(looked)) {
                        fits.add(new Naive(
                                values, Rank.compile(RANK, naiveLayout).of(looked)));
                    }
                }
            }
        }
        return fits.stream()
                .sorted(Comparator.comparingDouble(Naive::rank).reversed())
                .map(Naive::values)
                .findFirst();
    }
}
