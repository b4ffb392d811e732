package hansa.federation.compute;

import static hansa.federation.Installation.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.cloud.CloudName;
import hansa.cloud.RemoteMachine;
import hansa.federation.Installation;
import hansa.federation.brokering.Placement;
import hansa.federation.placement.Scope;
import hansa.federation.placement.Spread;
import hansa.federation.sites.CloudProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Machines go on to the next cloud when one does not make them, and come back. */
class OnwardTest extends TwoClouds {

    private static Placement until(Instant deadline) {
        return new Placement(
                Optional.empty(),
                "",
                "",
                Optional.empty(),
                Set.of(),
                OptionalLong.empty(),
                Optional.of(deadline),
                Set.of(),
                List.of(),
                Set.of(),
                Optional.empty(),
                false);
    }

    @Test
    void a_cloud_that_refuses_for_room_or_quota_is_left_for_the_next_at_once() {
        try (Installation node = two("on create nth 1: refuse capacity \"no host\"; on create nth 2: refuse quota", "")
                .start()) {
            for (int i = 0; i < 2; i++) {
                Machine made = node.federation().machines().create(ALICE, SMALL);
                Machine active = awaited(node, made.id(), machine -> machine.state() == MachineState.ACTIVE);
                assertThat(active.cloud()).isEqualTo(B);
                assertThat(active.message()).isEmpty();
                Explanation why = node.federation().machines().explain(ALICE, made.id());
                assertThat(why.left()).singleElement().satisfies(left -> {
                    assertThat(left.cloud()).isEqualTo(A);
                });
                node.store()
                        .run(tx -> tx.sql().execute("update cloud_stock set full_until = 0, changed = changed + 1"));
            }
            assertThat(count(node, A)).isZero();
            assertThat(count(node, B)).isEqualTo(2);
        }
    }

    @Test
    void who_goes_on_is_connected_to_the_networks_of_the_same_names_there() {
        try (Installation node = two("on create always: refuse capacity", "").start()) {
            MachineId id = node.federation()
                    .machines()
                    .create(ALICE, SMALL.withNics(List.of(NewNic.to("public"), NewNic.to("private"))))
                    .id();
            Machine active = awaited(node, id, machine -> machine.state() == MachineState.ACTIVE);
            assertThat(active.cloud()).isEqualTo(B);
            assertThat(active.nics()).extracting(NicLink::networkTitle).containsExactly("public", "private");
            assertThat(active.nics()).allSatisfy(link -> {
                assertThat(link.state()).isEqualTo(LinkState.ACTIVE);
                assertThat(node.federation()
                                .networks()
                                .get(ALICE, link.network())
                                .cloud())
                        .isEqualTo(B);
            });
            assertThat(node.cloud(B).list().getFirst().nics()).hasSize(2);
        }
    }

    @Test
    void who_goes_on_keeps_apart_from_the_others_of_its_set() {
        try (Installation node = two("on create always: refuse capacity", "")
                .cloud("c", Map.of())
                .start()) {
            Placement apart = placement(
                    "",
                    "",
                    Optional.empty(),
                    OptionalLong.empty(),
                    List.of(),
                    Set.of(),
                    Optional.of(new Spread(Scope.CLOUD, 1)));
            List<Machine> made = node.federation().machines().createAll(ALICE, SMALL.withPlacement(apart), 2);
            assertThat(made).extracting(Machine::cloud).containsExactly(A, B);
            Machine first = awaited(node, made.getFirst().id(), machine -> machine.state() == MachineState.ACTIVE);
            assertThat(first.cloud()).isEqualTo(new CloudName("c"));
            assertThat(awaited(node, made.getLast().id(), machine -> machine.state() == MachineState.ACTIVE)
                            .cloud())
                    .isEqualTo(B);
        }
    }

    @Test
    void a_machine_that_was_made_though_its_answer_was_lost_stays() {
        try (Installation node = two("on create first 5: timeout after", "").start()) {
            MachineId id = node.federation().machines().create(ALICE, SMALL).id();
            Machine active = awaited(node, id, machine -> machine.state() == MachineState.ACTIVE);
            assertThat(active.cloud()).isEqualTo(A);
            assertThat(count(node, A) + count(node, B)).isEqualTo(1);
        }
    }

