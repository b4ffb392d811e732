package hansa.federation.placement;

import static hansa.federation.placement.Federations.LARGE;
import static hansa.federation.placement.Federations.NOTHING;
import static hansa.federation.placement.Federations.SMALL;
import static hansa.federation.placement.Federations.budget;
import static hansa.federation.placement.Federations.capped;
import static hansa.federation.placement.Federations.cloud;
import static hansa.federation.placement.Federations.clouds;
import static hansa.federation.placement.Federations.cores;
import static hansa.federation.placement.Federations.decide;
import static hansa.federation.placement.Federations.inventory;
import static hansa.federation.placement.Federations.keepingHosts;
import static hansa.federation.placement.Federations.priced;
import static hansa.federation.placement.Federations.request;
import static hansa.federation.placement.Federations.requiring;
import static hansa.federation.placement.Federations.site;
import static hansa.federation.placement.Federations.spread;
import static hansa.federation.placement.Federations.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.federation.placement.MachineRequest.Bounds;
import hansa.federation.placement.MachineRequest.Needs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What excludes a cloud, one rule after the other, and how sets hold together. */
final class RulesTest {

    private static void excludedFor(Exclusion reason, Decision decision) {
        assertThat(decision.placed()).isFalse();
        assertThat(decision.excluded()).containsExactly(new Excluded("site-a", "a", reason));
        assertThat(decision.reasons()).containsExactly(Map.entry(reason, 1));
        assertThat(decision.text()).contains("no cloud does").contains("'a' " + reason.phrase());
    }

    private static Bounds at(Optional<String> site, Optional<String> cloud, Set<String> countries) {
        return new Bounds(site, cloud, countries, OptionalLong.empty(), Optional.empty());
    }

    @Test
    void a_machine_gets_a_seat_with_the_local_name_of_its_image() {
        assertThat(decide(inventory(cloud("a", 4, LARGE, SMALL)), request(1)).seats())
                .containsExactly(new Seat("site-a", "a", "small", "a-debian"));
    }

    @Test
    void an_empty_federation_has_no_place() {
        Decision decision = decide(inventory(new CloudOffer[0]), request(1));
        assertThat(decision.placed()).isFalse();
        assertThat(decision.text()).isEqualTo("'web' has no place: no cloud does.");
    }

    @Test
    void a_named_site_or_cloud_is_the_only_one() {
        Inventory two = inventory(cloud("a", 4, SMALL), cloud("b", 4, SMALL));
        assertThat(clouds(decide(two, request(1, NOTHING, at(Optional.of("site-b"), Optional.empty(), Set.of())))))
                .containsExactly("b");
        assertThat(clouds(decide(two, request(1, NOTHING, at(Optional.empty(), Optional.of("b"), Set.of())))))
                .containsExactly("b");
        excludedFor(
                Exclusion.NOT_NAMED,
                decide(
                        inventory(cloud("a", 4, SMALL)),
                        request(1, NOTHING, at(Optional.empty(), Optional.of("b"), Set.of()))));
    }

    @Test
    void a_cloud_that_is_down_or_draining_takes_nothing() {
        for (CloudState state : new CloudState[] {CloudState.DOWN, CloudState.DRAINING}) {
            excludedFor(
                    Exclusion.STATE, decide(inventory(cloud("a", state, cores(4), Room.UNLIMITED, SMALL)), request(1)));
        }
    }

    @Test
    void the_image_must_be_there() {
        Needs other = new Needs("alpine", Optional.empty(), 1, 1, 0);
        excludedFor(
                Exclusion.IMAGE,
                decide(
                        inventory(cloud("a", 4, SMALL)),
                        new MachineRequest("web", 1, other, NOTHING, Bounds.NONE, List.of(), Set.of())));
    }

    @Test
    void data_stays_in_its_countries_and_an_unknown_country_is_none_of_them() {
        Bounds nordic = at(Optional.empty(), Optional.empty(), Set.of("NO", "SE"));
        assertThat(clouds(decide(
                        inventory(site("x", "US", cloud("a", 4, SMALL)), site("y", "NO", cloud("b", 4, SMALL))),
                        request(1, NOTHING, nordic))))
                .containsExactly("b");
        SiteOffer nowhere = new SiteOffer("site-a", Optional.empty(), Optional.empty(), List.of(cloud("a", 4, SMALL)));
        excludedFor(Exclusion.COUNTRY, decide(inventory(nowhere), request(1, NOTHING, nordic)));
    }

    @Test
    void flavour_room_quota_and_cap_limit() {
        Needs named = new Needs("debian", Optional.of("huge"), 1, 1, 0);
        excludedFor(
                Exclusion.FLAVOUR,
                decide(
                        inventory(cloud("a", 4, SMALL)),
                        new MachineRequest("web", 1, named, NOTHING, Bounds.NONE, List.of(), Set.of())));
        excludedFor(Exclusion.ROOM, decide(inventory(cloud("a", 0, SMALL)), request(1)));
        excludedFor(
                Exclusion.QUOTA, decide(inventory(cloud("a", CloudState.UP, cores(4), cores(0), SMALL)), request(1)));
        excludedFor(Exclusion.CAP, decide(inventory(cloud("a", 4, capped(SMALL, 0))), request(1)));
    }

