package hansa.cli;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDriver;
import hansa.cloud.CloudName;
import hansa.cloud.Settings;
import hansa.drivers.simulated.SimulatedDriver;
import hansa.faces.occi.OcciFace;
import hansa.faces.occi.OcciSettings;
import hansa.faces.rest.RestFace;
import hansa.faces.rest.Services;
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
import hansa.kernel.store.Store;
import hansa.kernel.store.StoreUrl;
import hansa.kernel.store.Stores;
import hansa.kernel.tls.CertificateAuthority;
import hansa.kernel.tls.TlsContext;
import hansa.policy.xacml.XacmlPdp;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A node as the command finds it: TLS, a data folder with endpoints and token, one simulated cloud called {@code sim}. */
public final class LocalNode implements AutoCloseable {

    private final Store store;
    private final Bus bus;
    private final Outbox outbox;
    private final Jobs jobs;
    private final Cloud cloud;
    private final AuditLog audit;
    private final Policies policies;
    private final Federation federation;
    private final RestFace rest;
    private final HttpServer server;
    private final Path data;

    private LocalNode(Path data, Verifiers verifiers) throws IOException {
        this.data = data;
        Files.createDirectories(data);
        Clock clock = Clock.systemUTC();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        this.store = Stores.open(StoreUrl.parse("sqlite:" + data.resolve("hansa.db")), Federation.migrations());
        this.bus = new InProcessBus(store, clock);
        this.outbox = new Outbox(store, bus, clock, "node", meters);
        this.jobs = new Jobs(store, clock, "node", meters);
        CloudDriver driver = new SimulatedDriver();
        CloudName sim = new CloudName("sim");
        Path folder = Files.createDirectories(data.resolve("sim"));
        this.cloud =
                driver.open(sim, Settings.of(driver.settings(), Map.of()), new CloudDriver.Surroundings(folder, clock));
        this.audit = AuditLog.open(AuditSettings.in(data.resolve("audit")), meters);
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
                        new ImageSettings(data.resolve("images"), 1 << 20, Duration.ofSeconds(20), false),
                        Quotas.DEFAULT),
                policy,
                verifiers,
                clock,
                meters);
        federation.identity().tokens().ensureAdminToken(data.resolve("admin.token"));
        federation.start();
        outbox.start();
        jobs.start();
        this.rest = new RestFace(new Services(
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
        OcciFace occi = new OcciFace(
                OcciSettings.standard("hansa", "http://hansa.local/occi/"),
                federation.identity(),
                federation.machines(),
                federation.volumes(),
                federation.networks(),
                federation.links(),
                federation.tags(),
                federation.images(),
                federation.sites());
        TlsContext tls =
                CertificateAuthority.open(data.resolve("tls"), List.of(), clock).context();
        this.server = HttpServer.builder()
                .listener(URI.create("https://127.0.0.1:0"), tls, List.of(new Mount("/api/v1", rest)))
                .listener(URI.create("https://127.0.0.1:0"), tls, List.of(new Mount("", occi)))
                .start();
        announce();
    }

    private void announce() throws IOException {
        Path fresh = data.resolve("endpoints.json.new");
        Files.writeString(
                fresh,
                "{\"main\": \"%s\", \"occi\": \"%s\", \"pid\": %d}"
                        .formatted(
                                server.uris().getFirst(),
                                server.uris().getLast(),
                                ProcessHandle.current().pid()));
        Files.move(fresh, data.resolve("endpoints.json"), StandardCopyOption.ATOMIC_MOVE);
    }

    static LocalNode start(Path data) {
        return start(data, Verifiers.NONE);
    }

    /** @param verifiers of credentials that others gave out */
    static LocalNode start(Path data, Verifiers verifiers) {
        try {
            return new LocalNode(data, verifiers);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Runs as the demonstration starts a node: {@code --data DIR}, then settings, which are left aside. */
    public static void main(String[] arguments) throws InterruptedException {
        LocalNode node = start(Path.of(arguments[List.of(arguments).indexOf("--data") + 1]));
        Runtime.getRuntime().addShutdownHook(new Thread(node::close));
        Thread.currentThread().join();
    }

    Path data() {
        return data;
    }

    URI endpoint() {
        return server.uris().getFirst();
    }

    /** A token of somebody who is no operator. */
    String user(String name) {
        return federation
                .identity()
                .tokens()
                .issue(Caller.local(name, Proof.TOKEN, false), NewToken.of("test", Optional.empty()))
                .secret();
    }

    @Override
    public void close() {
        rest.close();
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
