package hansa.faces.voms;

import hansa.federation.Federation;
import hansa.federation.FederationSettings;
import hansa.federation.audit.Audit;
import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.compute.Quotas;
import hansa.federation.identity.IdentitySettings;
import hansa.federation.identity.Verifiers;
import hansa.federation.images.ImageSettings;
import hansa.federation.policy.Policy;
import hansa.federation.sites.SiteName;
import hansa.federation.sites.SiteSettings;
import hansa.federation.vos.MemberChange;
import hansa.federation.vos.OrganisationChange;
import hansa.federation.vos.VirtualOrganisations;
import hansa.kernel.bus.InProcessBus;
import hansa.kernel.bus.Outbox;
import hansa.kernel.http.HttpServer;
import hansa.kernel.http.Mount;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.store.Store;
import hansa.kernel.store.StoreUrl;
import hansa.kernel.store.Stores;
import hansa.kernel.tls.CertificateAuthority;
import hansa.kernel.tls.CertificateFiles;
import hansa.kernel.tls.PemFiles;
import hansa.kernel.tls.SigningCredential;
import hansa.protocols.voms.Fqan;
import hansa.protocols.voms.SlashName;
import hansa.trust.kit.AnchorFolder;
import hansa.trust.kit.Credential;
import hansa.trust.kit.Order;
import hansa.trust.kit.VomsServer;
import hansa.trust.voms.AttributeAuthority;
import hansa.trust.x509.X509Settings;
import hansa.trust.x509.X509Verifier;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A node that manages {@code testvo}, shown on two listeners, and an authority of users that it trusts. {@code elsewhere}
 * is a virtual organisation that another VOMS server speaks for.
 */
final class World implements AutoCloseable {

    private static final Caller OPERATOR = Caller.local("root", Proof.TOKEN, true);

    private final Path folder;
    private final Store store;
    private final InProcessBus bus;
    private final Outbox outbox;
    private final Jobs jobs;
    private final VirtualOrganisations vos;
    private final HttpServer server;

    final AnchorFolder anchors;
    final Path vomsDirectory;
    final Credential authority = Order.authority("/O=Grid/CN=Authority").selfSigned();
    final Credential user = Order.endEntity("/O=Grid/OU=People/CN=Ada Lovelace").signedBy(authority);
    final VomsServer other;
    final SigningCredential signing;

    World(Path folder, boolean open) throws IOException {
        this.folder = folder;
        this.anchors = new AnchorFolder(Files.createDirectories(folder.resolve("anchors"))).trust(authority);
        this.vomsDirectory = Files.createDirectories(folder.resolve("vomsdir"));
        this.other = new VomsServer(
                        Order.endEntity("/O=Grid/CN=voms.example.org").signedBy(authority),
                        "testvo",
                        "voms.example.org")
                .trustedBy(vomsDirectory);
        PemFiles files = CertificateAuthority.attributeAuthority(folder.resolve("tls"), "localhost", Clock.systemUTC());
        this.signing = SigningCredential.read(files);
        this.store = Stores.open(StoreUrl.parse("sqlite:" + folder.resolve("w.db")), Federation.migrations());
        X509Verifier verifier = new X509Verifier(
                new X509Settings(anchors.path(), Optional.of(vomsDirectory), false, false, Duration.ZERO, Set.of()),
                Clock.systemUTC());
        Clock clock = Clock.systemUTC();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        this.bus = new InProcessBus(store, clock);
        this.outbox = new Outbox(store, bus, clock, "node", meters);
        this.jobs = new Jobs(store, clock, "node", meters);
        Federation federation = new Federation(
                store,
                jobs,
                outbox,
                Map.of(),
                new FederationSettings(
                        new IdentitySettings(open, Duration.ofSeconds(30), 1000),
                        new SiteSettings(new SiteName("test"), "Test", Duration.ofHours(1), Duration.ofHours(1), 1),
                        new ImageSettings(folder.resolve("images"), 1, Duration.ofSeconds(20), false),
                        Quotas.UNLIMITED),
                new Policy(clock, Audit.NONE),
                new Verifiers(Optional.of(verifier), List.of(), Optional.empty()),
                clock,
                meters);
        this.vos = federation.vos();
        vos.organisations().create(OPERATOR, "testvo", "", "");
        vos.organisations().createGroup(OPERATOR, "/testvo/cloud", "");
        vos.organisations().createGroup(OPERATOR, "/testvo/secret", "");
        AtomicInteger port = new AtomicInteger();
        VomsFace face = new VomsFace(
                federation.identity(),
                vos.standings(),
                new AttributeAuthority(
                        signing.certificate(), signing.key(), "localhost", Duration.ofHours(24), Clock.systemUTC()),
                port::get);
        CertificateFiles tls = CertificateFiles.open(files.certificate(), files.key());
        this.server = HttpServer.builder()
                .askForCertificates(true)
                .gsiListener(URI.create("https://localhost:0"), tls.context(), List.of(new Mount("", face)))
                .listener(URI.create("https://localhost:0"), tls.context(), List.of(new Mount("/voms", face)))
                .start();
        port.set(server.port());
    }

    /** The listener where clients find {@code /generate-ac} at the root. */
    URI root() {
        return server.uris().getFirst();
    }

    URI main() {
        return server.uris().get(1);
    }

    /** The authority of this node's own certificates. */
    X509Certificate ownAuthority() {
        try (InputStream in = Files.newInputStream(folder.resolve("tls/ca.pem"))) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String id(Credential who) {
        return SlashName.of(who.certificate().getSubjectX500Principal());
    }

    void join(Credential who, String... rights) {
        vos.members().add(OPERATOR, "testvo", id(who), "", Optional.empty());
        for (String right : rights) {
            vos.members().grant(OPERATOR, id(who), Fqan.parse(right));
        }
    }

    void suspend(Credential who) {
        vos.members()
                .update(
                        OPERATOR,
                        "testvo",
                        id(who),
                        new MemberChange(Optional.empty(), Optional.of("away"), Optional.empty(), false),
                        OptionalLong.empty());
    }

    void suspendOrganisation() {
        vos.organisations()
                .update(
                        OPERATOR,
                        "testvo",
                        new OrganisationChange(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("under audit"),
                                Optional.empty()),
                        OptionalLong.empty());
    }

    Client client(Credential credential) {
        return new Client(ownAuthority(), Optional.of(credential));
    }

    Client stranger() {
        return new Client(ownAuthority(), Optional.empty());
    }

    @Override
    public void close() {
        server.close();
        jobs.close();
        outbox.close();
        bus.close();
        store.close();
    }
}
