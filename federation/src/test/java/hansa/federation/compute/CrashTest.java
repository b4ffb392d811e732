package hansa.federation.compute;

import static hansa.federation.Installation.ALICE;
import static hansa.federation.Installation.SIM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteVolume;
import hansa.cloud.RemoteVolumeCopy.Kind;
import hansa.cloud.VolumeCopies;
import hansa.cloud.Volumes;
import hansa.federation.Databases;
import hansa.federation.Federation;
import hansa.federation.Installation;
import hansa.federation.Mortality;
import hansa.federation.images.ImageId;
import hansa.federation.listing.Page;
import hansa.federation.sites.FlavourId;
import hansa.kernel.base.Failure;
import hansa.kernel.store.StoreUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node dies at a random instant, with a cloud that loses answers; another one takes over what it left. */
class CrashTest {

    private static final int SEEDS = Integer.getInteger("hansa.test.crashes", 12);
    private static final int AT_ONCE = 6;

    @TempDir
    Path folder;

    @Test
    void losesNothingDoublesNothingAndLeavesNothingBehind() throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> runs = new ArrayList<>();
            for (long seed = 1; seed <= SEEDS; seed++) {
                long own = seed;
                runs.add(executor.submit(() -> {
                    new Life(Files.createDirectories(folder.resolve("seed" + own)), own).run();
                    return own;
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        }
    }

    /** One node's life and death and the next one's work. */
    private static final class Life {
        private final Path own;
        private final long seed;
        private final RandomGenerator random;
        private final List<MachineId> acknowledged = new ArrayList<>();
        private final Set<MachineId> deleted = new HashSet<>();
        private final Set<MachineId> deletedPerhaps = new HashSet<>();

        Life(Path own, long seed) {
            this.own = own;
            this.seed = seed;
            this.random = new SplittableRandom(seed);
        }

        void run() throws IOException {
            String faults = "on create chance 0.4 seed " + seed + ": timeout after;"
                    + "on create chance 0.1 seed " + (seed + 1) + ": timeout before;"
                    + "on delete chance 0.2 seed " + (seed + 2) + ": timeout after;"
                    + "on delete chance 0.2 seed " + (seed + 3) + ": slow 100ms;"
                    + "on volume-create chance 0.2 seed " + (seed + 4) + ": timeout after;"
                    + "on copy-take chance 0.3 seed " + (seed + 6) + ": timeout after;"
                    + "on copy-restore chance 0.3 seed " + (seed + 7) + ": timeout after;"
                    + "on copy-delete chance 0.2 seed " + (seed + 8) + ": timeout before;"
                    + "on find chance 0.1 seed " + (seed + 5) + ": error";
            StoreUrl database =
                    seed % 4 == 0 ? Databases.postgres() : StoreUrl.parse("sqlite:" + own.resolve("hansa.db"));
            Mortality mortality = new Mortality();
            try (Installation node = Installation.on(own)
                    .store(database)
                    .cloud("sim", Map.of("faults", faults, "latency", "20ms"))
                    .wrappedStore(mortality::store)
                    .wrappedCloud(mortality::cloud)
                    .start()) {
                mortality.dieAfter(3 + random.nextInt(150));
                work(node.federation(), mortality);
                await().atMost(Duration.ofSeconds(20)).until(mortality::isDead);
            }
            Mortality successor = new Mortality();
            try (Installation node = Installation.on(own)
                    .store(database)
                    .cloud("sim", Map.of("latency", "20ms"))
                    .wrappedCloud(successor::cloud)
                    .start()) {
                settles(node);
                assertThat(mortality.assumed()).isEmpty();
                assertThat(successor.assumed()).isEmpty();
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed, e);
            }
        }

        private void work(Federation federation, Mortality mortality) {
            for (int i = 0; i < 6 && !mortality.isDead(); i++) {
                try {
                    NewMachine wanted = NewMachine.of("m" + i, new ImageId("tiny"), new FlavourId("small"));
                    if (random.nextInt(3) == 0) {
                        Volume volume = federation.volumes().create(ALICE, NewVolume.of("v" + i, 16));
                        wanted = wanted.withVolumes(List.of(NewVolumeLink.of(volume.id())));
                    }
                    if (random.nextInt(3) == 0) {
                        wanted = wanted.withPlacement(HostAffinityContract.sharing("web"));
                    }
                    copy(federation);
                    acknowledged.add(federation.machines().create(ALICE, wanted).id());
                    if (random.nextInt(2) == 0) {
                        MachineId victim = acknowledged.get(random.nextInt(acknowledged.size()));
                        deletedPerhaps.add(victim);
                        federation.machines().delete(ALICE, victim);
                        deleted.add(victim);
                    }
                } catch (Mortality.Dead e) {
                    assertThat(mortality.isDead()).isTrue();
                } catch (Failure e) {
                    // Deleted before and gone by now; or a copy that is not there yet, or that something is made of.
                    assertThat(e.code().dotted())
                            .isIn("resource.not-found", "action.wrong-state", "resource.in-use", "attribute.invalid");
                }
            }
        }

        /** Copies some volume, makes one of some copy, or deletes some copy. */
        private void copy(Federation federation) {
            List<Volume> there = volumes(federation);
            if (there.isEmpty()) {
                federation.volumes().create(ALICE, NewVolume.of("source", 16));
                return;
            }
            Volume some = there.get(random.nextInt(there.size()));
            if (some.copy().isEmpty()) {
                Kind kind = random.nextBoolean() ? Kind.SNAPSHOT : Kind.BACKUP;
                federation
                        .volumes()
                        .copy(ALICE, some.id(), new NewCopy(kind, Optional.empty(), "c" + there.size(), ""));
            } else if (random.nextInt(3) > 0) {
                federation
                        .volumes()
                        .create(
                                ALICE,
                                new NewVolume(
                                        Optional.empty(),
                                        "r" + there.size(),
                                        "",
                                        0,
                                        Optional.empty(),
                                        Set.of(),
                                        Optional.of(some.id())));
            } else {
                federation.volumes().delete(ALICE, some.id());
            }
        }

        private void settles(Installation node) {
            Federation federation = node.federation();
            await().atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(50))
                    .untilAsserted(() -> {
                        List<Machine> machines = machines(federation);
                        Set<String> ids = new HashSet<>();
                        machines.forEach(machine -> ids.add(machine.id().value()));
                        for (MachineId id : acknowledged) {
                            if (deleted.contains(id)) {
                                assertThat(ids).as("deleted").doesNotContain(id.value());
                            } else if (!deletedPerhaps.contains(id)) {
                                assertThat(ids).as("acknowledged").contains(id.value());
                            }
                        }
                        assertThat(machines).allMatch(machine -> machine.state() == MachineState.ACTIVE);
                        assertThat(machines)
                                .flatMap(Machine::volumes)
                                .allMatch(link -> link.state() == LinkState.ACTIVE);
                        assertThat(node.cloud(SIM).list())
                                .extracting(RemoteMachine::name)
                                .containsExactlyInAnyOrderElementsOf(
                                        machines.stream().map(Machine::title).toList());
                        assertThat(node.cloud(SIM)
                                        .facet(Volumes.class)
                                        .orElseThrow()
                                        .list())
                                .extracting(RemoteVolume::name)
                                .containsExactlyInAnyOrderElementsOf(volumes(federation).stream()
                                        .filter(volume -> volume.copy().isEmpty())
                                        .map(Volume::title)
                                        .toList());
                        assertThat(node.cloud(SIM)
                                        .facet(VolumeCopies.class)
                                        .orElseThrow()
                                        .list())
                                .extracting(copy -> copy.kind() + " " + copy.name())
                                .containsExactlyInAnyOrderElementsOf(volumes(federation).stream()
                                        .flatMap(volume ->
                                                volume.copy().stream().map(copy -> copy.kind() + " " + volume.title()))
                                        .toList());
                        assertThat(volumes(federation))
                                .allMatch(volume -> volume.state()
                                        == (volume.copy().isPresent() ? VolumeState.OFFLINE : VolumeState.ONLINE));
                    });
            assertThat(federation.sites().clouds(ALICE)).allMatch(cloud -> cloud.strangers() == 0);
        }

        private static List<Machine> machines(Federation federation) {
            return federation
                    .machines()
                    .getAll(
                            ALICE,
                            federation.machines().stamps(ALICE, Filter.ALL, Page.first(100)).stream()
                                    .map(stamp -> new MachineId(stamp.id()))
                                    .toList());
        }

        private static List<Volume> volumes(Federation federation) {
            return federation
                    .volumes()
                    .getAll(
                            ALICE,
                            federation.volumes().stamps(ALICE, Filter.ALL, Page.first(100)).stream()
                                    .map(stamp -> new VolumeId(stamp.id()))
                                    .toList());
        }
    }
}
