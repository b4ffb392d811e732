package hansa.bench.clouds;

import hansa.cloud.Cloud;
import hansa.cloud.CloudName;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.compute.MachineId;
import hansa.federation.compute.MachineState;
import hansa.federation.compute.NewMachine;
import hansa.federation.images.ImageId;
import hansa.federation.sites.FlavourId;
import hansa.federation.sites.OpenedCloud;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A simulated cloud in another process with many machines, all of which are switched off or on while the node is down: how
 * long it takes from when the node begins until its store has all of them as they are. Prints {@code name value} lines;
 * times in milliseconds.
 */
public final class ObserveMain {

    private static final Caller USER = Caller.local("bench", Proof.TOKEN, true);
    private static final CloudName CLOUD = new CloudName("remote");

    /** What the store may hold of a moment ago is looked at again one by one; here it is older. */
    private static final Duration OLD = Duration.ofSeconds(6);

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private ObserveMain() {}

    /** {@code args}: an empty folder, the cloud's URL, machines, rounds. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args[0]);
        Map<String, String> url = Map.of("url", args[1]);
        int machines = Integer.parseInt(args[2]);
        int rounds = Integer.parseInt(args[3]);
        try (Cloud direct = Domain.open(folder.resolve("direct"), url)) {
            try (Domain domain = domain(folder, url)) {
                domain.begin();
                for (int i = 0; i < machines; i++) {
                    MachineId _ = domain.federation()
                            .machines()
                            .create(USER, NewMachine.of("m" + i, new ImageId("tiny"), new FlavourId("small")))
                            .id();
                }
                await(() -> domain.count(USER, MachineState.ACTIVE) == machines);
            }
            List<Double> times = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                boolean off = i % 2 == 0;
                switchAll(direct, off ? PowerAction.POWER_OFF : PowerAction.START);
                RemoteState there = off ? RemoteState.STOPPED : RemoteState.RUNNING;
                await(() -> direct.list().stream().allMatch(machine -> machine.state() == there));
                TimeUnit.NANOSECONDS.sleep(OLD.toNanos());
                MachineState goal = off ? MachineState.INACTIVE : MachineState.ACTIVE;
                try (Domain domain = domain(folder, url)) {
                    long began = System.nanoTime();
                    domain.begin();
                    await(() -> domain.count(USER, goal) == machines);
                    times.add((System.nanoTime() - began) / 1e6);
                }
            }
            List<Double> sorted = times.stream().sorted().toList();
            System.out.printf("observed_median %.0f%n", sorted.get(sorted.size() / 2));
            System.out.printf("observed_slowest %.0f%n", sorted.getLast());
        }
        System.exit(0);
    }

    private static Domain domain(Path folder, Map<String, String> url) throws IOException {
        Cloud cloud = Domain.open(folder.resolve("node"), url);
        return new Domain(folder, Map.of(CLOUD, new OpenedCloud("simulated", cloud)), Duration.ofSeconds(10));
    }

    private static void switchAll(Cloud cloud, PowerAction action) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (RemoteMachine machine : cloud.list()) {
                threads.execute(() -> cloud.power(machine.id(), action));
            }
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("it did not come about within " + PATIENCE);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
