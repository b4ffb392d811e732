package hansa.federation;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDriver;
import hansa.cloud.CloudName;
import hansa.cloud.Settings;
import hansa.drivers.simulated.SimulatedDriver;
import hansa.federation.audit.Audit;
import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.compute.Quotas;
import hansa.federation.control.ControlSettings;
import hansa.federation.identity.IdentitySettings;
import hansa.federation.identity.Verifiers;
import hansa.federation.images.ImageSettings;
import hansa.federation.policy.Policy;
import hansa.federation.sites.CircuitSettings;
import hansa.federation.sites.CloudProfile;
import hansa.federation.sites.CloudSettings;
import hansa.federation.sites.InventorySettings;
import hansa.federation.sites.OpenedCloud;
import hansa.federation.sites.SiteName;
import hansa.federation.sites.SiteSettings;
import hansa.kernel.bus.Bus;
import hansa.kernel.bus.Event;
import hansa.kernel.bus.InProcessBus;
import hansa.kernel.bus.Outbox;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.store.Store;
import hansa.kernel.store.StoreUrl;
import hansa.kernel.store.Stores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** A node for tests: the domain on a store and simulated clouds, as it would run. */
public final class Installation implements AutoCloseable {

    public static final Caller ALICE = Caller.local("alice", Proof.TOKEN, false);
    public static final Caller BOB = Caller.local("bob", Proof.TOKEN, false);
    public static final Caller OPERATOR = Caller.local("root", Proof.TOKEN, true);
    public static final CloudName SIM = new CloudName("sim");

    private final Path folder;
    private final Store store;
    private final Bus bus;
    private final Outbox outbox;
    private final Jobs jobs;
    private final Map<CloudName, OpenedCloud> clouds = new LinkedHashMap<>();
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();
    private final Federation federation;
    private final Policy policy;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private Installation(Builder builder) {
        this.folder = builder.folder;
        this.store = builder.storeWrapper.apply(Stores.open(builder.url, Federation.migrations()));
        Clock clock = builder.clock;
        this.bus = new InProcessBus(store, clock);
        bus.subscribe("test", "", events::add);
        this.outbox = new Outbox(store, bus, clock, "node", meters);
        this.jobs = new Jobs(store, clock, "node", meters);
        builder.clouds.forEach((name, settings) -> clouds.put(
                name,
                new OpenedCloud(
                        "simulated",
                        builder.cloudWrapper.apply(name, open(builder.folder, name, settings, builder.cloudClock)),
                        builder.cloudSettings,
                        builder.profiles.getOrDefault(name, CloudProfile.UNSAID))));
        this.policy = new Policy(clock, Audit.NONE);
        this.federation = new Federation(
                store,
                jobs,
                outbox,
                clouds,
                new FederationSettings(
                        new IdentitySettings(false, Duration.ofSeconds(30), 1000),
                        new SiteSettings(
                                new SiteName("test"),
                                "Test",
                                Duration.ofMillis(500),
                                builder.observeEvery,
                                32,
                                builder.circuit,
                                builder.inventory),
                        builder.images.apply(
                                new ImageSettings(folder.resolve("images"), 1 << 20, Duration.ofSeconds(20), false)),
                        builder.quotas,
                        builder.control),
                policy,
                Verifiers.NONE,
                clock,
                meters);
        federation.start();
        outbox.start();
        jobs.start();
    }

    /** The cloud itself, without whatever the installation sees of it. */
    public static Cloud open(Path folder, CloudName name, Map<String, String> settings) {
        return open(folder, name, settings, Clock.systemUTC());
    }