    @Test
    void a_cloud_that_does_not_answer_is_left_and_what_turns_up_late_is_deleted() {
        try (Installation node =
                two("on create always: error \"maintenance\"", "").start()) {
            MachineId id = node.federation().machines().create(ALICE, SMALL).id();
            Machine active = awaited(node, id, machine -> machine.state() == MachineState.ACTIVE);
            assertThat(active.cloud()).isEqualTo(B);
            assertThat(count(node, A)).isZero();
            assertThat(node.cloud(B).list()).extracting(RemoteMachine::name).containsExactly("web");
        }
    }

    @Test
    void a_machine_that_dies_for_lack_of_a_host_goes_on() {
        try (Installation node =
                two("on create nth 1: die 0ms \"No valid host was found\"", "").start()) {
            MachineId id = node.federation().machines().create(ALICE, SMALL).id();
            Machine active = awaited(
                    node,
                    id,
                    machine -> machine.state() == MachineState.ACTIVE
                            && machine.cloud().equals(B));
            assertThat(active.message()).isEmpty();
            assertThat(count(node, A)).isZero();
        }
    }

    @Test
    void a_machine_with_a_deadline_waits_for_room_and_is_given_up_when_it_is_over() {
        try (Installation node = two("on create first 2: refuse capacity", "on create first 2: refuse capacity")
                .start()) {
            Placement patient = until(Instant.now().plusSeconds(60));
            MachineId id = node.federation()
                    .machines()
                    .create(ALICE, SMALL.withPlacement(patient))
                    .id();
            awaited(node, id, machine -> machine.state() == MachineState.ACTIVE);
        }
    }

    @Test
    void a_deadline_that_is_over_gives_up_and_says_so() {
        try (Installation node = two(
                        "on create always: refuse capacity \"no host\"", "on create always: refuse capacity")
                .start()) {
            Placement brief = until(Instant.now().plusMillis(1500));
            MachineId id = node.federation()
                    .machines()
                    .create(ALICE, SMALL.withPlacement(brief))
                    .id();
            Machine failed = awaited(node, id, machine -> machine.state() == MachineState.ERROR);
            assertThat(failed.message()).contains("no cloud had a place for it in time");
            assertThat(refused(() -> node.federation()
                                    .machines()
                                    .create(
                                            ALICE,
                                            SMALL.withPlacement(
                                                    until(Instant.now().minusSeconds(1)))))
                            .text())
                    .contains("is over");
        }
    }

    @Test
    void a_machine_that_burst_comes_back_when_it_is_started_and_its_owner_allowed_it() {
        try (Installation node =
                two().profile("b", CloudProfile.UNSAID.withPriority(-1)).start()) {
            List<Machine> own = node.federation().machines().createAll(ALICE, SMALL, 4);
            Placement back = new Placement(
                    Optional.empty(),
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
                    true);
            MachineId burst = node.federation()
                    .machines()
                    .create(ALICE, SMALL.withPlacement(back))
                    .id();
            MachineId stays = node.federation().machines().create(ALICE, SMALL).id();
            for (MachineId id : List.of(burst, stays)) {
                awaited(node, id, machine -> machine.state() == MachineState.ACTIVE);
                node.federation().machines().act(ALICE, id, new MachineAction.Stop(MachineAction.StopMethod.POWEROFF));
                awaited(node, id, machine -> machine.state() == MachineState.INACTIVE);
            }
            // As long as its own cloud is full it starts where it is.
            node.federation().machines().act(ALICE, burst, new MachineAction.Start());
            assertThat(awaited(node, burst, machine -> machine.state() == MachineState.ACTIVE)
                            .cloud())
                    .isEqualTo(B);
            node.federation().machines().act(ALICE, burst, new MachineAction.Stop(MachineAction.StopMethod.POWEROFF));
            awaited(node, burst, machine -> machine.state() == MachineState.INACTIVE);
            node.federation()
                    .machines()
                    .deleteAll(ALICE, own.stream().map(Machine::id).toList());
            await().atMost(Duration.ofSeconds(10)).until(() -> count(node, A), left -> left == 0);
            node.federation().machines().act(ALICE, burst, new MachineAction.Start());
            node.federation().machines().act(ALICE, stays, new MachineAction.Start());
            Machine home = awaited(
                    node, burst, machine -> machine.cloud().equals(A) && machine.state() == MachineState.ACTIVE);
            assertThat(home.nics()).hasSize(1);
            assertThat(awaited(node, stays, machine -> machine.state() == MachineState.ACTIVE)
                            .cloud())
                    .isEqualTo(B);
            assertThat(count(node, A)).isEqualTo(1);
            assertThat(count(node, B)).isEqualTo(1);
        }
    }
}
