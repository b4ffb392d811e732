package hansa.federation.compute;

import static hansa.federation.Installation.ALICE;
import static hansa.federation.Installation.SIM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.cloud.BootContext;
import hansa.cloud.Cloud;
import hansa.cloud.MachineOrder;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.Token;
import hansa.federation.Installation;
import hansa.federation.images.ImageId;
import hansa.federation.sites.CloudEntry;
import hansa.federation.sites.FlavourId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of machines when their cloud misbehaves. */
class FaultTest {

    private static final NewMachine SMALL = NewMachine.of("one", new ImageId("tiny"), new FlavourId("small"));

    @TempDir
    Path folder;

    private static Machine awaited(Installation node, MachineId id, Predicate<Machine> condition) {
        return await().atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> node.federation().machines().get(ALICE, id), condition);
    }

    private static MachineId create(Installation node) {
        return node.federation().machines().create(ALICE, SMALL).id();
    }

    private static void awaitGone(Installation node, MachineId id) {
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> {
            assertThat(node.federation().machines().getAll(ALICE, List.of(id))).isEmpty();
            assertThat(node.cloud(SIM).list()).isEmpty();
        });
    }

    @Test
    void aCreationWhoseAnswerWasLostIsFoundAgain() {
        try (Installation node =
                Installation.on(folder).faults("on create nth 1: timeout after").start()) {
            MachineId id = create(node);
            awaited(node, id, machine -> machine.state() == MachineState.ACTIVE);
            assertThat(node.cloud(SIM).list()).hasSize(1);
        }
    }

    @Test
    void aCreationThatReachesTheCloudTwiceMakesOneMachine() {
        try (Installation node =
                Installation.on(folder).faults("on create always: duplicate").start()) {
            MachineId id = create(node);
            awaited(node, id, machine -> machine.state() == MachineState.ACTIVE);
            assertThat(node.cloud(SIM).list()).hasSize(1);
        }
    }

    @Test
    void anOutageShowsItsReasonAndPasses() {
        try (Installation node = Installation.on(folder)
                .faults("on create first 2: error \"kaboom\"")
                .start()) {
            MachineId id = create(node);
            Machine waiting = awaited(node, id, machine -> !machine.message().isEmpty());
            assertThat(waiting.state()).isEqualTo(MachineState.PENDING);
            assertThat(waiting.message()).contains("kaboom").endsWith("; trying again.");
            assertThat(awaited(node, id, machine -> machine.state() == MachineState.ACTIVE)
                            .message())
                    .isEmpty();
        }
    }

    @Test
    void aRefusalForGoodIsAnErrorThatAStartTriesAgain() {
        try (Installation node = Installation.on(folder)
                .faults("on create nth 1: refuse invalid \"no such planet\"")
                .start()) {
            MachineId id = create(node);
            Machine failed = awaited(node, id, machine -> machine.state() == MachineState.ERROR);
            assertThat(failed.message())
                    .isEqualTo("It could not be made: the cloud 'sim' refuses: no such planet. Start tries again,"
                            + " delete removes it.");
            node.federation().machines().act(ALICE, id, new MachineAction.Start());
            awaited(node, id, machine -> machine.state() == MachineState.ACTIVE);
        }
    }

    @Test
    void aFailedCreationIsDeletedWithoutATrace() {
        try (Installation node = Installation.on(folder)
                .faults("on create always: refuse invalid")
                .start()) {
            MachineId id = create(node);
            awaited(node, id, machine -> machine.state() == MachineState.ERROR);
            node.federation().machines().delete(ALICE, id);
            awaitGone(node, id);
        }
    }

    @Test
    void aSlowDeletionIsWaitedFor() {
        try (Installation node =
                Installation.on(folder).faults("on delete always: slow 300ms").start()) {
            MachineId id = create(node);
            awaited(node, id, machine -> machine.state() == MachineState.ACTIVE);
            node.federation().machines().delete(ALICE, id);
            assertThat(node.federation().machines().get(ALICE, id).state()).isEqualTo(MachineState.DELETING);
            awaitGone(node, id);
        }
    }

    @Test
    void aMachineThatDiesByItselfSaysWhyAndCanBeStarted() {
        try (Installation node = Installation.on(folder)
                .faults("on create nth 1: die 100ms \"the host caught fire\"")
                .start()) {
            MachineId id = create(node);
            Machine dead = awaited(node, id, machine -> machine.state() == MachineState.ERROR);
            assertThat(dead.message()).contains("the host caught fire");
            node.federation().machines().delete(ALICE, id);
            awaitGone(node, id);
        }
    }

    @Test
    void whatHappensBehindOurBackIsShown() {
        try (Installation node = Installation.on(folder).start()) {
            MachineId stopped = create(node);
            MachineId vanished = create(node);
            awaited(node, stopped, machine -> machine.state() == MachineState.ACTIVE);
            awaited(node, vanished, machine -> machine.state() == MachineState.ACTIVE);
            Cloud cloud = node.cloud(SIM);
            var first = cloud.list().get(0).id();
            var second = cloud.list().get(1).id();
            cloud.power(first, PowerAction.POWER_OFF);
            cloud.delete(second);
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(
                                    node.federation().machines().getAll(ALICE, List.of(stopped, vanished)))
                            .extracting(Machine::state)
                            .containsExactlyInAnyOrder(MachineState.INACTIVE, MachineState.ERROR));
            assertThat(node.federation().machines().getAll(ALICE, List.of(stopped, vanished)))
                    .extracting(Machine::message)
                    .anyMatch(message -> message.contains("stopped outside of Hansa"))
                    .anyMatch(message -> message.contains("disappeared from the cloud 'sim'"));
        }
    }

    @Test
    void aVanishedMachineIsMadeAnewByAStart() {
        try (Installation node = Installation.on(folder).start()) {
            MachineId id = create(node);
            awaited(node, id, machine -> machine.state() == MachineState.ACTIVE);
            node.cloud(SIM).delete(node.cloud(SIM).list().getFirst().id());
            awaited(node, id, machine -> machine.state() == MachineState.ERROR);
            node.federation().machines().act(ALICE, id, new MachineAction.Start());
            awaited(node, id, machine -> machine.state() == MachineState.ACTIVE);
            assertThat(node.cloud(SIM).list()).hasSize(1);
        }
    }

    @Test
    void whatAppearsAfterItsMachineWasDeletedIsRemoved() {
        try (Installation node = Installation.on(folder).start()) {
            MachineId id = create(node);
            awaited(node, id, machine -> machine.state() == MachineState.ACTIVE);
            var token = node.cloud(SIM).list().getFirst().token().orElseThrow();
            node.federation().machines().delete(ALICE, id);
            awaitGone(node, id);
            node.cloud(SIM).create(order(token));
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(node.cloud(SIM).list()).isEmpty());
        }
    }

    @Test
    void aStrangerIsCountedAndLeftAlone() {
        try (Installation node = Installation.on(folder).start()) {
            node.cloud(SIM).create(order(new Token("somebody-elses")));
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(node.federation().sites().clouds(ALICE))
                            .singleElement()
                            .satisfies(cloud -> assertThat(cloud.strangers()).isEqualTo(1)));
            assertThat(node.cloud(SIM).list()).hasSize(1);
        }
    }

    private static MachineOrder order(Token token) {
        return new MachineOrder(
                token,
                "late",
                new RemoteId("tiny"),
                Samples.SMALL,
                Optional.empty(),
                BootContext.EMPTY,
                List.of(),
                List.of());
    }

    @Test
    void aLinkThatWasTakenBackBeforeTheMachineWasMadeIsNotMade() {
        try (Installation node = Installation.on(folder)
                .faults("on create first 2: error; on volume-create first 2: error")
                .start()) {
            VolumeId volume = node.federation()
                    .volumes()
                    .create(ALICE, NewVolume.of("v", 16))
                    .id();
            MachineId id = node.federation()
                    .machines()
                    .create(
                            ALICE,
                            SMALL.withNics(List.of(NewNic.to("public"), NewNic.to("private")))
                                    .withVolumes(List.of(NewVolumeLink.of(volume))))
                    .id();
            Machine pending = node.federation().machines().get(ALICE, id);
            node.federation().links().delete(ALICE, pending.nics().getFirst().id());
            node.federation().links().delete(ALICE, pending.volumes().getFirst().id());
            Machine active = awaited(
                    node,
                    id,
                    machine -> machine.state() == MachineState.ACTIVE
                            && machine.nics().size() == 1
                            && machine.volumes().isEmpty());
            assertThat(active.nics().getFirst().network()).isEqualTo(new NetworkId("private"));
            assertThat(node.cloud(SIM).list().getFirst().nics()).hasSize(1);
            assertThat(node.cloud(SIM).list().getFirst().volumes()).isEmpty();
        }
    }

    @Test
    void aCloudThatIsDownIsShownAndItsMachinesWait() {
        try (Installation node = Installation.on(folder)
                .cloud("sim", Map.of())
                .cloud("down", Map.of("faults", "on describe,list,recover always: error \"maintenance\""))
                .start()) {
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                assertThat(node.federation().sites().clouds(ALICE))
                        .extracting(CloudEntry::health)
                        .containsExactly(CloudEntry.Health.UP, CloudEntry.Health.DOWN);
                assertThat(node.federation().sites().clouds(ALICE).get(1).message())
                        .contains("maintenance");
            });
            awaited(node, create(node), machine -> machine.state() == MachineState.ACTIVE);
        }
    }
}
