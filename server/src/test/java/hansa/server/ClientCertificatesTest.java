package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.kernel.config.Configuration;
import hansa.kernel.config.ConfigurationException;
import hansa.kernel.config.ConfigurationReader;
import hansa.kernel.config.SecretText;
import hansa.trust.kit.AnchorFolder;
import hansa.trust.kit.Credential;
import hansa.trust.kit.Order;
import hansa.trust.kit.Proxies;
import hansa.trust.kit.VomsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node that takes certificates and proxies, asked over HTTPS. */
final class ClientCertificatesTest {

    private static final String ADA = "/O=Grid/CN=Ada Lovelace";

    @TempDir
    private Path folder;

    private final Closing closing = new Closing();
    private final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
    private final Clock clock = new Clock() {
        @Override
        public Instant instant() {
            return Instant.now().plus(later.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    };
    private final List<HttpClient> clients = new ArrayList<>();
    private final Credential authority = Order.authority("/O=Grid/CN=Authority").selfSigned();
    private final Credential user = Order.endEntity(ADA).signedBy(authority);
    private AnchorFolder anchors;
    private VomsServer voms;

    @BeforeEach
    void setUp() throws Exception {
        anchors = new AnchorFolder(Files.createDirectories(folder.resolve("anchors"))).trust(authority);
        voms = new VomsServer(
                        Order.endEntity("/O=Grid/CN=voms.example.org").signedBy(authority),
                        "testvo",
                        "voms.example.org")
                .trustedBy(Files.createDirectories(folder.resolve("vomsdir")));
    }

    @AfterEach
    void tearDown() {
        clients.forEach(HttpClient::close);
        closing.close();
    }

    private void start(String... settings) throws ConfigurationException, StartFailure {
        List<String> all = new ArrayList<>(List.of(
                "listen.main=https://127.0.0.1:0",
                "listen.occi=https://127.0.0.1:0",
                "identity.x509.anchors=" + anchors.path(),
                "identity.x509.refresh=0s"));
        if (Stream.of(settings).noneMatch(setting -> setting.startsWith("identity.x509.vomsdir="))) {
            all.add("identity.x509.vomsdir=" + folder.resolve("vomsdir"));
        }
        all.addAll(List.of(settings));
        Configuration wanted = ConfigurationReader.read(Optional.empty(), all, Map.of());
        Node.start(folder.resolve("data"), wanted, new SecretText(Map.of()), clock, closing);
    }

    private URI endpoint(String name) throws IOException {
        Matcher matcher = Pattern.compile("\"" + name + "\": \"([^\"]+)\"")
                .matcher(Files.readString(folder.resolve("data").resolve("endpoints.json")));
        assertThat(matcher.find()).isTrue();
        return URI.create(matcher.group(1));
    }

    /** A client that shows what it is given in TLS, as {@code curl --cert} does. */
    private HttpClient client(Optional<Credential> credential) throws Exception {
        char[] password = "changeit".toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        if (credential.isPresent()) {
            keys.setKeyEntry(
                    "client",
                    credential.get().key(),
                    password,
                    credential.get().chain().toArray(X509Certificate[]::new));
        }
        KeyManagerFactory shown = KeyManagerFactory.getInstance("SunX509");
        shown.init(keys, password);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(folder.resolve("data/tls/ca.pem"))) {
            trusted.setCertificateEntry(
                    "hansa", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(shown.getKeyManagers(), trust.getTrustManagers(), null);
        HttpClient client = HttpClient.newBuilder().sslContext(tls).build();
        clients.add(client);
        return client;
    }

    private HttpResponse<String> whoami(HttpClient client) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(endpoint("main") + "/api/v1/whoami"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private Credential member() {
        return Proxies.carrying(
                        user,
                        List.of(voms.sign(voms.says(user.certificate(), "/testvo/cloud/Role=VMOperator", "/testvo"))))
                .signedBy(user);
    }

    private static void assertRefusedWithoutReason(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body())
                .contains("\"code\":\"identity.invalid\"")
                .contains("\"title\":\"The credentials are wrong, expired or revoked.\"")
                .contains("\"detail\":\"The credentials were not accepted; get fresh ones, or ask an operator for the"
                        + " reason in the log.\"")
                .doesNotContain("Ada", "voms", "Authority");
    }

    @Test
    void a_proxy_with_attributes_is_known_with_its_groups_and_roles() throws Exception {
        start();
        HttpResponse<String> answer = whoami(client(Optional.of(member())));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"subject\":\"" + ADA + "\"")
                .contains("\"issuer\":\"/O=Grid/CN=Authority\"")
                .contains("\"name\":\"Ada Lovelace\"")
                .contains("\"groups\":[\"/testvo/cloud/Role=VMOperator\",\"/testvo\"]")
                .contains("\"vo\":\"testvo\"")
                .contains("\"proof\":\"proxy\"");
    }

    @Test
    void a_certificate_is_known_at_the_face_of_occi_too() throws Exception {
        start("clouds.sim.driver=simulated");
        HttpClient client = client(Optional.of(user));
        assertThat(whoami(client).body()).contains("\"proof\":\"certificate\"", "\"groups\":[]");
        HttpResponse<String> machines = client.send(
                HttpRequest.newBuilder(endpoint("occi").resolve("/compute/"))
                        .header("Accept", "text/plain")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(machines.statusCode()).isEqualTo(204);
    }

    @Test
    void who_shows_nothing_is_asked_for_credentials() throws Exception {
        start();
        HttpResponse<String> answer = whoami(client(Optional.empty()));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("identity.required");
    }

    @Test
    void a_revoked_certificate_is_refused_without_the_reason() throws Exception {
        anchors.revoke(authority, user.certificate());
        start();
        assertRefusedWithoutReason(whoami(client(Optional.of(user))));
        assertRefusedWithoutReason(whoami(client(Optional.of(member()))));
    }

    @Test
    void a_revocation_list_that_appears_is_heeded_without_a_restart() throws Exception {
        start();
        HttpClient client = client(Optional.of(member()));
        assertThat(whoami(client).statusCode()).isEqualTo(200);
        anchors.revoke(authority, user.certificate());
        later.set(Duration.ofSeconds(31));
        assertRefusedWithoutReason(whoami(client));
    }

    @Test
    void groups_of_a_server_that_nobody_trusts_are_refused_without_the_reason() throws Exception {
        VomsServer other = new VomsServer(voms.credential(), "other", "voms.example.org");
        Credential proxy = Proxies.carrying(user, List.of(other.sign(other.says(user.certificate(), "/other"))))
                .signedBy(user);
        start();
        assertRefusedWithoutReason(whoami(client(Optional.of(proxy))));
    }

    @Test
    void a_limited_proxy_is_taken_only_where_that_is_set() throws Exception {
        Credential limited = Proxies.limited(user).signedBy(user);
        start("identity.x509.limited=accept");
        assertThat(whoami(client(Optional.of(limited))).statusCode()).isEqualTo(200);
    }

    @Test
    void a_folder_that_is_missing_stops_the_start() {
        assertThatThrownBy(() -> start("identity.x509.vomsdir=/nowhere/at/all"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("there is no folder /nowhere/at/all");
    }
}
