package hansa.federation.compute;

import static hansa.federation.Installation.ALICE;
import static hansa.federation.Installation.BOB;
import static hansa.federation.Installation.OPERATOR;
import static hansa.federation.Installation.SIM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hansa.cloud.Adoption;
import hansa.cloud.CloudName;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.cloud.Token;
import hansa.federation.Installation;
import hansa.federation.TamperedCloud;
import hansa.federation.images.ImageId;
import hansa.federation.sites.CloudEntry;
import hansa.federation.sites.CloudSettings;
import hansa.federation.sites.CloudSettings.Existing;
import hansa.federation.sites.FlavourId;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Machines that were at a cloud before Hansa. */
class AdoptionTest {

    @TempDir
    Path folder;

    private final Queue<String> calls = new ConcurrentLinkedQueue<>();

    private Installation.Builder builder(Existing existing, Map<String, String> settings) {
        return Installation.on(folder)
                .cloud("sim", settings)
                .cloudSettings(new CloudSettings(Optional.empty(), Optional.empty(), existing))
                .wrappedCloud(cloud -> new TamperedCloud(cloud, (verb, answer) -> {
                    calls.add(verb);
                    return answer.get();
                }));
    }

    private Installation start(Existing existing) {
        return builder(existing, Map.of("existing-machines", "3")).start();
    }

    /** What happens after the first look does not show but where a job comes upon it. */
    private Installation lookingOnce() {
        return builder(Existing.ADOPT, Map.of("existing-machines", "1"))
                .observeEvery(Duration.ofHours(1))
                .start();
    }

    private static List<ExistingMachine> awaitShown(Installation node, int number) {
        return await().atMost(Duration.ofSeconds(15))
                .until(() -> node.federation().existingMachines().list(OPERATOR, SIM), all -> all.size() == number);
    }

    private static Machine awaited(Installation node, MachineId id, Predicate<Machine> condition) {
        return await().atMost(Duration.ofSeconds(15))
                .until(() -> node.federation().machines().get(OPERATOR, id), condition);
    }

    private static Adoption adoption(Installation node) {
        return node.cloud(SIM).facet(Adoption.class).orElseThrow();
    }

    private static NewAdoption wish(RemoteId machine, Optional<String> owner) {
        return new NewAdoption(machine, owner, Optional.empty(), Optional.empty());
    }

    private static NewMachine small() {
        return NewMachine.of("one", new ImageId("tiny"), new FlavourId("small"));
    }

    private static long watches(Queue<String> calls) {
        return calls.stream().filter("list"::equals).count();
    }

    /** Neither of them is asked for, looked at, or touched, and neither are they in the way. */
    @Test
    void machines_that_are_ignored_are_never_touched() {
        try (Installation node = start(Existing.IGNORE)) {
            List<RemoteMachine> before = adoption(node).others();
            calls.clear();
            MachineId id = node.federation().machines().create(ALICE, small()).id();
            awaited(node, id, machine -> machine.state() == MachineState.ACTIVE);
            node.federation().machines().delete(ALICE, id);
            await().until(() -> node.cloud(SIM).list().isEmpty());
            long seen = watches(calls);
            await().until(() -> watches(calls) > seen + 3);
            assertThat(calls)
                    .doesNotContain("others")
                    .noneMatch(call -> before.stream().anyMatch(machine -> call.endsWith(" " + machine.id())));
            assertThat(adoption(node).others()).isEqualTo(before);
            assertThat(node.federation().existingMachines().list(OPERATOR, SIM)).isEmpty();
            assertThat(node.federation().sites().clouds(ALICE))
                    .extracting(CloudEntry::strangers)
                    .containsExactly(0);
        }
    }

