package hansa.bench.policy;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDriver.Surroundings;
import hansa.cloud.CloudName;
import hansa.cloud.Settings;
import hansa.drivers.simulated.SimulatedDriver;
import hansa.faces.occi.OcciFace;
import hansa.faces.occi.OcciSettings;
import hansa.federation.Federation;
import hansa.federation.FederationSettings;
import hansa.federation.audit.Audit;
import hansa.federation.audit.AuditLog;
import hansa.federation.audit.AuditSettings;
import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.compute.Quotas;
import hansa.federation.identity.IdentitySettings;
import hansa.federation.identity.NewToken;
import hansa.federation.identity.Verifiers;
import hansa.federation.images.ImageSettings;
import hansa.federation.policy.Policy;
import hansa.federation.policy.Rules;
import hansa.federation.sites.OpenedCloud;
import hansa.federation.sites.SiteSettings;
import hansa.kernel.bus.InProcessBus;
import hansa.kernel.bus.Outbox;
import hansa.kernel.http.Allowance;
import hansa.kernel.http.ClientLimits;
import hansa.kernel.http.HttpServer;
import hansa.kernel.http.Limits;
import hansa.kernel.http.Mount;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.store.Store;
import hansa.kernel.store.StoreUrl;
import hansa.kernel.store.Stores;
import hansa.policy.BadPolicy;
import hansa.policy.Decision;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * OCCI on a simulated cloud, put together as a node is but for its policy, for a caller who is no operator: {@code built-in}
 * as it is without configuration, {@code xacml} with the examples of the manual, {@code none} permits everything without
 * rules and takes nothing down.
 */
public final class PolicyNode {

    private static final String NAME = "bench";

    private PolicyNode() {}

    /** Prints its address and a token, and serves until it is ended. {@code args} are the policy and the data folder. */
    public static void main(String[] args) throws IOException, BadPolicy, InterruptedException {
        Path folder = Files.createDirectories(Path.of(args[1]));
        Clock clock = Clock.systemUTC();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Policy policy = policy(args[0], folder.resolve("audit"), clock, meters);
        Store store = Stores.open(new StoreUrl.Sqlite(folder.resolve("store.db")), Federation.migrations());
        Outbox outbox = new Outbox(store, new InProcessBus(store, clock), clock, NAME, meters);
        Jobs jobs = new Jobs(store, clock, NAME, meters);
        Federation federation = new Federation(
                store,
                jobs,
                outbox,
                Map.of(new CloudName("sim"), cloud(folder.resolve("cloud"), clock)),
                new FederationSettings(
                        IdentitySettings.CLOSED,
                        SiteSettings.DEFAULT,
                        ImageSettings.in(folder.resolve("images")),
                        Quotas.DEFAULT),
                policy,
                Verifiers.NONE,
                clock,
                meters);
        if (args[0].equals("none")) {
            policy.narrow(_ -> new Decision.NotApplicable());
        }
        federation.start();
        outbox.start();
        jobs.start();
        try (HttpServer server = HttpServer.builder()
                .limits(Limits.defaults()
                        .withClients(ClientLimits.defaults().withCaller(new Allowance(1_000_000, 1_000))))
                .metrics(meters)
                .listener(URI.create("http://127.0.0.1:0"), List.of(new Mount("", face(federation))))
                .start()) {
            String token = federation
                    .identity()
                    .tokens()
                    .issue(Caller.local("reader", Proof.TOKEN, false), NewToken.of(NAME, Optional.empty()))
                    .secret();
            System.out.println(server.uris().getFirst() + " " + token);
            Thread.currentThread().join();
        }
    }

    private static Policy policy(String wanted, Path folder, Clock clock, SimpleMeterRegistry meters)
            throws IOException, BadPolicy {
        if (wanted.equals("none")) {
            Decision always = new Decision.Permit("none", List.of());
            Policy permitting = new Policy(clock, Audit.NONE);
            permitting.use(new Rules(Optional.empty(), Optional.of(_ -> always)));
            return permitting;
        }
        AuditLog audit = AuditLog.open(AuditSettings.in(folder), meters);
        Policy policy = new Policy(wanted.equals("xacml") ? Examples.noon() : clock, audit);
        if (wanted.equals("xacml")) {
            policy.use(new Rules(Optional.empty(), Optional.of(Examples.xacml())));
        }
        return policy;
    }

    private static OpenedCloud cloud(Path folder, Clock clock) throws IOException {
        SimulatedDriver driver = new SimulatedDriver();
        Cloud cloud = driver.open(
                new CloudName("sim"),
                Settings.of(driver.settings(), Map.of()),
                new Surroundings(Files.createDirectories(folder), clock));
        return new OpenedCloud(driver.name(), cloud);
    }

    private static OcciFace face(Federation federation) {
        return new OcciFace(
                OcciSettings.standard("hansa/bench", "http://hansa.local/occi/infrastructure"),
                federation.identity(),
                federation.machines(),
                federation.volumes(),
                federation.networks(),
                federation.links(),
                federation.tags(),
                federation.images(),
                federation.sites());
    }
}