    private static Cloud open(Path folder, CloudName name, Map<String, String> settings, InstantSource clock) {
        CloudDriver driver = new SimulatedDriver();
        Path own = folder.resolve("cloud-" + name);
        try {
            Files.createDirectories(own);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return driver.open(name, Settings.of(driver.settings(), settings), new CloudDriver.Surroundings(own, clock));
    }

    public static Builder on(Path folder) {
        return new Builder(folder);
    }

    public Federation federation() {
        return federation;
    }

    public Bus bus() {
        return bus;
    }

    public Policy policy() {
        return policy;
    }

    public Store store() {
        return store;
    }

    public Queue<Event> events() {
        return events;
    }

    public SimpleMeterRegistry meters() {
        return meters;
    }

    public Cloud cloud(CloudName name) {
        OpenedCloud opened = clouds.get(name);
        if (opened == null) {
            throw new IllegalArgumentException("no cloud " + name);
        }
        return opened.cloud();
    }

    @Override
    public void close() {
        jobs.close();
        outbox.close();
        bus.close();
        clouds.values().forEach(opened -> opened.cloud().close());
        store.close();
    }

    /** How an installation is made. */
    public static final class Builder {
        private final Path folder;
        private final Map<CloudName, Map<String, String>> clouds = new LinkedHashMap<>();
        private final Map<CloudName, CloudProfile> profiles = new LinkedHashMap<>();
        private InventorySettings inventory = InventorySettings.DEFAULT;
        private StoreUrl url;
        private Quotas quotas = Quotas.DEFAULT;
        private ControlSettings control = ControlSettings.DEFAULT;
        private Clock clock = Clock.systemUTC();
        private InstantSource cloudClock = InstantSource.system();
        private Duration observeEvery = Duration.ofMillis(200);
        private UnaryOperator<ImageSettings> images = settings -> settings;
        private UnaryOperator<Store> storeWrapper = store -> store;
        private BiFunction<CloudName, Cloud, Cloud> cloudWrapper = (_, cloud) -> cloud;
        private CloudSettings cloudSettings = CloudSettings.DEFAULT;
        private CircuitSettings circuit = CircuitSettings.DEFAULT;

        private Builder(Path folder) {
            this.folder = folder;
            this.url = StoreUrl.parse("sqlite:" + folder.resolve("hansa.db"));
        }

        public Builder store(StoreUrl chosen) {
            url = chosen;
            return this;
        }

        public Builder quotas(Quotas chosen) {
            quotas = chosen;
            return this;
        }

        public Builder control(ControlSettings chosen) {
            control = chosen;
            return this;
        }

        public Builder images(UnaryOperator<ImageSettings> chosen) {
            images = chosen;
            return this;
        }

        public Builder clock(Clock chosen) {
            clock = chosen;
            return this;
        }

        /** That of the clouds themselves. */
        public Builder cloudClock(InstantSource chosen) {
            cloudClock = chosen;
            return this;
        }

        public Builder observeEvery(Duration chosen) {
            observeEvery = chosen;
            return this;
        }

        /** Another cloud; without any there is one called {@code sim}. */
        public Builder cloud(String name, Map<String, String> settings) {
            clouds.put(new CloudName(name), settings);
            return this;
        }

        /** What the operator says of a cloud. */
        public Builder profile(String cloud, CloudProfile profile) {
            profiles.put(new CloudName(cloud), profile);
            return this;
        }

        public Builder inventory(InventorySettings chosen) {
            inventory = chosen;
            return this;
        }

        public Builder faults(String script) {
            return cloud("sim", Map.of("faults", script));
        }

        public Builder wrappedStore(UnaryOperator<Store> wrapper) {
            storeWrapper = wrapper;
            return this;
        }

        public Builder wrappedCloud(UnaryOperator<Cloud> wrapper) {
            return wrappedClouds((_, cloud) -> wrapper.apply(cloud));
        }

        public Builder wrappedClouds(BiFunction<CloudName, Cloud, Cloud> wrapper) {
            cloudWrapper = wrapper;
            return this;
        }

        /** For all clouds. */
        public Builder cloudSettings(CloudSettings chosen) {
            cloudSettings = chosen;
            return this;
        }

        public Builder circuit(CircuitSettings chosen) {
            circuit = chosen;
            return this;
        }

        public Installation start() {
            if (clouds.isEmpty()) {
                cloud("sim", Map.of());
            }
            return new Installation(this);
        }
    }
}