    @Test
    void requirements_see_clouds_flavours_and_labels() {
        CloudOffer a = told(
                cloud("a", 8, SMALL, LARGE),
                OptionalDouble.of(0.99),
                OptionalDouble.empty(),
                Map.of("HYPERVISOR", "kvm"));
        Inventory one = inventory(a);
        for (String held : new String[] {
            "HYPERVISOR = \"k*\" & SITE = \"site-?\" & COUNTRY = \"SE\" & PUBLIC_CLOUD = \"NO\"",
            "FREE_CPU = 8 & TOTAL_CPU = 16 & RUNNING_VMS = 0 & RELIABILITY > 0.9 & PRIORITY = 0",
            "FEATURES @> \"ipv6\" & NAME = \"a\" & !POWER > 0",
        }) {
            assertThat(decide(one, requiring(held)).placed()).as(held).isTrue();
        }
        assertThat(decide(one, requiring("CORES > 2")).seats())
                .extracting(Seat::flavour)
                .containsExactly("large");
        assertThat(decide(one, requiring("PRICE < 0.00002")).seats())
                .extracting(Seat::flavour)
                .containsExactly("small");
        excludedFor(Exclusion.REQUIREMENTS, decide(one, requiring("HYPERVISOR = \"xen\"")));
        excludedFor(Exclusion.REQUIREMENTS, decide(one, requiring("CORES > 4")));
        assertThatThrownBy(() -> decide(one, requiring("HYPERVISER = \"xen\"")))
                .hasMessageContaining("did you mean HYPERVISOR?");
    }

    @Test
    void a_budget_covers_all_machines_and_needs_prices() {
        Inventory one = inventory(cloud("a", 4, priced(10)));
        assertThat(decide(one, request(3, NOTHING, budget(30))).placed()).isTrue();
        assertThat(decide(one, request(3, NOTHING, budget(29))).most()).isEqualTo(2);
        excludedFor(Exclusion.BUDGET, decide(one, request(1, NOTHING, budget(9))));
        FlavourOffer secret = new FlavourOffer("small", 1, 1024, 10, OptionalLong.empty(), OptionalInt.empty());
        excludedFor(Exclusion.PRICE, decide(inventory(cloud("a", 4, secret)), request(1, NOTHING, budget(100))));
    }

    @Test
    void a_set_that_is_too_dear_at_the_best_cloud_goes_where_it_is_cheaper() {
        CloudOffer busy = cloud("a", CloudState.UP, 0, cores(4), Room.UNLIMITED, 9, priced(20));
        Inventory two = inventory(busy, cloud("b", 4, priced(10)));
        assertThat(clouds(decide(two, request(3)))).containsExactly("a", "a", "a");
        assertThat(clouds(decide(two, request(3, NOTHING, budget(40))))).containsExactly("b", "b", "b");
    }

    @Test
    void a_set_is_all_or_none_and_gives_back_what_it_tried() {
        Inventory one = inventory(cloud("a", 3, SMALL));
        Plan plan = new Broker(10).plan(one, List.of(request(4), request(3), request(1)));
        assertThat(plan.decisions()).extracting(Decision::placed).containsExactly(false, true, false);
        assertThat(plan.decisions().getFirst().text()).contains("of 4 machines only 3 would find one");
    }

    @Test
    void a_set_is_spread_over_clouds_or_sites() {
        Inventory sites = inventory(
                site("x", "SE", cloud("a", 9, SMALL), cloud("b", 9, SMALL)), site("y", "SE", cloud("c", 9, SMALL)));
        assertThat(clouds(decide(sites, request(3, NOTHING, spread(Scope.CLOUD, 1)))))
                .containsExactlyInAnyOrder("a", "b", "c");
        assertThat(decide(sites, request(2, NOTHING, spread(Scope.SITE, 1))).seats())
                .extracting(Seat::site)
                .containsExactlyInAnyOrder("x", "y");
        assertThat(decide(sites, request(3, NOTHING, spread(Scope.SITE, 1))).most())
                .isEqualTo(2);
    }

    @Test
    void machines_that_must_be_together_find_the_cloud_that_holds_them_all() {
        CloudOffer busy = cloud("a", CloudState.UP, 0, cores(2), Room.UNLIMITED, 9, SMALL);
        Affinity together = new Affinity(Affinity.Relation.TOGETHER, Scope.CLOUD, "web");
        assertThat(clouds(decide(inventory(busy, cloud("b", 3, SMALL)), request(3, NOTHING, Bounds.NONE, together))))
                .containsExactly("b", "b", "b");
        assertThat(decide(inventory(busy, cloud("b", 2, SMALL)), request(3, NOTHING, Bounds.NONE, together))
                        .placed())
                .isFalse();
    }

