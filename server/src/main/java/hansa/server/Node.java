package hansa.server;

import hansa.cloud.CloudName;
import hansa.faces.authz.AuthzFace;
import hansa.faces.keystone.KeystoneFace;
import hansa.faces.occi.OcciFace;
import hansa.faces.rest.RestFace;
import hansa.faces.rest.Services;
import hansa.faces.rest.WellKnownFace;
import hansa.federation.Federation;
import hansa.federation.accounts.Vouchers;
import hansa.federation.audit.AuditLog;
import hansa.federation.compute.Compute;
import hansa.federation.identity.Verifiers;
import hansa.federation.policies.AuditTrail;
import hansa.federation.policies.Policies;
import hansa.federation.policy.Policy;
import hansa.federation.sites.OpenedCloud;
import hansa.kernel.base.Failure;
import hansa.kernel.bus.Bus;
import hansa.kernel.bus.InProcessBus;
import hansa.kernel.bus.Outbox;
import hansa.kernel.bus.artemis.ArtemisBus;
import hansa.kernel.bus.artemis.BusUrl;
import hansa.kernel.config.Configuration;
import hansa.kernel.config.ConfigurationException;
import hansa.kernel.config.SecretText;
import hansa.kernel.http.HttpServer;
import hansa.kernel.http.Mount;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.store.Store;
import hansa.kernel.store.Stores;
import hansa.kernel.telemetry.Health;
import hansa.kernel.telemetry.OperationsFace;
import hansa.kernel.telemetry.Telemetry;
import hansa.policy.xacml.XacmlPdp;
import hansa.trust.AssertionSigner;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The whole system: every part is made here, by its constructor, and handed to those that need it. */
final class Node {

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    private Node() {}

    /**
     * What a node that runs consists of and shows.
     *
     * @param main the faces of the main listener
     * @param occi the faces of the listener for OCCI
     */
    record Shown(Federation federation, List<Mount> main, List<Mount> occi) {}

