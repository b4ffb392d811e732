package hansa.federation.placement;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.federation.placement.MachineRequest.Bounds;
import hansa.federation.placement.MachineRequest.Wishes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Against all assignments, tried one by one: what the broker places is allowed, and it places whenever anything is allowed. Larger
 * flavours cost more in these federations; where they do not, a set that must save both room and money may be missed.
 */
final class OracleTest {

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @BeforeEach
    void tell() {
        System.out.println("seed " + seed);
    }

    private OptionalInt cap() {
        return random.nextInt(3) == 0 ? OptionalInt.of(random.nextInt(3)) : OptionalInt.empty();
    }

    private CloudOffer cloud(String name) {
        int price = 1 + random.nextInt(4);
        CloudOffer plain = Federations.cloud(
                name,
                random.nextInt(6) == 0 ? CloudState.DOWN : CloudState.UP,
                -random.nextInt(2),
                Federations.cores(random.nextInt(5)),
                random.nextInt(3) == 0 ? Federations.cores(random.nextInt(4)) : Room.UNLIMITED,
                random.nextInt(3),
                new FlavourOffer("large", 2, 2048, 0, OptionalLong.of(price + random.nextInt(3)), cap()),
                new FlavourOffer("small", 1, 1024, 0, OptionalLong.of(price), cap()));
        return random.nextInt(4) == 0 ? plain : Federations.keepingHosts(plain);
    }

