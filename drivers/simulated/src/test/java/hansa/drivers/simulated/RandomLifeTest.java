package hansa.drivers.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.Networks;
import hansa.cloud.NicOrder;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteNic;
import hansa.cloud.RemoteVolume;
import hansa.cloud.Size;
import hansa.cloud.Snapshots;
import hansa.cloud.Token;
import hansa.cloud.Volumes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to it, a simulated cloud stays consistent and is the same after it was opened again. */
final class RandomLifeTest {

    private static final long SEED = 20260728L;
    private static final Map<String, String> SETTINGS =
            Map.of("latency", "2s", "faults", "on delete every 3: slow 3s; on create every 5: die 4s");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final Hand clock = new Hand();

    @Test
    void one_after_the_other() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int opening = 0; opening < 20; opening++) {
            List<RemoteMachine> machines;
            List<RemoteVolume> volumes;
            try (Cloud cloud = Fixtures.open(folder, SETTINGS, clock)) {
                for (int step = 0; step < 100; step++) {
                    act(cloud, random);
                    clock.pass(Duration.ofMillis(random.nextInt(1000)));
                }
                assertConsistent(cloud);
                machines = cloud.list();
                volumes = cloud.facet(Volumes.class).orElseThrow().list();
            }
            try (Cloud cloud = Fixtures.open(folder, SETTINGS, clock)) {
                assertThat(cloud.list())
                        .as("seed %s, opening %s", SEED, opening)
                        .isEqualTo(machines);
                assertThat(cloud.facet(Volumes.class).orElseThrow().list())
                        .as("seed %s, opening %s", SEED, opening)
                        .isEqualTo(volumes);
            }
        }
    }

    @Test
    void many_at_once() throws ExecutionException, InterruptedException {
        try (Cloud cloud = Fixtures.open(folder, SETTINGS, clock);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                SplittableRandom random = new SplittableRandom(SEED + thread);
                running.add(threads.submit(() -> {
                    for (int step = 0; step < 300; step++) {
                        act(cloud, random);
                        clock.pass(Duration.ofMillis(random.nextInt(100)));
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
            assertConsistent(cloud);
        }
    }

    private static void act(Cloud cloud, SplittableRandom random) {
        try {
            actOrBeRefused(cloud, random);
        } catch (CloudException.Conflict | CloudException.NotFound | CloudException.InvalidRequest refused) {
            assertThat(refused.text()).isNotBlank();
        }
    }

    private static void actOrBeRefused(Cloud cloud, SplittableRandom random) {
        Volumes volumes = cloud.facet(Volumes.class).orElseThrow();
        Networks networks = cloud.facet(Networks.class).orElseThrow();
        Snapshots snapshots = cloud.facet(Snapshots.class).orElseThrow();
        Token token = new Token("t" + random.nextInt(20));
        RemoteId machine = cloud.findByToken(new Token("t" + random.nextInt(20)))
                .map(RemoteMachine::id)
                .orElse(new RemoteId("none"));
        RemoteId volume = volumes.findByToken(token).map(RemoteVolume::id).orElse(new RemoteId("none"));
        switch (random.nextInt(11)) {
            case 0, 1 -> cloud.create(Fixtures.order(token.value()));
            case 2 -> cloud.delete(machine);
            case 3, 4 -> cloud.power(machine, PowerAction.values()[random.nextInt(PowerAction.values().length)]);
            case 5 -> volumes.create(token, "v", 1 + random.nextInt(9));
            case 6 -> volumes.attach(machine, volume, Optional.empty());
            case 7 -> volumes.detach(machine, volume);
            case 8 -> volumes.delete(volume);
            case 9 ->
                networks.attach(
                        machine, new NicOrder(token, new RemoteId("public"), Optional.empty(), Optional.empty()));
            case 10 -> {
                Snapshots.Snapshot snapshot = snapshots.create(machine, token, "s");
                cloud.facet(hansa.cloud.Resizing.class)
                        .orElseThrow()
                        .resize(machine, new Size(1 + random.nextInt(4), 512, 10), Optional.empty());
                snapshots.revert(machine, snapshot.id());
            }
            default -> throw new AssertionError("no such step");
        }
    }

    private static void assertConsistent(Cloud cloud) {
        List<RemoteMachine> machines = cloud.list();
        assertThat(machines).extracting(RemoteMachine::token).doesNotHaveDuplicates();
        assertThat(machines).extracting(RemoteMachine::id).doesNotHaveDuplicates();
        assertThat(machines)
                .flatExtracting(RemoteMachine::nics)
                .extracting(RemoteNic::mac)
                .doesNotHaveDuplicates();
        assertThat(machines)
                .flatExtracting(RemoteMachine::nics)
                .flatExtracting(RemoteNic::addresses)
                .doesNotHaveDuplicates();
        for (RemoteVolume volume : cloud.facet(Volumes.class).orElseThrow().list()) {
            List<RemoteId> holders = machines.stream()
                    .filter(machine -> machine.volumes().stream()
                            .anyMatch(disk -> disk.volume().equals(volume.id())))
                    .map(RemoteMachine::id)
                    .toList();
            assertThat(volume.attachedTo().stream().toList()).isEqualTo(holders);
        }
        for (RemoteMachine machine : machines) {
            assertThat(machine.volumes()).extracting(disk -> disk.device()).doesNotHaveDuplicates();
            assertThat(cloud.findByToken(machine.token().orElseThrow()))
                    .map(RemoteMachine::id)
                    .contains(machine.id());
        }
    }
}