    /**
     * Builds and starts everything; returns when the node is ready.
     *
     * @param closing gets every part that has to be closed, also when the start fails half-way
     */
    static Shown start(Path folder, Configuration wanted, SecretText secrets, Clock clock, Closing closing)
            throws ConfigurationException, StartFailure {
        try {
            return build(folder, wanted, secrets, clock, closing);
        } catch (ConfigurationException | StartFailure e) {
            closing.close();
            throw e;
        } catch (Failure e) {
            closing.close();
            throw new StartFailure(e.text(), e);
        } catch (IOException | UncheckedIOException e) {
            closing.close();
            throw new StartFailure(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException | LinkageError e) {
            closing.close();
            LOG.error("The node could not be put together", e);
            throw new StartFailure("A fault in Hansa keeps the node from starting; the lines above say where.", e);
        }
    }

    private static Shown build(Path folder, Configuration wanted, SecretText secrets, Clock clock, Closing closing)
            throws ConfigurationException, StartFailure, IOException {
        DataFolder data = closing.add("data folder", DataFolder.take(folder));
        String node = data.nodeId();
        Settings settings = new Settings(wanted, data);
        Listeners listeners = new Listeners(wanted, data, clock, closing);
        Telemetry telemetry = closing.add("telemetry", new Telemetry());
        MeterRegistry meters = telemetry.registry();

        Store store = closing.add("store", Stores.open(settings.store(), Federation.migrations()));
        Bus bus = closing.add("bus", bus(settings, data, store, clock, node));
        Outbox outbox = closing.add("outbox", new Outbox(store, bus, clock, node, meters));
        TokenIssuers issuers = new TokenIssuers(wanted, data, store, clock, closing);
        Optional<AssertionSigner> signer = issuers.signer();
        Optional<Vouchers> vouchers =
                signer.map(own -> new Vouchers(store, own, Compute::accountOf, Compute::hasMachines));
        Map<CloudName, OpenedCloud> clouds = clouds(wanted, secrets, data, vouchers, clock, closing);
        Jobs jobs = closing.add("jobs", new Jobs(store, clock, node, meters));

        AuditLog audit = closing.add("audit log", AuditLog.open(settings.audit(), meters));
        Policy policy = new Policy(clock, audit);
        Policies policies = closing.add(
                "policies",
                new Policies(
                        store,
                        policy,
                        audit.reader(),
                        // A method of its own, so that nobody loads the library who has no such policy.
                        documents -> XacmlPdp.of(documents),
                        settings.policies(),
                        clock,
                        meters));
        policies.start();
        Verifiers verifiers = new Verifiers(
                new ClientCertificates(wanted, clock).verifier(),
                issuers.verifiers(),
                new SamlProviders(wanted, store, clock).verifier(),
                signer,
                issuers.logins());
        Federation federation =
                new Federation(store, jobs, outbox, clouds, settings.federation(), policy, verifiers, clock, meters);
        Duration counts = settings.federation().control().keep();
        vouchers.ifPresent(known -> known.ask(
                id -> federation.identity().lastKnown(id, clock.instant().minus(counts))));
        federation.identity().tokens().ensureAdminToken(data.path("admin.token"));

        OcciFace occi = new OcciFace(
                settings.occi(),
                federation.identity(),
                federation.machines(),
                federation.volumes(),
                federation.networks(),
                federation.links(),
                federation.tags(),
                federation.images(),
                federation.sites());
        RestFace rest = new RestFace(new Services(
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
        Health health = new Health(Checks.of(store, federation.sites(), clouds.keySet()));
        OperationsFace operations = new OperationsFace(telemetry, health, settings.metricsRule());
        List<Mount> onMain = new ArrayList<>(List.of(new Mount("/occi", occi), new Mount("/api/v1", rest)));
        onMain.addAll(KeystoneFace.mounts(settings.keystone("/occi"), federation.identity(), clock));
        onMain.add(new Mount("", operations));
        onMain.add(new Mount("", new WellKnownFace(federation.identity().assertions())));
        onMain.add(new Mount("", new AuthzFace(federation.identity(), policy, clock)));
        onMain.add(KeystoneFace.atRoot(federation.identity()));
        List<Mount> onOcci = new ArrayList<>(List.of(new Mount("", occi)));
        onOcci.addAll(KeystoneFace.mounts(settings.keystone(""), federation.identity(), clock));

        Optional<OwnVoms> voms = OwnVoms.open(wanted, data, clock);
        List<Mount> onVoms =
                voms.map(own -> new Mount("", own.face(federation))).stream().toList();
        onVoms.forEach(mount -> onMain.add(new Mount("/voms", mount.face())));

        outbox.start();
        federation.start();
        HttpServer server = closing.add("listeners", listeners.start(onMain, onOcci, onVoms, voms, meters));
        closing.add("requests that wait", rest);
        data.announce(listeners.endpoints(server));
        // Last, because what was left undone when the node ended may be much, and nobody's request should wait for it.
        jobs.start();
        LOG.info("Hansa is ready at {}, its data in {}", server.uris(), data);
        if (clouds.isEmpty()) {
            LOG.warn(
                    "No cloud is configured, so nothing can be started yet; add one, for example: {}",
                    "--set clouds.sim.driver=simulated");
        }
        Thread.ofVirtual().name("telemetry").start(telemetry::measureProcess);
        return new Shown(federation, onMain, onOcci);
    }

    private static Bus bus(Settings settings, DataFolder data, Store store, Clock clock, String node)
            throws ConfigurationException, IOException {
        Optional<BusUrl> url = settings.bus();
        return url.isPresent()
                ? ArtemisBus.open(url.get(), data.folder("bus"), store, clock, node)
                : new InProcessBus(store, clock);
    }

    private static Map<CloudName, OpenedCloud> clouds(
            Configuration wanted,
            SecretText secrets,
            DataFolder data,
            Optional<Vouchers> vouchers,
            Clock clock,
            Closing closing)
            throws ConfigurationException, StartFailure, IOException {
        Profiles.check(wanted);
        Clouds drivers = Clouds.onClassPath(secrets, vouchers);
        Map<CloudName, OpenedCloud> opened = new LinkedHashMap<>();
        for (Configuration.CloudEntry entry : wanted.clouds()) {
            OpenedCloud cloud = drivers.open(entry, data, clock);
            closing.add("cloud " + entry.name(), cloud.cloud());
            opened.put(new CloudName(entry.name()), cloud);
        }
        return opened;
    }
}
