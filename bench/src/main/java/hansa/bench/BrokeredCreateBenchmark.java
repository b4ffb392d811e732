package hansa.bench;

import hansa.cloud.CloudDriver.Surroundings;
import hansa.cloud.CloudName;
import hansa.cloud.Settings;
import hansa.drivers.simulated.SimulatedDriver;
import hansa.federation.Federation;
import hansa.federation.FederationSettings;
import hansa.federation.audit.Audit;
import hansa.federation.brokering.KeptPlan;
import hansa.federation.brokering.Placement;
import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.compute.Machine;
import hansa.federation.compute.NewMachine;
import hansa.federation.compute.Quotas;
import hansa.federation.identity.IdentitySettings;
import hansa.federation.identity.Verifiers;
import hansa.federation.images.ImageId;
import hansa.federation.images.ImageSettings;
import hansa.federation.placement.PlacementPolicy;
import hansa.federation.policy.Policy;
import hansa.federation.sites.FlavourId;
import hansa.federation.sites.OpenedCloud;
import hansa.federation.sites.SiteSettings;
import hansa.kernel.bus.InProcessBus;
import hansa.kernel.bus.Outbox;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.store.Store;
import hansa.kernel.store.StoreUrl;
import hansa.kernel.store.Stores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * From the wish to the durable intent with its plan, among so many simulated clouds. Nothing is made at the clouds, so that only the
 * way there is measured.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BrokeredCreateBenchmark {

    private static final Caller OPERATOR = Caller.local("bench", Proof.TOKEN, true);

    @Param({"1", "20"})
    public int clouds;

    private Store store;
    private Federation federation;
    private NewMachine wanted;

    /** Opens a federation whose jobs do not run. */
    @Setup
    public void open() throws IOException {
        Path folder = Files.createTempDirectory("hansa-bench");
        Clock clock = Clock.systemUTC();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        store = Stores.open(new StoreUrl.Sqlite(folder.resolve("store.db")), Federation.migrations());
        Outbox outbox = new Outbox(store, new InProcessBus(store, clock), clock, "bench", meters);
        Map<CloudName, OpenedCloud> opened = new LinkedHashMap<>();
        for (int i = 0; i < clouds; i++) {
            CloudName name = new CloudName("cloud" + i);
            SimulatedDriver driver = new SimulatedDriver();
            opened.put(
                    name,
                    new OpenedCloud(
                            driver.name(),
                            driver.open(
                                    name,
                                    Settings.of(driver.settings(), Map.of("capacity-cores", "100000000")),
                                    new Surroundings(Files.createDirectories(folder.resolve(name.value())), clock))));
        }
        federation = new Federation(
                store,
                new Jobs(store, clock, "bench", meters),
                outbox,
                opened,
                new FederationSettings(
                        IdentitySettings.CLOSED,
                        SiteSettings.DEFAULT,
                        ImageSettings.in(folder.resolve("images")),
                        Quotas.DEFAULT),
                new Policy(clock, Audit.NONE),
                Verifiers.NONE,
                clock,
                meters);
        federation.start();
        wanted = NewMachine.of("bench", new ImageId("tiny"), new FlavourId("small"))
                .withPlacement(new Placement(
                        Optional.empty(),
                        "FREE_CPU > 4 & FEATURES @> \"volumes\"",
                        "FREE_CPU * 2 - RUNNING_VMS",
                        Optional.of(PlacementPolicy.STRIPING),
                        Set.of(),
                        OptionalLong.empty(),
                        Optional.empty(),
                        Set.of(),
                        List.of(),
                        Set.of(),
                        Optional.empty(),
                        false));
    }

    /** Closes the store. */
    @TearDown
    public void close() {
        store.close();
    }

    /** A preview: all but the writing. */
    @Benchmark
    public KeptPlan plan() {
        return federation.machines().plan(OPERATOR, wanted, 1);
    }

    /** One client after the other, each waiting for the disk. */
    @Benchmark
    public Machine create() {
        return federation.machines().create(OPERATOR, wanted);
    }
}
