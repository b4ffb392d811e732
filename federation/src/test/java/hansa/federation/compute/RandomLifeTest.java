package hansa.federation.compute;

import static hansa.federation.Installation.ALICE;
import static hansa.federation.Installation.SIM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.federation.Installation;
import hansa.federation.compute.MachineAction.RestartMethod;
import hansa.federation.compute.MachineAction.StopMethod;
import hansa.federation.compute.MachineAction.SuspendMethod;
import hansa.federation.images.ImageId;
import hansa.federation.sites.FlavourId;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wished in whatever order on a cloud that falters: in the end it is as the last wishes said. */
class RandomLifeTest {

    private static final Set<ErrorCode> EXPECTED =
            EnumSet.of(ErrorCode.ACTION_WRONG_STATE, ErrorCode.RESOURCE_NOT_FOUND, ErrorCode.RESOURCE_IN_USE);

    @TempDir
    Path folder;

    /** What the accepted wishes add up to. */
    private static final class Model {
        Desired desired = Desired.RUNNING;
        String flavour = "small";
        int nics;
        final List<LinkId> volumes = new ArrayList<>();
    }

    private final Map<MachineId, Model> models = new LinkedHashMap<>();
    private Installation node;
    private RandomGenerator random;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void endsAsTheLastWishesSay(long seed) {
        random = new SplittableRandom(seed);
        String faults = "on power chance 0.1 seed " + seed + ": timeout after;"
                + "on power chance 0.1 seed " + (seed + 1) + ": error;"
                + "on nic-attach chance 0.2 seed " + (seed + 2) + ": timeout after;"
                + "on volume-attach,volume-detach chance 0.2 seed " + (seed + 3) + ": timeout after;"
                + "on read chance 0.05 seed " + (seed + 4) + ": error";
        try (Installation running = Installation.on(folder)
                .cloud("sim", Map.of("faults", faults, "latency", "10ms"))
                .start()) {
            node = running;
            for (int i = 0; i < 80; i++) {
                wish();
            }
            await().atMost(Duration.ofSeconds(40))
                    .pollInterval(Duration.ofMillis(50))
                    .untilAsserted(() -> assertSettled("seed " + seed));
        }
    }

    private void wish() {
        if (models.size() < 4 || random.nextInt(10) == 0) {
            MachineId id = node.federation()
                    .machines()
                    .create(ALICE, NewMachine.of("m", new ImageId("tiny"), new FlavourId("small")))
                    .id();
            models.put(id, new Model());
            return;
        }
        List<MachineId> ids = List.copyOf(models.keySet());
        MachineId id = ids.get(random.nextInt(ids.size()));
        Model model = models.get(id);
        if (model == null) {
            throw new IllegalStateException("no model of " + id);
        }
        try {
            wish(id, model);
        } catch (Failure e) {
            assertThat(EXPECTED).contains(e.code());
        }
    }

    private void wish(MachineId id, Model model) {
        MachineService machines = node.federation().machines();
        LinkService links = node.federation().links();
        switch (random.nextInt(10)) {
            case 0 -> {
                machines.act(ALICE, id, new MachineAction.Start());
                model.desired = Desired.RUNNING;
            }
            case 1, 2 -> {
                machines.act(ALICE, id, new MachineAction.Stop(StopMethod.GRACEFUL));
                model.desired = Desired.STOPPED;
            }
            case 3 -> {
                machines.act(ALICE, id, new MachineAction.Suspend(SuspendMethod.SUSPEND));
                model.desired = Desired.SUSPENDED;
            }
            case 4 -> {
                machines.act(ALICE, id, new MachineAction.Restart(RestartMethod.COLD));
                model.desired = Desired.RUNNING;
            }
            case 5 -> {
                String flavour = random.nextBoolean() ? "medium" : "large";
                machines.update(ALICE, id, MachineChange.flavour(new FlavourId(flavour)), OptionalLong.empty());
                model.flavour = flavour;
            }
            case 6 -> {
                links.addNic(ALICE, id, NewNic.to("public"));
                model.nics++;
            }
            case 7 -> {
                VolumeId volume = node.federation()
                        .volumes()
                        .create(ALICE, NewVolume.of("v", 8))
                        .id();
                model.volumes.add(
                        links.addVolume(ALICE, id, NewVolumeLink.of(volume)).id());
            }
            case 8 -> {
                if (!model.volumes.isEmpty()) {
                    links.delete(ALICE, model.volumes.getLast());
                    model.volumes.removeLast();
                }
            }
            default -> {
                machines.delete(ALICE, id);
                model.desired = Desired.DELETED;
            }
        }
    }

    private void assertSettled(String seed) {
        List<Machine> alive = new ArrayList<>();
        models.forEach((id, model) -> {
            List<Machine> found = node.federation().machines().getAll(ALICE, List.of(id));
            if (model.desired == Desired.DELETED) {
                assertThat(found).as(seed).isEmpty();
                return;
            }
            assertThat(found).as(seed).singleElement().satisfies(machine -> {
                assertThat(machine.state()).isEqualTo(state(model.desired));
                assertThat(machine.desired()).isEqualTo(model.desired);
                assertThat(machine.flavour()).as(machine.message()).contains(new FlavourId(model.flavour));
                // One is the cloud's default, unless an interface was wished for before the machine was made.
                assertThat(machine.nics().size()).isBetween(Math.max(1, model.nics), model.nics + 1);
                assertThat(machine.nics()).allMatch(nic -> plugged(nic.state()));
                assertThat(machine.volumes()).extracting(VolumeLink::id).containsExactlyElementsOf(model.volumes);
                assertThat(machine.volumes()).allMatch(link -> plugged(link.state()));
                alive.add(machine);
            });
        });
        List<RemoteMachine> remote = node.cloud(SIM).list();
        assertThat(remote).as(seed).hasSameSizeAs(alive);
        assertThat(remote)
                .extracting(machine -> fingerprint(
                        machine.state(),
                        machine.size().cores(),
                        machine.nics().size(),
                        machine.volumes().size()))
                .containsExactlyInAnyOrderElementsOf(alive.stream()
                        .map(machine -> fingerprint(
                                remoteState(machine.desired()),
                                machine.size().cores(),
                                machine.nics().size(),
                                machine.volumes().size()))
                        .toList());
    }

    private static boolean plugged(LinkState state) {
        return state == LinkState.ACTIVE || state == LinkState.INACTIVE;
    }

    private static String fingerprint(RemoteState state, int cores, int nics, int volumes) {
        return state + " " + cores + " " + nics + " " + volumes;
    }

    private static MachineState state(Desired desired) {
        return switch (desired) {
            case RUNNING -> MachineState.ACTIVE;
            case STOPPED -> MachineState.INACTIVE;
            case SUSPENDED -> MachineState.SUSPENDED;
            case DELETED -> MachineState.DELETING;
        };
    }

    private static RemoteState remoteState(Desired desired) {
        return switch (desired) {
            case RUNNING -> RemoteState.RUNNING;
            case STOPPED -> RemoteState.STOPPED;
            case SUSPENDED -> RemoteState.PAUSED;
            case DELETED -> throw new IllegalArgumentException("it is gone");
        };
    }
}