    @Test
    void groups_hold_within_a_batch_and_with_what_runs_already() {
        Inventory running = new Inventory(new Snapshot(
                List.of(
                        site("x", "SE", cloud("a", 9, SMALL), cloud("b", 9, SMALL)),
                        site("y", "SE", cloud("c", 9, SMALL))),
                Map.of("db", Set.of("a"))));
        Affinity near = new Affinity(Affinity.Relation.TOGETHER, Scope.SITE, "db");
        Affinity apart = new Affinity(Affinity.Relation.APART, Scope.CLOUD, "db");
        Decision both = decide(running, request(1, NOTHING, Bounds.NONE, near, apart));
        assertThat(clouds(both)).containsExactly("b");
        assertThat(both.reasons())
                .containsOnly(Map.entry(Exclusion.AFFINITY, 1), Map.entry(Exclusion.ANTI_AFFINITY, 1));
        Affinity alone = new Affinity(Affinity.Relation.APART, Scope.SITE, "web");
        Plan plan = new Broker(10)
                .plan(
                        running,
                        List.of(
                                request(1, NOTHING, Bounds.NONE, alone),
                                request(1, NOTHING, Bounds.NONE, alone),
                                request(1, NOTHING, Bounds.NONE, alone)));
        assertThat(plan.decisions())
                .extracting(Federations::clouds)
                .containsExactly(List.of("a"), List.of("c"), List.of());
    }

    @Test
    void by_host_only_clouds_do_that_keep_it_and_those_together_are_at_one() {
        Inventory clouds =
                inventory(cloud("a", 9, SMALL), keepingHosts(cloud("b", 2, SMALL)), keepingHosts(cloud("c", 9, SMALL)));
        Affinity together = new Affinity(Affinity.Relation.TOGETHER, Scope.HOST, "web");
        Decision three = decide(clouds, request(3, NOTHING, Bounds.NONE, together));
        assertThat(clouds(three)).containsExactly("c", "c", "c");
        assertThat(three.reasons()).containsOnly(Map.entry(Exclusion.HOST_AFFINITY, 1));
        assertThat(Exclusion.HOST_AFFINITY.phrase())
                .isEqualTo("does not let machines share a host or be on different ones");
        Affinity apart = new Affinity(Affinity.Relation.APART, Scope.HOST, "web");
        assertThat(clouds(decide(clouds, request(3, NOTHING, Bounds.NONE, apart))))
                .containsExactly("b", "b", "c");
        assertThatThrownBy(() -> new Spread(Scope.HOST, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("over clouds or sites");
    }

    @Test
    void local_first_and_the_public_cloud_when_full_up_to_its_caps() {
        CloudOffer local = cloud("z-local", 2, SMALL);
        CloudOffer bought = cloud(
                "a-public", CloudState.UP, -1, Room.UNLIMITED, Room.UNLIMITED, 50, capped(SMALL, 2), capped(LARGE, 1));
        Inventory hybrid = inventory(local, bought);
        Decision five = decide(hybrid, request(5));
        assertThat(clouds(five)).containsExactly("z-local", "z-local", "a-public", "a-public", "a-public");
        assertThat(five.seats()).extracting(Seat::flavour).containsExactly("small", "small", "small", "small", "large");
        assertThat(decide(hybrid, request(6)).most()).isEqualTo(5);
        assertThat(clouds(decide(hybrid, requiring("PUBLIC_CLOUD = \"YES\"")))).containsExactly("a-public");
    }

    @Test
    void too_much_at_once_is_refused() {
        assertThatThrownBy(() -> request(10_001)).hasMessageContaining("1 to 10000 can be asked for");
        assertThatThrownBy(
                        () -> new Broker(1).plan(inventory(cloud("a", 1, SMALL)), List.of(request(10_000), request(1))))
                .hasMessageContaining("ask in parts");
    }

    @Test
    void lists_are_bounded_and_the_others_counted() {
        CloudOffer[] many = new CloudOffer[40];
        for (int i = 0; i < many.length; i++) {
            many[i] = cloud("c" + (10 + i), i % 2, SMALL);
        }
        Decision decision = new Broker(3)
                .plan(inventory(many), List.of(request(1)))
                .decisions()
                .getFirst();
        assertThat(decision.candidates()).extracting(Scored::cloud).containsExactly("c11", "c13", "c15");
        assertThat(decision.fitting()).isEqualTo(20);
        assertThat(decision.excluded()).extracting(Excluded::cloud).containsExactly("c10", "c12", "c14");
        assertThat(decision.reasons()).containsExactly(Map.entry(Exclusion.ROOM, 20));
        assertThat(decision.text()).contains("17 more do\n", "17 more do not", "20 in all: has not enough room");
    }
}