    private List<SiteOffer> federation() {
        List<SiteOffer> sites = new ArrayList<>();
        for (String name : List.of("x", "y")) {
            List<CloudOffer> clouds = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(2); i++) {
                clouds.add(cloud(name + i));
            }
            sites.add(Federations.site(name, random.nextBoolean() ? "SE" : "US", clouds.toArray(CloudOffer[]::new)));
        }
        return sites;
    }

    private Scope scope() {
        return random.nextBoolean() ? Scope.CLOUD : Scope.SITE;
    }

    private Scope anyScope() {
        return Scope.values()[random.nextInt(Scope.values().length)];
    }

    private MachineRequest request() {
        Optional<Spread> spread =
                random.nextInt(3) == 0 ? Optional.of(new Spread(scope(), 1 + random.nextInt(2))) : Optional.empty();
        OptionalLong budget = random.nextInt(2) == 0 ? OptionalLong.of(random.nextInt(16)) : OptionalLong.empty();
        Set<String> countries = random.nextInt(3) == 0 ? Set.of("SE") : Set.of();
        PlacementPolicy policy = PlacementPolicy.values()[random.nextInt(PlacementPolicy.values().length)];
        String requirements = random.nextInt(3) == 0 ? "CLOUD = \"?0\" | CORES > 1" : "";
        Affinity[] affinities = random.nextInt(3) == 0
                ? new Affinity[] {new Affinity(Affinity.Relation.values()[random.nextInt(2)], anyScope(), "web")}
                : new Affinity[0];
        return Federations.request(
                1 + random.nextInt(4),
                new Wishes(requirements, "", policy, Set.of()),
                new Bounds(Optional.empty(), Optional.empty(), countries, budget, spread),
                affinities);
    }

    /** Every way to seat machines, without regard to their order, until one is allowed. */
    private static boolean possible(List<SiteOffer> sites, MachineRequest request) {
        List<Seat> all = sites.stream()
                .flatMap(site -> site.clouds().stream()
                        .flatMap(cloud -> cloud.flavours().stream()
                                .map(flavour ->
                                        new Seat(site.name(), cloud.name(), flavour.name(), cloud.name() + "-debian"))))
                .toList();
        return possible(sites, request, all, 0, new ArrayList<>());
    }

    private static boolean possible(
            List<SiteOffer> sites, MachineRequest request, List<Seat> all, int from, List<Seat> chosen) {
        if (chosen.size() == request.count()) {
            return allowed(sites, request, chosen);
        }
        for (int i = from; i < all.size(); i++) {
            chosen.add(all.get(i));
            if (possible(sites, request, all, i, chosen)) {
                return true;
            }
            chosen.removeLast();
        }
        return false;
    }

    private static boolean allowed(List<SiteOffer> sites, MachineRequest request, List<Seat> seats) {
        long price = 0;
        Map<String, Long> cores = new HashMap<>();
        for (Seat seat : seats) {
            SiteOffer site = sites.stream()
                    .filter(one -> one.name().equals(seat.site()))
                    .findFirst()
                    .orElseThrow();
            CloudOffer cloud = site.clouds().stream()
                    .filter(one -> one.name().equals(seat.cloud()))
                    .findFirst()
                    .orElseThrow();
            FlavourOffer flavour = cloud.flavours().stream()
                    .filter(one -> one.name().equals(seat.flavour()))
                    .findFirst()
                    .orElseThrow();
            price += flavour.price().orElseThrow();
            long used = cores.merge(cloud.name(), flavour.cores(), Long::sum);
            long alike = seats.stream().filter(seat::equals).count();
            boolean required =
                    request.wishes().requirements().isEmpty() || cloud.name().endsWith("0") || flavour.cores() > 1;
            if (cloud.state() != CloudState.UP
                    || !required
                    || used > Math.min(cloud.free().cores(), cloud.quota().cores())
                    || alike > flavour.cap().orElse(Integer.MAX_VALUE)
                    || !request.bounds().countries().isEmpty()
                            && !request.bounds()
                                    .countries()
                                    .contains(site.country().orElseThrow())) {
                return false;
            }
        }
        return price <= request.bounds().budget().orElse(Long.MAX_VALUE)
                && request.bounds()
                        .spread()
                        .map(spread -> spread(spread, seats))
                        .orElse(true)
                && request.affinities().stream()
                        .allMatch(affinity -> affinity(affinity, seats) && hosts(affinity, sites, seats));
    }

    private static Map<String, Long> counts(Scope scope, List<Seat> seats) {
        Function<Seat, String> place = scope == Scope.SITE ? Seat::site : Seat::cloud;
        return seats.stream().collect(Collectors.groupingBy(place, Collectors.counting()));
    }

    private static boolean spread(Spread spread, List<Seat> seats) {
        return counts(spread.scope(), seats).values().stream().allMatch(count -> count <= spread.atMost());
    }

    private static boolean affinity(Affinity affinity, List<Seat> seats) {
        Map<String, Long> counts = counts(affinity.scope(), seats);
        return switch (affinity.relation()) {
            case TOGETHER -> counts.size() == 1;
            case APART ->
                affinity.scope() == Scope.HOST || counts.values().stream().allMatch(count -> count == 1);
        };
    }

    private static boolean hosts(Affinity affinity, List<SiteOffer> sites, List<Seat> seats) {
        return affinity.scope() != Scope.HOST
                || sites.stream()
                        .flatMap(site -> site.clouds().stream())
                        .filter(cloud ->
                                seats.stream().anyMatch(seat -> seat.cloud().equals(cloud.name())))
                        .allMatch(cloud -> cloud.features().contains(CloudOffer.HOST_AFFINITY));
    }

    @Test
    void places_whenever_anything_is_allowed_and_only_what_is() {
        int placed = 0;
        for (int i = 0; i < 3000; i++) {
            List<SiteOffer> sites = federation();
            MachineRequest request = request();
            Decision decision = Federations.decide(Federations.inventory(sites.toArray(SiteOffer[]::new)), request);
            assertThat(decision.placed())
                    .as("%s%n%s%n%s", sites, request, decision.text())
                    .isEqualTo(possible(sites, request));
            if (decision.placed()) {
                placed++;
                assertThat(decision.seats()).hasSize(request.count());
                assertThat(allowed(sites, request, decision.seats()))
                        .as("%s%n%s%n%s", sites, request, decision.seats())
                        .isTrue();
            }
        }
        assertThat(placed).isBetween(300, 2700);
    }

    @Test
    void the_first_candidate_is_the_best_and_is_taken_when_one_machine_is_wanted() {
        for (int i = 0; i < 1000; i++) {
            Inventory inventory = Federations.inventory(federation().toArray(SiteOffer[]::new));
            MachineRequest any = request();
            MachineRequest one = Federations.request(1, any.wishes(), any.bounds());
            Decision decision = Federations.decide(inventory, one);
            assertThat(decision.fitting()
                            + decision.reasons().values().stream()
                                    .mapToInt(Integer::intValue)
                                    .sum())
                    .isEqualTo(inventory.size());
            assertThat(decision.candidates())
                    .isSortedAccordingTo(Comparator.comparingInt(Scored::priority)
                            .thenComparingDouble(Scored::rank)
                            .thenComparingDouble(Scored::policy)
                            .reversed()
                            .thenComparing(Scored::cloud));
            assertThat(Federations.clouds(decision))
                    .isEqualTo(decision.candidates().stream()
                            .map(Scored::cloud)
                            .limit(1)
                            .toList());
        }
    }

    @Test
    void the_same_problem_has_the_same_plan_in_whatever_order_its_sites_are_told() {
        for (int i = 0; i < 500; i++) {
            List<SiteOffer> sites = new ArrayList<>(federation());
            List<MachineRequest> requests = List.of(request(), request(), request());
            Plan plan = new Broker(10).plan(Federations.inventory(sites.toArray(SiteOffer[]::new)), requests);
            Collections.shuffle(sites, random);
            Plan again = new Broker(10).plan(Federations.inventory(sites.toArray(SiteOffer[]::new)), requests);
            assertThat(again).isEqualTo(plan);
            assertThat(again.decisions().stream().map(Decision::text).toList())
                    .isEqualTo(plan.decisions().stream().map(Decision::text).toList());
        }
    }
}
