package hansa.bench.clouds;

import hansa.cloud.Cloud;
import hansa.cloud.CloudName;
import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.compute.Machine;
import hansa.federation.compute.MachineId;
import hansa.federation.compute.MachineState;
import hansa.federation.compute.NewMachine;
import hansa.federation.images.ImageId;
import hansa.federation.sites.CloudEntry;
import hansa.federation.sites.FlavourId;
import hansa.federation.sites.OpenedCloud;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Twenty clouds of one node, of which five hang: how long it takes from the wish for a machine until it runs at one of the
 * others, beside the same while nobody hangs. Prints {@code name value} lines; times in milliseconds.
 */
public final class CloudsMain {

    private static final Caller USER = Caller.local("bench", Proof.TOKEN, true);
    private static final int CLOUDS = 20;
    private static final int HANGING = 5;
    private static final int AT_HANGING = 60;
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final AtomicBoolean hangs = new AtomicBoolean();
    private final Domain domain;
    private final List<CloudName> well = new ArrayList<>();
    private final List<CloudName> ill = new ArrayList<>();

    private CloudsMain(Path folder) throws IOException {
        Map<CloudName, OpenedCloud> clouds = new LinkedHashMap<>();
        for (int i = 0; i < CLOUDS; i++) {
            CloudName name = new CloudName("cloud-" + i);
            boolean mayHang = i % (CLOUDS / HANGING) == 0;
            (mayHang ? ill : well).add(name);
            Cloud cloud = Domain.open(folder.resolve(name.value()), Map.of("call-latency", "5ms"));
            clouds.put(name, new OpenedCloud("simulated", new Hanging(cloud, () -> mayHang && hangs.get(), LIMIT)));
        }
        this.domain = new Domain(folder, clouds, Duration.ofSeconds(2));
    }

    /** {@code args}: an empty folder, rounds, machines at each cloud in a round. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int rounds = Integer.parseInt(args[1]);
        int each = Integer.parseInt(args[2]);
        CloudsMain bench = new CloudsMain(Path.of(args[0]));
        try (Domain domain = bench.domain) {
            domain.begin();
            bench.awaitAllUp();
            bench.round(each);
            List<Double> calm = new ArrayList<>();
            List<Double> troubled = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                calm.addAll(bench.round(each));
                bench.hang();
                troubled.addAll(bench.round(each));
                bench.recover();
            }
            print("calm", calm);
            print("troubled", troubled);
        }
        System.exit(0);
    }

    private static void print(String name, List<Double> times) {
        List<Double> sorted = times.stream().sorted().toList();
        System.out.printf("%s_median %.1f%n", name, sorted.get(sorted.size() / 2));
        System.out.printf("%s_p95 %.1f%n", name, sorted.get(sorted.size() * 95 / 100));
        System.out.printf("%s_count %d%n", name, sorted.size());
    }

    private void awaitAllUp() throws InterruptedException {
        await(() -> domain.federation().sites().clouds().stream()
                .allMatch(cloud -> cloud.health() == CloudEntry.Health.UP));
    }

    /** Wishes for machines at the clouds that will not answer, more than the node has places for. */
    private void hang() {
        hangs.set(true);
        for (CloudName cloud : ill) {
            for (int i = 0; i < AT_HANGING; i++) {
                MachineId _ = create(cloud);
            }
        }
    }

    /** Until everything that waited is there. */
    private void recover() throws InterruptedException {
        hangs.set(false);
        awaitAllUp();
        await(() -> domain.count(USER, MachineState.PENDING) == 0);
    }

    private MachineId create(CloudName cloud) {
        return domain.federation()
                .machines()
                .create(
                        USER,
                        NewMachine.of("bench", new ImageId("tiny"), new FlavourId("small"))
                                .withCloud(cloud))
                .id();
    }

    /** One user at each cloud that is well, who makes one machine after the other. */
    private List<Double> round(int each) {
        Queue<Double> times = new ConcurrentLinkedQueue<>();
        try (ExecutorService users = Executors.newVirtualThreadPerTaskExecutor()) {
            for (CloudName cloud : well) {
                users.execute(() -> {
                    for (int i = 0; i < each; i++) {
                        times.add(timed(cloud));
                    }
                });
            }
        }
        return List.copyOf(times);
    }

    private double timed(CloudName cloud) {
        long began = System.nanoTime();
        MachineId id = create(cloud);
        try {
            await(() -> state(id) == MachineState.ACTIVE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return (System.nanoTime() - began) / 1e6;
    }

    private MachineState state(MachineId id) {
        Machine machine = domain.federation().machines().get(USER, id);
        return machine.state();
    }

    /** What is waited for. */
    @FunctionalInterface
    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("it did not come about within " + PATIENCE);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
