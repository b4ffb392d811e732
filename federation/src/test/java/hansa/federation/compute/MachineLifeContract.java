package hansa.federation.compute;

import static hansa.federation.Installation.ALICE;
import static hansa.federation.Installation.BOB;
import static hansa.federation.Installation.SIM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hansa.cloud.Bytes;
import hansa.federation.Installation;
import hansa.federation.images.Image;
import hansa.federation.images.ImageId;
import hansa.federation.images.ImageState;
import hansa.federation.listing.Page;
import hansa.federation.sites.FlavourId;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.StoreUrl;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a machine goes through, on either database. */
abstract class MachineLifeContract {

    private static final NewMachine SMALL = NewMachine.of("one", new ImageId("debian12"), new FlavourId("small"));

    @TempDir
    Path folder;

    private Installation node;
    private MachineService machines;

    abstract StoreUrl database(Path folder);

    @BeforeEach
    void start() {
        node = Installation.on(folder).store(database(folder)).start();
        machines = node.federation().machines();
    }

    @AfterEach
    void close() {
        node.close();
    }

    private Machine awaited(MachineId id, Predicate<Machine> condition) {
        return await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> machines.get(ALICE, id), condition);
    }

    private void awaitGone(MachineId id) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(
                        () -> assertThat(machines.getAll(ALICE, List.of(id))).isEmpty());
    }

    private Machine running() {
        return awaited(machines.create(ALICE, SMALL).id(), machine -> machine.state() == MachineState.ACTIVE);
    }

    @Test
    void isPendingAtOnceThenActiveThenGone() {
        Machine wanted = machines.create(ALICE, SMALL);
        assertThat(wanted.state()).isEqualTo(MachineState.PENDING);
        assertThat(wanted.cloud()).isEqualTo(SIM);
        assertThat(wanted.generation()).isEqualTo(1);

        Machine active = awaited(wanted.id(), machine -> machine.state() == MachineState.ACTIVE);
        assertThat(active.nics()).singleElement().satisfies(nic -> {
            assertThat(nic.state()).isEqualTo(LinkState.ACTIVE);
            assertThat(nic.network()).isEqualTo(new NetworkId("private"));
            assertThat(nic.addresses()).isNotEmpty();
        });
        assertThat(node.cloud(SIM).list()).hasSize(1);

        machines.delete(ALICE, wanted.id());
        awaitGone(wanted.id());
        assertThat(node.cloud(SIM).list()).isEmpty();
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(node.events().stream()
                                .filter(event ->
                                        event.subject().equals(wanted.id().value()))
                                .map(event -> event.type()))
                        .startsWith("hansa.machine.created")
                        .endsWith("hansa.machine.deleted"));
    }

    @Test
    void isStoppedStartedSuspendedAndRestarted() {
        MachineId id = running().id();
        machines.act(ALICE, id, new MachineAction.Stop(MachineAction.StopMethod.GRACEFUL));
        assertThat(awaited(id, machine -> machine.state() == MachineState.INACTIVE)
                        .nics())
                .allMatch(nic -> nic.state() == LinkState.INACTIVE);
        machines.act(ALICE, id, new MachineAction.Start());
        awaited(id, machine -> machine.state() == MachineState.ACTIVE);
        machines.act(ALICE, id, new MachineAction.Suspend(MachineAction.SuspendMethod.HIBERNATE));
        awaited(id, machine -> machine.state() == MachineState.SUSPENDED);
        machines.act(ALICE, id, new MachineAction.Start());
        awaited(id, machine -> machine.state() == MachineState.ACTIVE);
        machines.act(ALICE, id, new MachineAction.Restart(MachineAction.RestartMethod.COLD));
        awaited(id, machine -> machine.state() == MachineState.ACTIVE);
    }

    @Test
    void doesNothingThatItsStateForbids() {
        Machine active = running();
        assertThatThrownBy(() -> machines.act(ALICE, active.id(), new MachineAction.Start()))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.ACTION_WRONG_STATE);
                    assertThat(failure.text()).contains("active").contains("stop");
                });
        assertThat(machines.get(ALICE, active.id())).isEqualTo(active);
    }

    @Test
    void isResized() {
        MachineId id = running().id();
        machines.update(ALICE, id, MachineChange.flavour(new FlavourId("large")), OptionalLong.empty());
        Machine large = awaited(
                id,
                machine -> machine.state() == MachineState.ACTIVE
                        && node.cloud(SIM).list().getFirst().size().cores() == 4);
        assertThat(large.flavour()).contains(new FlavourId("large"));
        assertThat(large.size().memoryMib()).isEqualTo(4096);
    }

    @Test
    void isSavedAsAnImageFromWhichOthersBoot() {
        MachineId id = running().id();
        ImageId saved = machines.act(ALICE, id, new MachineAction.Save(MachineAction.SaveMethod.HOT, "mine"))
                .image()
                .orElseThrow();
        Image image = await().atMost(Duration.ofSeconds(10))
                .until(
                        () -> node.federation().images().get(ALICE, saved),
                        candidate -> candidate.state() != ImageState.PENDING);
        assertThat(image.state()).isEqualTo(ImageState.READY);
        assertThat(image.clouds()).containsExactly(SIM);
        Machine second = machines.create(ALICE, NewMachine.of("two", saved, new FlavourId("small")));
        awaited(second.id(), machine -> machine.state() == MachineState.ACTIVE);
    }

    @Test
    void getsItsVolumesAndNetworksEvenWhenTheyAreStillBeingMade() {
        Volume volume = node.federation().volumes().create(ALICE, NewVolume.of("data", 1024));
        Network network = node.federation().networks().create(ALICE, NewNetwork.of("inside", "10.9.0.0/24"));
        Machine machine = machines.create(
                ALICE,
                SMALL.withNics(List.of(NewNic.to(network.id().value()), NewNic.to("PUBLIC")))
                        .withVolumes(List.of(NewVolumeLink.of(volume.id())))
                        .withContext(Optional.of("host"), Optional.of(Bytes.utf8("#!/bin/sh")), List.of()));
        Machine active = awaited(machine.id(), candidate -> candidate.state() == MachineState.ACTIVE);
        assertThat(active.nics()).allMatch(nic -> nic.state() == LinkState.ACTIVE);
        assertThat(active.nics().getFirst().addresses()).allMatch(address -> address.startsWith("10.9.0."));
        assertThat(active.volumes()).singleElement().satisfies(link -> {
            assertThat(link.state()).isEqualTo(LinkState.ACTIVE);
            assertThat(link.device()).isNotEmpty();
        });
        assertThat(node.federation().volumes().get(ALICE, volume.id()).attachment())
                .contains(new Volume.Attachment(active.volumes().getFirst().id(), active.id()));
        machines.delete(ALICE, machine.id());
        awaitGone(machine.id());
        assertThat(node.federation().volumes().get(ALICE, volume.id()).attachment())
                .isEmpty();
    }

    @Test
    void takesLinksWhileItRuns() {
        MachineId id = running().id();
        LinkService links = node.federation().links();
        NicLink nic = links.addNic(ALICE, id, NewNic.to("public"));
        Volume volume = node.federation().volumes().create(ALICE, NewVolume.of("data", 64));
        VolumeLink plugged = links.addVolume(ALICE, id, NewVolumeLink.of(volume.id()));
        awaited(
                id,
                machine -> links.nic(ALICE, nic.id()).state() == LinkState.ACTIVE
                        && links.volumeLink(ALICE, plugged.id()).state() == LinkState.ACTIVE);
        links.delete(ALICE, nic.id());
        links.delete(ALICE, plugged.id());
        Machine left = awaited(
                id, machine -> machine.nics().size() == 1 && machine.volumes().isEmpty());
        assertThat(left.state()).isEqualTo(MachineState.ACTIVE);
        assertThat(node.federation().volumes().get(ALICE, volume.id()).attachment())
                .isEmpty();
        assertThatThrownBy(() -> links.nic(ALICE, nic.id())).isInstanceOf(Failure.class);
    }

    @Test
    void belongsToItsOwnerOnly() {
        Machine machine = machines.create(ALICE, SMALL);
        assertThatThrownBy(() -> machines.get(BOB, machine.id()))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(ErrorCode.RESOURCE_NOT_FOUND));
        assertThat(machines.stamps(BOB, Filter.ALL, Page.first(10))).isEmpty();
        assertThat(machines.stamps(ALICE, Filter.ALL, Page.first(10))).hasSize(1);
        assertThat(machines.count(Installation.OPERATOR, Filter.title("one"))).isEqualTo(1);
    }
}
