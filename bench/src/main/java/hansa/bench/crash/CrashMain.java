package hansa.bench.crash;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDriver.Surroundings;
import hansa.cloud.CloudException;
import hansa.cloud.CloudName;
import hansa.cloud.RemoteState;
import hansa.cloud.Settings;
import hansa.drivers.simulated.SimulatedCloudMain;
import hansa.drivers.simulated.SimulatedDriver;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The conformance run of {@code kill -9}: a simulated cloud in a process of its own, a node in another, clients that
 * make, use and delete machines over OCCI, and a node that is killed at random moments. After each restart nothing that
 * was acknowledged may be missing or back again; at the end node and cloud must agree, machine by machine.
 */
public final class CrashMain {

    private static final Duration SETTLING = Duration.ofSeconds(60);
    private static final Duration FIRST_ANSWER = Duration.ofSeconds(10);
    private static final int CLIENTS = 4;

    private final Options options;
    private final Ledger ledger = new Ledger();
    private final Load.Tally tally = new Load.Tally();
    private final List<Load> clients = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final SplittableRandom random;

    private CrashMain(Options options) {
        this.options = options;
        this.random = new SplittableRandom(options.seed());
        for (int client = 0; client < CLIENTS; client++) {
            clients.add(new Load(ledger, tally, "crash-" + client, random.split()));
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Options options;
        try {
            options = Options.of(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println("crash: " + e.getMessage());
            System.err.println(Options.USAGE);
            System.exit(2);
            return;
        }
        System.exit(new CrashMain(options).run() ? 0 : 1);
    }

    private boolean run() throws IOException, InterruptedException {
        Instant begun = Instant.now();
        System.out.println(
                "crash: " + options.kills() + " kills, seed " + options.seed() + ", data in " + options.data());
        Files.createDirectories(options.data());
        try (Child cloudProcess = startCloud();
                Cloud cloud = connect(cloudProcess.announced("url"))) {
            for (int round = 0; round < options.kills() && problems.isEmpty(); round++) {
                runAndKill(round, cloudProcess.announced("url"));
            }
            runToTheEnd(cloudProcess.announced("url"), cloud);
        }
        report(Duration.between(begun, Instant.now()));
        return problems.isEmpty();
    }

    private Child startCloud() throws IOException, InterruptedException {
        Path data = options.data().resolve("cloud");
        return Child.start(
                options.java(),
                options.data().resolve("cloud.log"),
                data.resolve("endpoint.json"),
                SimulatedCloudMain.class.getName(),
                "--data",
                data.toString(),
                "--set",
                "latency=50ms",
                "--set",
                "faults=" + options.faults());
    }

    private static Cloud connect(String url) throws IOException {
        SimulatedDriver driver = new SimulatedDriver();
        return driver.open(
                new CloudName("audit"),
                Settings.of(driver.settings(), Map.of("url", url)),
                new Surroundings(Files.createTempDirectory("hansa-crash-"), InstantSource.system()));
    }

    private Child startNode(String cloudUrl) throws IOException, InterruptedException {
        Path data = options.data().resolve("node");
        return Child.start(
                options.java(),
                options.data().resolve("node.log"),
                data.resolve("endpoints.json"),
                "hansa.server.Main",
                "up",
                "--data",
                data.toString(),
                "--set",
                "listen.main=http://127.0.0.1:0",
                "--set",
                "listen.occi=http://127.0.0.1:0",
                "--set",
                "clouds.sim.driver=simulated",
                "--set",
                "clouds.sim.url=" + cloudUrl);
    }

    private Occi occi(Child node) throws IOException {
        String token = Files.readString(options.data().resolve("node").resolve("admin.token"))
                .strip();
        return new Occi(URI.create(node.announced("occi")), token);
    }

    private void runAndKill(int round, String cloudUrl) throws IOException, InterruptedException {
        try (Child node = startNode(cloudUrl);
                Occi occi = occi(node)) {
            auditNode(occi);
            AtomicBoolean stopped = new AtomicBoolean();
            String template = occi.osTemplate("tiny");
            long before = tally.created().get();
            List<Thread> threads = clients.stream()
                    .map(client -> Thread.startVirtualThread(() -> client.run(occi, template, stopped)))
                    .toList();
            awaitFirstAnswer(before);
            Thread.sleep(random.nextLong(50, options.longestRound().toMillis()));
            node.kill();
            stopped.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (Occi.Refused e) {
            problems.add("after kill " + round + " the node answered " + e.getMessage());
        }
    }

    /** Each round gets some work done, however slow the machine is; otherwise the kills would hit an idle node. */
    private void awaitFirstAnswer(long before) throws InterruptedException {
        Instant deadline = Instant.now().plus(FIRST_ANSWER);
        while (tally.created().get() == before && Instant.now().isBefore(deadline)) {
            Thread.sleep(5);
        }
    }

    private void auditNode(Occi occi) throws IOException, Occi.Refused {
        problems.addAll(Audit.ofNode(ledger.entries(), occi.machines()));
    }

    private void runToTheEnd(String cloudUrl, Cloud cloud) throws IOException, InterruptedException {
        try (Child node = startNode(cloudUrl);
                Occi occi = occi(node)) {
            auditNode(occi);
            Instant deadline = Instant.now().plus(SETTLING);
            List<String> open = List.of("the node was not asked");
            while (!open.isEmpty() && Instant.now().isBefore(deadline)) {
                Thread.sleep(200);
                open = auditBoth(occi, cloud);
            }
            problems.addAll(open);
        } catch (Occi.Refused e) {
            problems.add("at the end the node answered " + e.getMessage());
        }
    }

    private List<String> auditBoth(Occi occi, Cloud cloud) throws IOException, Occi.Refused {
        List<Audit.Seen> there;
        try {
            there = cloud.list().stream()
                    .map(machine ->
                            new Audit.Seen(machine.name(), machine.state().name()))
                    .toList();
        } catch (CloudException.Unavailable e) {
            return List.of("the cloud did not answer: " + e.text());
        }
        List<String> open = new ArrayList<>(Audit.ofBoth(ledger.entries(), occi.machines(), there));
        there.stream()
                .filter(machine -> machine.state().equals(RemoteState.BUSY.name())
                        || machine.state().equals(RemoteState.BUILDING.name()))
                .forEach(machine -> open.add("the cloud still has " + machine.title() + " " + machine.state()));
        return open;
    }

    private void report(Duration took) {
        System.out.printf(
                "crash: %d s; acknowledged: %d created, %d acted on, %d deleted; %d unanswered, %d refused%n",
                took.toSeconds(),
                tally.created().get(),
                tally.acted().get(),
                tally.deleted().get(),
                tally.unanswered().get(),
                tally.refused().get());
        problems.stream().limit(50).forEach(problem -> System.out.println("crash: " + problem));
        System.out.println(
                problems.isEmpty()
                        ? "crash: nothing lost, nothing doubled, nothing left over"
                        : "crash: FAILED with " + problems.size() + " problems; seed " + options.seed() + ", logs in "
                                + options.data());
    }
}
