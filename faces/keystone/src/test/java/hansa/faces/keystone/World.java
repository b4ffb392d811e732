package hansa.faces.keystone;

import hansa.faces.occi.OcciFace;
import hansa.faces.occi.OcciSettings;
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
import hansa.federation.sites.SiteSettings;
import hansa.kernel.bus.InProcessBus;
import hansa.kernel.bus.Outbox;
import hansa.kernel.http.HttpServer;
import hansa.kernel.http.Mount;
import hansa.kernel.jobs.Jobs;
import hansa.kernel.store.Store;
import hansa.kernel.store.StoreUrl;
import hansa.kernel.store.Stores;
import hansa.kernel.tls.CertificateAuthority;
import hansa.protocols.voms.Fqan;
import hansa.trust.Evidence;
import hansa.trust.Rejected;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** OCCI and Keystone on one TLS listener, with a verifier that takes one certificate as a member of two organisations. */
final class World implements AutoCloseable {

    static final Caller OPERATOR = Caller.local("operator", Proof.INTERNAL, true);
    static final String PASSWORD = "correct horse battery";

    /** When the certificate and the access token of these tests end. */
    static final Instant PROOF_ENDS = Instant.now().plus(Duration.ofMinutes(30)).truncatedTo(ChronoUnit.MICROS);

    static final String ACCESS_TOKEN = "an-access-token";
    static final String FOR_ONE_ONLY = "an-assertion-for-one-organisation";

    private static final List<Provider> PROVIDERS = List.of(
            new Provider("idp", "openid", Optional.of("https://idp.test")),
            new Provider("partner", "openid", Optional.of("https://other.test")),
            new Provider("egi.eu", "mapped", Optional.empty()));

    private static final char[] KEYS = "test".toCharArray();

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Path folder;
    private final CertificateAuthority authority;
    private final Federation federation;
    private final HttpServer server;

    World(Path folder) {
        this.folder = folder;
        try {
            Clock clock = Clock.systemUTC();
            SimpleMeterRegistry meters = new SimpleMeterRegistry();
            Store store = keep(Stores.open(new StoreUrl.Sqlite(folder.resolve("k.db")), Federation.migrations()));
            InProcessBus bus = keep(new InProcessBus(store, clock));
            Outbox outbox = keep(new Outbox(store, bus, clock, "test", meters));
            Jobs jobs = keep(new Jobs(store, clock, "test", meters));
            federation = new Federation(
                    store,
                    jobs,
                    outbox,
                    Map.of(),
                    new FederationSettings(
                            new IdentitySettings(false, Duration.ofSeconds(30), 1000),
                            SiteSettings.DEFAULT,
                            ImageSettings.in(folder.resolve("images")),
                            Quotas.DEFAULT),
                    new Policy(clock, Audit.NONE),
                    new Verifiers(Optional.of(World::chain), List.of(World::token), Optional.empty()),
                    clock,
                    meters);
            federation.start();
            authority = CertificateAuthority.open(folder.resolve("server"), List.of(), clock);
            CertificateAuthority.open(folder.resolve("client"), List.of(), clock);
            List<Mount> mounts = new ArrayList<>(List.of(new Mount("/occi", occi())));
            mounts.addAll(
                    KeystoneFace.mounts(KeystoneSettings.of("here", "/occi", PROVIDERS), federation.identity(), clock));
            mounts.add(KeystoneFace.atRoot(federation.identity()));
            server = keep(HttpServer.builder()
                    .askForCertificates(true)
                    .listener(URI.create("https://localhost:0"), authority.context(), mounts)
                    .start());
            federation.identity().users().create(OPERATOR, "grace", PASSWORD, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Evidence chain(List<X509Certificate> chain) throws Rejected {
        if (chain.isEmpty()) {
            throw new Rejected(Rejected.Reason.MALFORMED, "nothing was shown");
        }
        return evidence(Evidence.Kind.PROXY, "/CN=Test CA", "/CN=Ada", Optional.empty());
    }

    private static Optional<Evidence> token(String token) {
        return switch (token) {
            case ACCESS_TOKEN -> Optional.of(evidence(Evidence.Kind.OIDC, "https://idp.test", "ada", Optional.empty()));
            case FOR_ONE_ONLY ->
                Optional.of(
                        evidence(Evidence.Kind.ASSERTION, "https://other.test", "ada", Optional.of("vo.one.example")));
            default -> Optional.empty();
        };
    }

    private static Evidence evidence(Evidence.Kind kind, String issuer, String subject, Optional<String> vo) {
        return new Evidence(
                kind,
                issuer,
                subject,
                "Ada",
                List.of(
                        Fqan.parse("/vo.one.example"),
                        Fqan.parse("/vo.one.example/Role=VMManagement"),
                        Fqan.parse("/vo.two.example")),
                Map.of(),
                vo,
                PROOF_ENDS);
    }

    private OcciFace occi() {
        return new OcciFace(
                OcciSettings.standard("hansa/0.1.0", "http://hansa.test/occi/infrastructure")
                        .withKeystone(URI.create("/v2.0")),
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

    /** {@code https://localhost:port}. */
    String origin() {
        return "https://localhost:" + server.port();
    }

    Path caFile() {
        return authority.caFile();
    }

    int port() {
        return server.port();
    }

    /** What a client trusts, and shows. */
    SSLContext tls(boolean withCertificate) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("ca", certificate(authority.caFile()));
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(withCertificate ? keys().getKeyManagers() : null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private KeyManagerFactory keys() throws IOException, GeneralSecurityException {
        String pem = Files.readString(folder.resolve("client/server.key"));
        byte[] encoded = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry(
                "client",
                KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded)),
                KEYS,
                new Certificate[] {certificate(folder.resolve("client/server.pem"))});
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, KEYS);
        return factory;
    }

    private static X509Certificate certificate(Path pem) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(pem)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
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
