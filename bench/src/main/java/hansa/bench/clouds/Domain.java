package hansa.bench.clouds;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDriver.Surroundings;
import hansa.cloud.CloudName;
import hansa.cloud.Settings;
import hansa.drivers.simulated.SimulatedDriver;
import hansa.federation.Federation;
import hansa.federation.FederationSettings;
import hansa.federation.audit.Audit;
import hansa.federation.caller.Caller;
import hansa.federation.compute.Filter;
import hansa.federation.compute.MachineState;
import hansa.federation.compute.Quotas;
import hansa.federation.identity.IdentitySettings;
import hansa.federation.identity.Verifiers;
import hansa.federation.images.ImageSettings;
import hansa.federation.policy.Policy;
import hansa.federation.sites.OpenedCloud;
import hansa.federation.sites.SiteName;
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
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The domain on a store of its own, as it is in a node, without faces. */
final class Domain implements AutoCloseable {

    private final Store store;
    private final Outbox outbox;
    private final InProcessBus bus;
    private final Jobs jobs;
    private final Federation federation;

    Domain(Path folder, Map<CloudName, OpenedCloud> clouds, Duration observeEvery) {
        Clock clock = Clock.systemUTC();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        this.store = Stores.open(new StoreUrl.Sqlite(folder.resolve("store.db")), Federation.migrations());
        this.bus = new InProcessBus(store, clock);
        this.outbox = new Outbox(store, bus, clock, "bench", meters);
        this.jobs = new Jobs(store, clock, "bench", meters);
        this.federation = new Federation(
                store,
                jobs,
                outbox,
                clouds,
                new FederationSettings(
                        IdentitySettings.CLOSED,
                        new SiteSettings(new SiteName("bench"), "Bench", Duration.ofMinutes(1), observeEvery, 32),
                        ImageSettings.in(folder.resolve("images")),
                        Quotas.UNLIMITED),
                new Policy(clock, Audit.NONE),
                Verifiers.NONE,
                clock,
                meters);
        federation.start();
        outbox.start();
    }

    /** From now on clouds are watched and wishes carried out. */
    void begin() {
        jobs.start();
    }

    Federation federation() {
        return federation;
    }

    /** How many machines are in that state. */
    long count(Caller caller, MachineState state) {
        Filter filter = new Filter(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(state.name()),
                Optional.empty(),
                Optional.empty(),
                Map.of());
        return federation.machines().count(caller, filter);
    }

    static Cloud open(Path folder, Map<String, String> settings) throws IOException {
        SimulatedDriver driver = new SimulatedDriver();
        return driver.open(
                new CloudName("sim"),
                Settings.of(driver.settings(), settings),
                new Surroundings(Files.createDirectories(folder), Clock.systemUTC()));
    }

    @Override
    public void close() {
        jobs.close();
        outbox.close();
        bus.close();
        store.close();
    }
}
