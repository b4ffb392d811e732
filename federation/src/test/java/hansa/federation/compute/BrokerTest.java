package hansa.federation.compute;

import static hansa.federation.Installation.ALICE;
import static hansa.federation.Installation.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.cloud.CloudName;
import hansa.federation.Installation;
import hansa.federation.brokering.KeptPlan;
import hansa.federation.brokering.Placement;
import hansa.federation.images.ImageId;
import hansa.federation.placement.Affinity;
import hansa.federation.placement.Decision;
import hansa.federation.placement.Exclusion;
import hansa.federation.placement.PlacementPolicy;
import hansa.federation.placement.Scope;
import hansa.federation.placement.Scored;
import hansa.federation.placement.Spread;
import hansa.federation.sites.CloudProfile;
import hansa.federation.sites.SiteName;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Machines go where the broker says. */
class BrokerTest extends TwoClouds {

    private static Placement wishing(String requirements, String rank, Optional<PlacementPolicy> policy) {
        return placement(requirements, rank, policy, OptionalLong.empty(), List.of(), Set.of(), Optional.empty());
    }

    private static Placement at(String site) {
        return new Placement(
                Optional.of(new SiteName(site)),
                "",
                "",
                Optional.empty(),
                Set.of(),
                OptionalLong.empty(),
                Optional.empty(),
                Set.of(),
                List.of(),
                Set.of(),
                Optional.empty(),
                false);
    }

    private static CloudName placed(Installation node, Placement placement) {
        return node.federation()
                .machines()
                .create(ALICE, SMALL.withPlacement(placement))
                .cloud();
    }

    private static long left(Installation node) {
        return node.store()
                .read(sql -> sql.createQuery(
                                "select (select count(*) from placement_plan)"
                                        + " + (select count(*) from machine_plan) + (select coalesce(sum(machines), 0) from cloud_use)")
                        .map((row, _) -> row.getLong(1))
                        .one());
    }

    @Test
    void who_has_no_wish_gets_the_first_cloud_and_whoever_has_one_gets_that() {
        try (Installation node = two().profile("b", CloudProfile.UNSAID.at(new SiteName("south"), "IT"))
                .start()) {
            assertThat(placed(node, Placement.ANYWHERE)).isEqualTo(A);
            assertThat(placed(node, wishing("FREE_CPU > 5", "", Optional.empty())))
                    .isEqualTo(B);
            assertThat(placed(node, wishing("", "FREE_CPU", Optional.empty()))).isEqualTo(B);
            assertThat(placed(node, wishing("COUNTRY = \"IT\"", "", Optional.empty())))
                    .isEqualTo(B);
            assertThat(placed(node, at("south"))).isEqualTo(B);
            assertThat(placed(node, at("test"))).isEqualTo(A);
            assertThat(placed(node, wishing("", "", Optional.of(PlacementPolicy.PACKING))))
                    .isEqualTo(B);
        }
    }

    @Test
    void a_site_that_is_not_there_and_expressions_that_cannot_be_read_are_refused_with_the_place() {
        try (Installation node = two().start()) {
            Failure site = refused(() -> placed(node, at("north")));
            assertThat(site.code()).isEqualTo(ErrorCode.ATTRIBUTE_INVALID);
            assertThat(site.text()).isEqualTo("There is no site 'north'; the sites are test.");
            Failure wrong = refused(() -> placed(node, wishing("FREE_CPU > ", "", Optional.empty())));
            assertThat(wrong.code()).isEqualTo(ErrorCode.REQUEST_MALFORMED);
            assertThat(wrong.text()).contains("at character");
            Failure unknown = refused(() -> placed(node, wishing("", "FREE_CPUS", Optional.empty())));
            assertThat(unknown.text()).contains("did you mean FREE_CPU?");
        }
    }

    @Test
    void what_fits_nowhere_is_refused_with_a_reason_for_each_cloud_and_nothing_is_made() {
        try (Installation node = two().start()) {
            Failure impossible = refused(() -> placed(node, wishing("CLOUD = \"c\"", "", Optional.empty())));
            assertThat(impossible.code()).isEqualTo(ErrorCode.ATTRIBUTE_INVALID);
            assertThat(impossible.text())
                    .isEqualTo("No cloud has all that the machine needs: 'a' does not meet the requirements;"
                            + " 'b' does not meet the requirements.");
            NewMachine huge = new NewMachine(
                    Optional.empty(),
                    "huge",
                    "",
                    Optional.empty(),
                    new ImageId("tiny"),
                    Optional.empty(),
                    Optional.of(64),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    Set.of(),
                    Placement.ANYWHERE);
            Failure full = refused(() -> node.federation().machines().create(ALICE, huge));
            assertThat(full.code()).isEqualTo(ErrorCode.CAPACITY_EXHAUSTED);
            assertThat(full.text()).contains("'a' has not enough room; 'b' has not enough room");
            Failure none = refused(() -> node.federation().machines().createAll(ALICE, SMALL, 0));
            assertThat(none.code()).isEqualTo(ErrorCode.ATTRIBUTE_INVALID);
            assertThat(node.federation().machines().count(ALICE, Filter.ALL)).isZero();
        }
    }

