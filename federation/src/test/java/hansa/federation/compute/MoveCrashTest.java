package hansa.federation.compute;

import static hansa.federation.Installation.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.cloud.CloudName;
import hansa.federation.Databases;
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
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node dies at a random instant while machines go on from a cloud that refuses and loses answers to others; the next node finishes it. */
class MoveCrashTest {

    private static final int SEEDS = Integer.getInteger("hansa.test.crashes", 12);
    private static final List<CloudName> CLOUDS =
            Stream.of("a", "b", "c").map(CloudName::new).toList();

    @TempDir
    Path folder;

    @Test
    void noMachineIsDoubledOrLostOnItsWayToAnotherCloud() throws Exception {
        try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
            List<Future<?>> runs = new ArrayList<>();
            for (long seed = 1; seed <= SEEDS; seed++) {
                long own = seed;
                runs.add(executor.submit(() -> {
                    run(Files.createDirectories(folder.resolve("seed" + own)), own);
                    return own;
                }));
            }
            for (Future<?> run : runs) {
                run.get();
            }
        }
    }

    private static Installation.Builder clouds(Path own, StoreUrl database, String faultsOfA, String faultsOfB) {
        return Installation.on(own)
                .store(database)
                .cloud("a", Map.of("faults", faultsOfA, "latency", "20ms"))
                .cloud("b", Map.of("faults", faultsOfB, "latency", "20ms"))
                .cloud("c", Map.of("latency", "20ms"));
    }

    private static void run(Path own, long seed) throws IOException {
        RandomGenerator random = new SplittableRandom(seed);
        StoreUrl database = seed % 4 == 0 ? Databases.postgres() : StoreUrl.parse("sqlite:" + own.resolve("hansa.db"));
        String refusing = "on create chance 0.5 seed " + seed + ": refuse capacity \"no host\";"
                + "on create chance 0.3 seed " + (seed + 1) + ": timeout after;"
                + "on create chance 0.2 seed " + (seed + 2) + ": die 0ms \"No valid host was found\";"
                + "on delete chance 0.3 seed " + (seed + 3) + ": timeout after;"
                + "on delete chance 0.3 seed " + (seed + 4) + ": slow 100ms;"
                + "on find chance 0.2 seed " + (seed + 5) + ": error";
        Mortality mortality = new Mortality();
        List<MachineId> acknowledged = new ArrayList<>();
        try (Installation node = clouds(own, database, refusing, refusing)
                .wrappedStore(mortality::store)
                .wrappedCloud(mortality::cloud)
                .start()) {
            mortality.dieAfter(3 + random.nextInt(200));
            for (int i = 0; i < 6 && !mortality.isDead(); i++) {
                try {
                    NewMachine plain = NewMachine.of("m" + i, new ImageId("tiny"), new FlavourId("small"));
                    NewMachine wanted = i % 2 == 0 ? plain : plain.withPlacement(HostAffinityContract.alone("web"));
                    acknowledged.add(
                            node.federation().machines().create(ALICE, wanted).id());
                } catch (Failure | Mortality.Dead e) {
                    assertThat(mortality.isDead() || e instanceof Failure).isTrue();
                }
            }
            await().atMost(Duration.ofSeconds(30)).until(mortality::isDead);
        }
        Mortality successor = new Mortality();
        try (Installation node =
                clouds(own, database, "", "").wrappedCloud(successor::cloud).start()) {
            settles(node, acknowledged);
            assertThat(mortality.assumed()).isEmpty();
            assertThat(successor.assumed()).isEmpty();
        } catch (Throwable e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static void settles(Installation node, List<MachineId> acknowledged) {
        await().atMost(Duration.ofSeconds(40))
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> {
                    List<Machine> machines = machines(node);
                    assertThat(machines).extracting(Machine::id).containsAll(acknowledged);
                    assertThat(machines).allMatch(machine -> machine.state() == MachineState.ACTIVE);
                    for (CloudName cloud : CLOUDS) {
                        assertThat(node.cloud(cloud).list())
                                .as("at %s", cloud)
                                .extracting(remote -> remote.name())
                                .containsExactlyInAnyOrderElementsOf(machines.stream()
                                        .filter(machine -> machine.cloud().equals(cloud))
                                        .map(Machine::title)
                                        .toList());
                    }
                    assertThat(counted(node)).isEqualTo(machines.size());
                });
    }

    private static List<Machine> machines(Installation node) {
        MachineService machines = node.federation().machines();
        return machines.getAll(
                ALICE,
                machines.stamps(ALICE, Filter.ALL, Page.first(100)).stream()
                        .map(stamp -> new MachineId(stamp.id()))
                        .toList());
    }

    /** What the inventory counts is what there is. */
    private static long counted(Installation node) {
        return node.store()
                .read(sql -> sql.createQuery("select coalesce(sum(machines), 0) from cloud_use")
                        .map((row, _) -> row.getLong(1))
                        .one());
    }
}
