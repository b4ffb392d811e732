package hansa.federation.compute;

import static hansa.federation.Installation.ALICE;
import static hansa.federation.Installation.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import hansa.cloud.CloudName;
import hansa.federation.Installation;
import hansa.federation.TamperedCloud;
import hansa.federation.brokering.Placement;
import hansa.federation.images.ImageId;
import hansa.federation.placement.Affinity;
import hansa.federation.placement.Exclusion;
import hansa.federation.placement.Scope;
import hansa.federation.sites.CloudProfile;
import hansa.federation.sites.FlavourId;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.StoreUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Machines of a group share a host or never do, on either database. */
abstract class HostAffinityContract {

    private static final NewMachine SMALL = NewMachine.of("web", new ImageId("tiny"), new FlavourId("small"));
    private static final CloudName A = new CloudName("a");
    private static final CloudName B = new CloudName("b");

    @TempDir
    Path folder;

    /** What was asked of which cloud to make machines. */
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();

    abstract StoreUrl database(Path folder);

    private Installation.Builder two(Map<String, String> a, Map<String, String> b) {
        return Installation.on(folder)
                .store(database(folder))
                .cloud("a", a)
                .cloud("b", b)
                .wrappedClouds((name, cloud) -> new TamperedCloud(cloud, (verb, answer) -> {
                    if (verb.startsWith("create")) {
                        asked.add(name + ": " + verb);
                    }
                    return answer.get();
                }));
    }

    static Placement sharing(String group) {
        return placement(List.of(byHost(Affinity.Relation.TOGETHER, group)), Set.of(group), false);
    }

    static Placement alone(String group) {
        return placement(List.of(byHost(Affinity.Relation.APART, group)), Set.of(group), false);
    }

    private static Placement member(String group) {
        return placement(List.of(), Set.of(group), false);
    }

    private static Affinity byHost(Affinity.Relation relation, String group) {
        return new Affinity(relation, Scope.HOST, group);
    }

    private static Placement placement(List<Affinity> affinities, Set<String> groups, boolean comeBack) {
        return new Placement(
                Optional.empty(),
                "",
                "",
                Optional.empty(),
                Set.of(),
                OptionalLong.empty(),
                Optional.empty(),
                Set.of(),
                affinities,
                groups,
                Optional.empty(),
                comeBack);
    }

    private static MachineId make(Installation node, Placement placement) {
        return node.federation()
                .machines()
                .create(ALICE, SMALL.withPlacement(placement))
                .id();
    }

    private static Machine active(Installation node, MachineId id) {
        return awaited(node, id, machine -> machine.state() == MachineState.ACTIVE);
    }

