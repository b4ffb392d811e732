package hansa.faces.rest;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDriver;
import hansa.cloud.CloudName;
import hansa.cloud.Settings;
import hansa.drivers.simulated.SimulatedDriver;
import hansa.federation.Federation;
import hansa.federation.FederationSettings;
import hansa.federation.audit.AuditLog;
import hansa.federation.audit.AuditSettings;
import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.compute.Quotas;
import hansa.federation.identity.IdentitySettings;
import hansa.federation.identity.NewToken;
import hansa.federation.identity.Verifiers;
import hansa.federation.images.ImageSettings;
import hansa.federation.policies.AuditTrail;
import hansa.federation.policies.Policies;
import hansa.federation.policies.PolicySettings;
import hansa.federation.policy.Policy;
import hansa.federation.sites.OpenedCloud;
import hansa.federation.sites.SiteName;
import hansa.federation.sites.SiteSettings;
import hansa.kernel.bus.Bus;
import hansa.kernel.bus.InProcessBus;
import hansa.kernel.bus.Outbox;
import hansa.kernel.http.HttpServer;
import hansa.kernel.http.Mount;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.store.FullDisk;
import hansa.kernel.store.Store;
import hansa.kernel.store.StoreUrl;
import hansa.kernel.store.Stores;
import hansa.policy.xacml.XacmlPdp;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** The face on a real server, over the domain on SQLite and one simulated cloud called {@code sim}. */
final class TestNode implements AutoCloseable {

    private static final String STORE = "hansa.db";
    private static final Caller ROOT = Caller.local("root", Proof.TOKEN, true);
    private static final Quotas QUOTAS = new Quotas(3, 16, 64 * 1024, 5, 1024 * 1024, 5);

    private final Store store;
    private final Bus bus;
    private final Outbox outbox;
    private final Jobs jobs;
    private final Cloud cloud;
    private final AuditLog audit;
    private final Policies policies;
    private final Federation federation;
    private final RestFace face;
    private final HttpServer server;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private TestNode(Path folder, Store store, Map<String, String> cloudSettings) {
        Clock clock = Clock.systemUTC();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        this.store = store;
        this.bus = new InProcessBus(store, clock);
        this.outbox = new Outbox(store, bus, clock, "node", meters);
        this.jobs = new Jobs(store, clock, "node", meters);
        CloudName sim = new CloudName("sim");
        this.cloud = open(folder.resolve("sim"), sim, cloudSettings);
        this.audit = AuditLog.open(AuditSettings.in(folder.resolve("audit")), meters);
        Policy policy = new Policy(clock, audit);
        this.policies =
                new Policies(store, policy, audit.reader(), XacmlPdp::of, PolicySettings.NO_FILES, clock, meters);
        policies.start();
        this.federation = new Federation(
                store,
                jobs,
                outbox,
                Map.of(sim, new OpenedCloud("simulated", cloud)),
                new FederationSettings(
                        IdentitySettings.CLOSED,
                        new SiteSettings(
                                new SiteName("here"), "Here", Duration.ofMillis(500), Duration.ofMillis(200), 32),
                        new ImageSettings(folder.resolve("images"), 1 << 20, Duration.ofSeconds(20), false),
                        QUOTAS),
                policy,
                Verifiers.NONE,
                clock,
                meters);
        federation.start();
        outbox.start();
        jobs.start();
        this.face = new RestFace(new Services(
                federation.identity(),
                federation.sites(),
                federation.images(),
                federation.machines(),
                federation.existingMachines(),
                federation.cloudUsage(),
                federation.volumes(),
                federation.networks(),
                federation.links(),
                federation.tags(),
                federation.vos(),
                federation.organisationUse(),
                federation.accounts().rules(),
                policies,
                new AuditTrail(audit.reader(), policy)));
        try {
            this.server = HttpServer.builder()
                    .listener(URI.create("http://127.0.0.1:0"), List.of(new Mount("/api/v1", face)))
                    .start();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static Cloud open(Path folder, CloudName name, Map<String, String> settings) {
        CloudDriver driver = new SimulatedDriver();
        try {
            Files.createDirectories(folder);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return driver.open(
                name,
                Settings.of(driver.settings(), settings),
                new CloudDriver.Surroundings(folder, Clock.systemUTC()));
    }

    static TestNode start(Path folder) {
        return start(folder, Map.of());
    }

    static TestNode start(Path folder, Map<String, String> cloudSettings) {
        Store store = Stores.open(new StoreUrl.Sqlite(folder.resolve(STORE)), Federation.migrations());
        return new TestNode(folder, store, cloudSettings);
    }

    /** In a folder where a node was, but with no room left on the disk. */
    static TestNode startOnFullDisk(Path folder) {
        return new TestNode(folder, FullDisk.open(folder.resolve(STORE), Federation.migrations()), Map.of());
    }

    int port() {
        return server.port();
    }

    RestFace face() {
        return face;
    }

    Federation federation() {
        return federation;
    }

    int machinesAtTheCloud() {
        return cloud.list().size();
    }

    /** A token of an operator. */
    String operator() {
        return federation
                .identity()
                .tokens()
                .issue(ROOT, NewToken.of("test", Optional.empty()))
                .secret();
    }

    /** A token of somebody else. */
    String user(String name) {
        return federation
                .identity()
                .tokens()
                .issue(Caller.local(name, Proof.TOKEN, false), NewToken.of("test", Optional.empty()))
                .secret();
    }

    /** What came back; an empty body is an empty object. */
    record Answer(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String text() {
            return response.body();
        }

        JsonNode json() {
            return response.body().isEmpty()
                    ? JsonNodeFactory.instance.objectNode()
                    : JsonMapper.shared().readTree(response.body());
        }
    }

    Answer get(String token, String path) {
        return send(token, "GET", path, "", Map.of());
    }

    Answer post(String token, String path, String body) {
        return send(token, "POST", path, body, Map.of());
    }

    Answer patch(String token, String path, String body) {
        return send(token, "PATCH", path, body, Map.of("Content-Type", "application/merge-patch+json"));
    }

    Answer delete(String token, String path) {
        return send(token, "DELETE", path, "", Map.of());
    }

    /** @param token none when empty */
    Answer send(String token, String method, String path, String body, Map<String, String> headers) {
        Map<String, String> all = new LinkedHashMap<>();
        if (!body.isEmpty()) {
            all.put("Content-Type", "application/json");
        }
        if (!token.isEmpty()) {
            all.put("Authorization", "Bearer " + token);
        }
        all.putAll(headers);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + "/api/v1" + path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        all.forEach(request::header);
        try {
            return new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8)));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        http.close();
        face.close();
        server.close();
        policies.close();
        audit.close();
        jobs.close();
        outbox.close();
        bus.close();
        cloud.close();
        store.close();
    }
}