    @Test
    void machines_that_are_shown_are_looked_at_and_left_alone() {
        try (Installation node = start(Existing.SHOW)) {
            List<RemoteMachine> before = adoption(node).others();
            List<ExistingMachine> shown = awaitShown(node, 3);
            assertThat(shown).extracting(ExistingMachine::name).containsExactly("before-1", "before-2", "before-3");
            assertThat(shown).extracting(ExistingMachine::state).containsOnly(RemoteState.RUNNING);
            RemoteId first = shown.getFirst().id();
            assertThatThrownBy(() ->
                            node.federation().existingMachines().adopt(OPERATOR, SIM, wish(first, Optional.empty())))
                    .isInstanceOfSatisfying(
                            Failure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CLOUD_UNSUPPORTED))
                    .hasMessageContaining("set clouds.sim.existing to adopt");
            assertThat(adoption(node).others()).isEqualTo(before);
            assertThat(calls).noneMatch(call -> call.endsWith(" " + first));
        }
    }

    @Test
    void only_operators_see_and_adopt_them() {
        try (Installation node = start(Existing.ADOPT)) {
            RemoteId first = awaitShown(node, 3).getFirst().id();
            ExistingMachines existing = node.federation().existingMachines();
            assertThatThrownBy(() -> existing.list(ALICE, SIM))
                    .isInstanceOfSatisfying(
                            Failure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.POLICY_DENIED));
            assertThatThrownBy(() -> existing.adopt(ALICE, SIM, wish(first, Optional.empty())))
                    .isInstanceOfSatisfying(
                            Failure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.POLICY_DENIED));
            assertThatThrownBy(() -> existing.list(OPERATOR, new CloudName("nowhere")))
                    .isInstanceOfSatisfying(
                            Failure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE_NOT_FOUND));
        }
    }

    @Test
    void an_adopted_machine_is_its_owner_s_as_any_other() {
        try (Installation node = start(Existing.ADOPT)) {
            ExistingMachine first = awaitShown(node, 3).getFirst();
            MachineId id = node.federation()
                    .existingMachines()
                    .adopt(OPERATOR, SIM, wish(first.id(), Optional.of(BOB.id())))
                    .id();
            Machine adopted = awaited(node, id, machine -> machine.state() == MachineState.ACTIVE);
            assertThat(adopted.owner()).isEqualTo(BOB.id());
            assertThat(adopted.title()).isEqualTo("before-1");
            assertThat(adopted.size()).isEqualTo(first.size());
            assertThat(adopted.image()).isEqualTo(ExistingMachines.UNKNOWN_IMAGE);
            assertThat(adopted.created()).isEqualTo(first.created());
            assertThat(adopted.nics()).hasSize(1);
            assertThat(node.cloud(SIM).list()).extracting(RemoteMachine::id).containsExactly(first.id());
            awaitShown(node, 2);
            assertThatThrownBy(() -> node.federation()
                            .existingMachines()
                            .adopt(OPERATOR, SIM, wish(first.id(), Optional.empty())))
                    .isInstanceOfSatisfying(
                            Failure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.RESOURCE_EXISTS));

            node.federation().machines().act(BOB, id, new MachineAction.Stop(MachineAction.StopMethod.GRACEFUL));
            awaited(node, id, machine -> machine.state() == MachineState.INACTIVE);
            assertThat(node.cloud(SIM).read(first.id()).state()).isEqualTo(RemoteState.STOPPED);
            node.federation().machines().delete(BOB, id);
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> node.federation()
                            .machines()
                            .getAll(BOB, List.of(id))
                            .isEmpty());
            assertThat(node.cloud(SIM).list()).isEmpty();
            assertThat(adoption(node).others()).hasSize(2);
        }
    }

    @Test
    void it_counts_to_its_owner_s_quota_until_it_is_deleted() {
        Quotas one = new Quotas(1, 100, 1 << 20, 10, 1 << 20, 10);
        try (Installation node = builder(Existing.ADOPT, Map.of("existing-machines", "1"))
                .quotas(one)
                .start()) {
            ExistingMachine first = awaitShown(node, 1).getFirst();
            MachineId id = node.federation()
                    .existingMachines()
                    .adopt(OPERATOR, SIM, wish(first.id(), Optional.of(BOB.id())))
                    .id();
            assertThatThrownBy(() -> node.federation().machines().create(BOB, small()))
                    .isInstanceOfSatisfying(
                            Failure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUOTA_EXCEEDED));
            awaited(node, id, machine -> machine.state() == MachineState.ACTIVE);
            node.federation().machines().delete(BOB, id);
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> node.federation()
                            .machines()
                            .getAll(BOB, List.of(id))
                            .isEmpty());
            assertThat(node.federation().machines().create(BOB, small()).owner())
                    .isEqualTo(BOB.id());
        }
    }

    @Test
    void an_adoption_whose_answer_was_lost_is_carried_out_once() {
        try (Installation node = builder(
                        Existing.ADOPT, Map.of("existing-machines", "1", "faults", "on adopt nth 1: timeout after"))
                .start()) {
            ExistingMachine first = awaitShown(node, 1).getFirst();
            MachineId id = node.federation()
                    .existingMachines()
                    .adopt(OPERATOR, SIM, wish(first.id(), Optional.empty()))
                    .id();
            awaited(node, id, machine -> machine.state() == MachineState.ACTIVE);
            assertThat(node.cloud(SIM).list()).extracting(RemoteMachine::id).containsExactly(first.id());
        }
    }

    @Test
    void one_that_somebody_else_took_is_given_up_and_deleting_it_here_leaves_it_there() {
        try (Installation node = lookingOnce()) {
            ExistingMachine first = awaitShown(node, 1).getFirst();
            Token theirs = new Token("another-installation");
            adoption(node).adopt(first.id(), theirs);
            MachineId id = node.federation()
                    .existingMachines()
                    .adopt(OPERATOR, SIM, wish(first.id(), Optional.empty()))
                    .id();
            Machine refused = awaited(node, id, machine -> machine.message().contains("carries another token"));
            assertThat(refused.state()).isNotEqualTo(MachineState.DELETING);
            node.federation().machines().delete(OPERATOR, id);
            await().atMost(Duration.ofSeconds(15))
                    .until(() -> node.federation()
                            .machines()
                            .getAll(OPERATOR, List.of(id))
                            .isEmpty());
            assertThat(node.cloud(SIM).read(first.id()).token()).contains(theirs);
            assertThat(calls).doesNotContain("delete " + first.id());
        }
    }

    @Test
    void one_that_is_gone_before_it_is_adopted_says_so() {
        try (Installation node = lookingOnce()) {
            ExistingMachine first = awaitShown(node, 1).getFirst();
            node.cloud(SIM).delete(first.id());
            MachineId id = node.federation()
                    .existingMachines()
                    .adopt(OPERATOR, SIM, wish(first.id(), Optional.empty()))
                    .id();
            Machine gone = awaited(node, id, machine -> machine.state() == MachineState.ERROR);
            assertThat(gone.message()).contains("disappeared from the cloud 'sim'");
        }
    }
}