    private static Machine awaited(Installation node, MachineId id, Predicate<Machine> condition) {
        return await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> node.federation().machines().get(ALICE, id), condition);
    }

    private static void delete(Installation node, MachineId id) {
        node.federation().machines().delete(ALICE, id);
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(node.federation().machines().getAll(ALICE, List.of(id)))
                        .isEmpty());
    }

    private static Failure refused(ThrowingCallable call) {
        return catchThrowableOfType(Failure.class, call);
    }

    @Test
    void the_cloud_is_told_of_the_group_and_knows_it_by_a_name_of_its_own() {
        try (Installation node = two(Map.of(), Map.of()).start()) {
            MachineId first = make(node, sharing("web"));
            active(node, first);
            active(node, make(node, sharing("web")));
            active(node, make(node, Placement.ANYWHERE));
            List<String> calls = List.copyOf(asked);
            assertThat(calls.getFirst()).matches("a: create TOGETHER in hansa-[0-9a-f]{40}");
            assertThat(calls).containsExactly(calls.getFirst(), calls.getFirst(), "a: create");

            // The same word of somebody else is another group.
            MachineId others = node.federation()
                    .machines()
                    .create(BOB, SMALL.withPlacement(sharing("web")))
                    .id();
            await().atMost(Duration.ofSeconds(10)).until(() -> asked.size() == 4);
            assertThat(List.copyOf(asked).getLast())
                    .startsWith("a: create TOGETHER in hansa-")
                    .isNotEqualTo(calls.getFirst());
            assertThat(node.federation().machines().get(BOB, others).cloud()).isEqualTo(A);

            PlanTable.Stored stored =
                    node.store().read(sql -> PlanTable.find(sql, first)).orElseThrow();
            assertThat(stored.plan().again(stored.snapshot()))
                    .contains(stored.plan().decision());
            assertThat(node.federation()
                            .machines()
                            .explain(ALICE, first)
                            .plan()
                            .request()
                            .affinities())
                    .containsExactly(byHost(Affinity.Relation.TOGETHER, MachineGroups.fullName(ALICE, "web")));
        }
    }

    @Test
    void who_shares_a_host_goes_where_the_others_are_or_nowhere() {
        try (Installation node = two(Map.of("capacity-cores", "1"), Map.of()).start()) {
            assertThat(active(node, make(node, sharing("db"))).cloud()).isEqualTo(A);
            Failure full = refused(() -> make(node, sharing("db")));
            assertThat(full.code()).isEqualTo(ErrorCode.CAPACITY_EXHAUSTED);
            assertThat(full.text())
                    .contains("'a' has not enough room")
                    .contains("'b' is not where the machines are that it must be together with");
            List<Machine> set = node.federation().machines().createAll(ALICE, SMALL.withPlacement(sharing("web")), 3);
            assertThat(set).extracting(Machine::cloud).containsOnly(B);
            set.forEach(machine -> active(node, machine.id()));
        }
    }

    @Test
    void where_no_host_is_left_the_next_cloud_follows_and_the_first_is_not_full_for_others() {
        try (Installation node = two(Map.of("hosts", "2"), Map.of("hosts", "1")).start()) {
            List<MachineId> three =
                    node.federation().machines().createAll(ALICE, SMALL.withPlacement(alone("web")), 3).stream()
                            .map(Machine::id)
                            .toList();
            assertThat(three.stream().map(id -> active(node, id).cloud())).containsExactlyInAnyOrder(A, A, B);
            assertThat(asked.stream().map(call -> call.substring(3)).distinct()).hasSize(1);
            MachineId moved = three.stream()
                    .filter(id ->
                            node.federation().machines().get(ALICE, id).cloud().equals(B))
                    .findFirst()
                    .orElseThrow();
            assertThat(node.federation().machines().explain(ALICE, moved).left())
                    .singleElement()
                    .satisfies(left -> {
                        assertThat(left.cloud()).isEqualTo(A);
                        assertThat(left.why()).contains("each of the 2 hosts has a machine of its group");
                    });
            assertThat(active(node, make(node, Placement.ANYWHERE)).cloud()).isEqualTo(A);

            // Where it is nowhere to go it waits and says for what.
            awaited(
                    node,
                    make(node, alone("web")),
                    machine -> machine.message().contains("each of the 1 hosts has a machine of its group"));
        }
    }

    @Test
    void a_cloud_that_does_not_offer_it_is_excluded_with_that_reason() {
        try (Installation node = two(Map.of("hosts", "0"), Map.of()).start()) {
            Machine made = active(node, make(node, alone("web")));
            assertThat(made.cloud()).isEqualTo(B);
            assertThat(node.federation()
                            .machines()
                            .explain(ALICE, made.id())
                            .plan()
                            .decision()
                            .reasons())
                    .containsOnly(Map.entry(Exclusion.HOST_AFFINITY, 1));
            NewMachine there = SMALL.withPlacement(alone("db")).withCloud(A);
            Failure refused = refused(() -> node.federation().machines().create(ALICE, there));
            assertThat(refused.code()).isEqualTo(ErrorCode.ATTRIBUTE_INVALID);
            assertThat(refused.text())
                    .isEqualTo(
                            "No cloud has all that the machine needs: 'a' does not let machines share a host or be on"
                                    + " different ones.");
        }
    }

    @Test
    void all_machines_of_a_group_want_the_same_as_long_as_one_is_there() {
        try (Installation node = two(Map.of(), Map.of()).start()) {
            MachineId first = make(node, alone("web"));
            for (Placement other : List.of(sharing("web"), member("web"))) {
                NewMachine wanted = SMALL.withPlacement(other);
                Failure refused = refused(() -> node.federation().machines().create(ALICE, wanted));
                assertThat(refused.code()).isEqualTo(ErrorCode.RESOURCE_IN_USE);
                assertThat(refused.text())
                        .startsWith("The machines of the group 'web' want no host in common; for one that wants ");
                assertThat(refused(() -> node.federation().machines().plan(ALICE, wanted, 1))
                                .code())
                        .isEqualTo(ErrorCode.RESOURCE_IN_USE);
            }
            make(node, member("db"));
            assertThat(refused(() -> make(node, alone("db"))).text())
                    .isEqualTo(
                            "The machines of the group 'db' want nothing of hosts; for one that wants no host in common"
                                    + " choose another group.");
            // Who only looks at the group from elsewhere may.
            make(
                    node,
                    placement(List.of(new Affinity(Affinity.Relation.TOGETHER, Scope.CLOUD, "web")), Set.of(), false));
            active(node, first);
            delete(node, first);
            active(node, make(node, sharing("web")));
        }
    }

    @Test
    void a_machine_whose_answer_was_lost_is_asked_for_in_its_group_again_and_made_once() {
        try (Installation node = two(
                        Map.of("faults", "on create first 1: timeout before; on create nth 2: timeout after"), Map.of())
                .start()) {
            assertThat(active(node, make(node, alone("web"))).cloud()).isEqualTo(A);
            assertThat(asked).hasSizeGreaterThanOrEqualTo(2);
            assertThat(asked.stream().distinct())
                    .singleElement()
                    .satisfies(call -> assertThat(call).startsWith("a: create APART in hansa-"));
            assertThat(node.cloud(A).list()).hasSize(1);
        }
    }

    @Test
    void a_cloud_that_cannot_keep_the_relation_is_left_for_the_next() {
        try (Installation node = two(
                        Map.of("faults", "on create always: refuse invalid \"keeps machines apart only\""), Map.of())
                .start()) {
            assertThat(active(node, make(node, sharing("web"))).cloud()).isEqualTo(B);
            Machine failed =
                    awaited(node, make(node, Placement.ANYWHERE), machine -> machine.state() == MachineState.ERROR);
            assertThat(failed.cloud()).isEqualTo(A);
        }
    }

    @ParameterizedTest
    @EnumSource(Affinity.Relation.class)
    void who_comes_back_comes_into_its_group(Affinity.Relation relation) {
        try (Installation node = two(Map.of("capacity-cores", "1"), Map.of())
                .profile("b", CloudProfile.UNSAID.withPriority(-1))
                .start()) {
            MachineId own = make(node, Placement.ANYWHERE);
            active(node, own);
            MachineId burst = make(node, placement(List.of(byHost(relation, "web")), Set.of("web"), true));
            assertThat(active(node, burst).cloud()).isEqualTo(B);
            node.federation().machines().act(ALICE, burst, new MachineAction.Stop(MachineAction.StopMethod.POWEROFF));
            awaited(node, burst, machine -> machine.state() == MachineState.INACTIVE);
            delete(node, own);
            node.federation().machines().act(ALICE, burst, new MachineAction.Start());
            awaited(node, burst, machine -> machine.cloud().equals(A) && machine.state() == MachineState.ACTIVE);
            List<String> calls =
                    asked.stream().filter(call -> call.contains(" in ")).toList();
            assertThat(calls).hasSize(2);
            assertThat(calls.getFirst()).startsWith("b: create " + relation + " in hansa-");
            assertThat(calls.getLast()).isEqualTo("a" + calls.getFirst().substring(1));
        }
    }

    @Test
    void a_wish_that_no_cloud_could_keep_is_refused() {
        Failure foreign =
                refused(() -> placement(List.of(byHost(Affinity.Relation.APART, "db")), Set.of("web"), false));
        assertThat(foreign.code()).isEqualTo(ErrorCode.ATTRIBUTE_INVALID);
        assertThat(foreign.text())
                .isEqualTo("By host machines are near to or far from those of their own group only; make the machine a"
                        + " member of 'db' too.");
        Failure two = refused(() -> placement(
                List.of(byHost(Affinity.Relation.APART, "web"), byHost(Affinity.Relation.TOGETHER, "db")),
                Set.of("web", "db"),
                false));
        assertThat(two.text()).contains("by host, not of 2");
    }
}