    @Test
    void a_preview_makes_nothing_and_says_the_same_as_the_plan_that_is_kept() {
        try (Installation node = two().start()) {
            NewMachine wanted = SMALL.withPlacement(wishing("", "FREE_CPU", Optional.empty()));
            KeptPlan preview = node.federation().machines().plan(ALICE, wanted, 1);
            assertThat(preview.decision().candidates())
                    .extracting(Scored::cloud)
                    .containsExactly("b", "a");
            assertThat(node.federation().machines().count(ALICE, Filter.ALL)).isZero();
            Machine made = node.federation().machines().create(ALICE, wanted);
            Explanation why = node.federation().machines().explain(ALICE, made.id());
            assertThat(why.plan().decision()).isEqualTo(preview.decision());
            assertThat(why.plan().told()).containsOnlyKeys("a", "b");
            assertThat(refused(() -> node.federation().machines().explain(BOB, made.id()))
                            .code())
                    .isEqualTo(ErrorCode.RESOURCE_NOT_FOUND);
        }
    }

    @Test
    void a_kept_plan_can_be_made_again() {
        try (Installation node = two().profile(
                        "b", CloudProfile.UNSAID.selling(Map.of("small", 20_000L), Map.of("small", 5)))
                .start()) {
            MachineId id = node.federation()
                    .machines()
                    .create(
                            ALICE,
                            SMALL.withPlacement(placement(
                                    "FEATURES @> \"volumes\"",
                                    "FREE_CPU - PRICE",
                                    Optional.of(PlacementPolicy.CHEAPEST),
                                    OptionalLong.of(50_000),
                                    List.of(),
                                    Set.of("web"),
                                    Optional.empty())))
                    .id();
            // Later machines change what is known, but not what was decided.
            node.federation().machines().create(ALICE, SMALL);
            PlanTable.Stored stored =
                    node.store().read(sql -> PlanTable.find(sql, id)).orElseThrow();
            Decision again = stored.plan().again(stored.snapshot()).orElseThrow();
            assertThat(again).isEqualTo(stored.plan().decision());
            assertThat(again.reasons()).containsEntry(Exclusion.PRICE, 1);
            assertThat(again.seats()).extracting(seat -> seat.cloud()).containsExactly("b");
        }
    }

    @Test
    void a_set_is_whole_or_not_at_all_and_is_spread_as_asked() {
        try (Installation node = two().start()) {
            Placement spread = placement(
                    "",
                    "",
                    Optional.empty(),
                    OptionalLong.empty(),
                    List.of(),
                    Set.of(),
                    Optional.of(new Spread(Scope.CLOUD, 2)));
            List<Machine> made = node.federation().machines().createAll(ALICE, SMALL.withPlacement(spread), 4);
            assertThat(made).extracting(Machine::cloud).containsExactly(A, A, B, B);
            assertThat(made).extracting(Machine::title).containsExactly("web-1", "web-2", "web-3", "web-4");
            Failure torn = refused(() -> node.federation().machines().createAll(ALICE, SMALL.withPlacement(spread), 5));
            assertThat(torn.text()).startsWith("Nothing was made: of 5 machines only 4 would find a place");
            Failure much = refused(() -> node.federation().machines().createAll(ALICE, SMALL, 9));
            assertThat(much.code()).isEqualTo(ErrorCode.CAPACITY_EXHAUSTED);
            assertThat(node.federation().machines().count(ALICE, Filter.ALL)).isEqualTo(4);
        }
    }

    @Test
    void machines_of_a_group_keep_apart_or_together() {
        try (Installation node = two().start()) {
            Placement web = placement(
                    "", "", Optional.empty(), OptionalLong.empty(), List.of(), Set.of("web"), Optional.empty());
            assertThat(placed(node, web)).isEqualTo(A);
            Placement apart = placement(
                    "",
                    "",
                    Optional.empty(),
                    OptionalLong.empty(),
                    List.of(new Affinity(Affinity.Relation.APART, Scope.CLOUD, "web")),
                    Set.of("db"),
                    Optional.empty());
            assertThat(placed(node, apart)).isEqualTo(B);
            Placement together = placement(
                    "",
                    "",
                    Optional.empty(),
                    OptionalLong.empty(),
                    List.of(new Affinity(Affinity.Relation.TOGETHER, Scope.CLOUD, "db")),
                    Set.of(),
                    Optional.empty());
            assertThat(placed(node, together)).isEqualTo(B);
            // The same word of somebody else is another group.
            assertThat(node.federation()
                            .machines()
                            .create(BOB, SMALL.withPlacement(apart))
                            .cloud())
                    .isEqualTo(A);
        }
    }

    @Test
    void a_public_cloud_takes_what_one_s_own_has_no_room_for_up_to_its_cap() {
        try (Installation node = two().profile(
                        "b", CloudProfile.UNSAID.withPriority(-1).selling(Map.of(), Map.of("small", 1)))
                .start()) {
            List<Machine> own = node.federation().machines().createAll(ALICE, SMALL, 4);
            assertThat(own).extracting(Machine::cloud).containsOnly(A);
            assertThat(placed(node, wishing("", "FREE_CPU", Optional.empty()))).isEqualTo(B);
            Failure full = refused(() -> placed(node, Placement.ANYWHERE));
            assertThat(full.text())
                    .isEqualTo("No cloud has a place for it at the moment: 'a' has not enough room;"
                            + " 'b' has as many machines of the flavour as the cap allows.");
            node.federation().machines().delete(ALICE, own.getFirst().id());
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(node.federation()
                                    .machines()
                                    .getAll(ALICE, List.of(own.getFirst().id())))
                            .isEmpty());
            assertThat(placed(node, Placement.ANYWHERE)).isEqualTo(A);
        }
    }

    @Test
    void what_kept_a_plan_is_gone_with_its_machine() {
        try (Installation node = two().start()) {
            MachineId id = node.federation().machines().create(ALICE, SMALL).id();
            awaited(node, id, machine -> machine.state() == MachineState.ACTIVE);
            node.federation().machines().delete(ALICE, id);
            await().atMost(Duration.ofSeconds(10)).until(() -> left(node), left -> left == 0);
        }
    }
}
