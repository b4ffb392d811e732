package hansa.faces.occi;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDriver.Surroundings;
import hansa.cloud.CloudName;
import hansa.cloud.Settings;
import hansa.drivers.simulated.SimulatedDriver;
import hansa.federation.Federation;
import hansa.federation.FederationSettings;
import hansa.federation.audit.Audit;
import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.compute.Quotas;
import hansa.federation.identity.IdentitySettings;
import hansa.federation.identity.NewToken;
import hansa.federation.identity.Verifiers;
import hansa.federation.images.ImageSettings;
import hansa.federation.policy.Policy;
import hansa.federation.sites.OpenedCloud;
import hansa.federation.sites.SiteSettings;
import hansa.kernel.bus.InProcessBus;
import hansa.kernel.bus.Outbox;
import hansa.kernel.http.HttpServer;
import hansa.kernel.http.Mount;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.store.FullDisk;
import hansa.kernel.store.Store;
import hansa.kernel.store.StoreUrl;
import hansa.kernel.store.Stores;
import hansa.protocols.occi.Profile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A federation on simulated clouds behind real listeners: the compatible face at the root of the first and at {@code /occi}, the
 * strict face at {@code /strict}.
 */
final class World implements AutoCloseable {

    static final Caller OPERATOR = Caller.local("operator", Proof.INTERNAL, true);
    static final URI KEYSTONE = URI.create("https://keystone.test:5000/v2.0/");

    private static final String STORE = "store.db";

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Map<String, String> tokens = new LinkedHashMap<>();
    private final List<Cloud> clouds = new ArrayList<>();
    private final Policy policy;
    private final Federation federation;
    private final HttpServer server;

    private World(
            Path folder,
            Store kept,
            Quotas quotas,
            Map<String, Map<String, String>> wanted,
            UnaryOperator<OcciSettings> change)
            throws IOException {
        Clock clock = Clock.systemUTC();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Store store = keep(kept);
        InProcessBus bus = keep(new InProcessBus(store, clock));
        Outbox outbox = keep(new Outbox(store, bus, clock, "test", meters));
        Map<CloudName, OpenedCloud> openedClouds = new LinkedHashMap<>();
        for (Map.Entry<String, Map<String, String>> cloud : wanted.entrySet()) {
            openedClouds.put(new CloudName(cloud.getKey()), open(folder, cloud.getKey(), cloud.getValue(), clock));
        }
        Jobs jobs = keep(new Jobs(store, clock, "test", meters));
        policy = new Policy(clock, Audit.NONE);
        federation = new Federation(
                store,
                jobs,
                outbox,
                openedClouds,
                new FederationSettings(
                        IdentitySettings.CLOSED,
                        SiteSettings.DEFAULT,
                        ImageSettings.in(folder.resolve("images")),
                        quotas),
                policy,
                Verifiers.NONE,
                clock,
                meters);
        federation.start();
        outbox.start();
        jobs.start();
        OcciSettings settings =
                change.apply(OcciSettings.standard("hansa/0.1.0", "http://hansa.test/occi/infrastructure")
                        .withKeystone(KEYSTONE));
        OcciFace face = face(settings);
        OcciFace strict = face(settings.withProfile(Profile.STRICT));
        server = keep(HttpServer.builder()
                .listener(
                        URI.create("http://127.0.0.1:0"),
                        List.of(new Mount("", face), new Mount("/occi", face), new Mount("/strict", strict)))
                .start());
    }

    static World open(Path folder) throws IOException {
        return open(folder, Quotas.DEFAULT, Map.of("sim", Map.of()), UnaryOperator.identity());
    }

    static World open(
            Path folder, Quotas quotas, Map<String, Map<String, String>> clouds, UnaryOperator<OcciSettings> settings)
            throws IOException {
        Files.createDirectories(folder);
        Store store = Stores.open(new StoreUrl.Sqlite(folder.resolve(STORE)), Federation.migrations());
        return new World(folder, store, quotas, clouds, settings);
    }

    /** The same as {@link #open(Path)} in a folder where a world was, but with no room left on the disk. */
    static World openOnFullDisk(Path folder) throws IOException {
        Store full = FullDisk.open(folder.resolve(STORE), Federation.migrations());
        return new World(folder, full, Quotas.DEFAULT, Map.of("sim", Map.of()), UnaryOperator.identity());
    }

    private OpenedCloud open(Path folder, String name, Map<String, String> values, Clock clock) throws IOException {
        SimulatedDriver driver = new SimulatedDriver();
        Path own = Files.createDirectories(folder.resolve("clouds").resolve(name));
        Cloud cloud = keep(
                driver.open(new CloudName(name), Settings.of(driver.settings(), values), new Surroundings(own, clock)));
        clouds.add(cloud);
        return new OpenedCloud(driver.name(), cloud);
    }

    private OcciFace face(OcciSettings settings) {
        return new OcciFace(
                settings,
                federation.identity(),
                federation.machines(),
                federation.volumes(),
                federation.networks(),
                federation.links(),
                federation.tags(),
                federation.images(),
                federation.sites());
    }

    private <C extends AutoCloseable> C keep(C resource) {
        opened.push(resource);
        return resource;
    }

    Federation federation() {
        return federation;
    }

    Policy policy() {
        return policy;
    }

    int machinesAtTheCloud() {
        return clouds.stream().mapToInt(cloud -> cloud.list().size()).sum();
    }

    int port() {
        return server.port();
    }

    /** {@code http://127.0.0.1:port}. */
    String origin() {
        return "http://127.0.0.1:" + port();
    }

    /** A token of a user without privileges. */
    String token(String user) {
        return tokens.computeIfAbsent(
                user,
                name -> federation
                        .identity()
                        .tokens()
                        .issue(caller(name), NewToken.of("test", Optional.of(Duration.ofHours(1))))
                        .secret());
    }

    static Caller caller(String user) {
        return Caller.local(user, Proof.TOKEN, false);
    }

    String operatorToken() {
        return tokens.computeIfAbsent(
                "operator",
                _ -> federation
                        .identity()
                        .tokens()
                        .issue(OPERATOR, NewToken.of("test", Optional.of(Duration.ofHours(1))))
                        .secret());
    }

    /** A client that signs in as a user and talks to the face at the root. */
    Client client(String user) {
        return new Client(origin(), token(user));
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("the world cannot be closed", e);
            }
        }
    }
}
