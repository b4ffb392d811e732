package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.kernel.config.ConfigurationReader;
import hansa.kernel.config.SecretText;
import hansa.trust.kit.AnchorFolder;
import hansa.trust.kit.Credential;
import hansa.trust.kit.Order;
import hansa.trust.kit.Proxies;
import hansa.trust.kit.VomsServer;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proxy with VOMS attributes becomes a token for its virtual organisation, on a whole node. */
final class VomsKeystoneTest {

    @TempDir
    private Path folder;

    private final Closing closing = new Closing();
    private final Credential authority = Order.authority("/O=Grid/CN=Authority").selfSigned();
    private final Credential user = Order.endEntity("/O=Grid/CN=Ada Lovelace").signedBy(authority);
    private VomsServer voms;
    private URI occi;

    @BeforeEach
    void start() throws Exception {
        AnchorFolder anchors = new AnchorFolder(Files.createDirectories(folder.resolve("anchors"))).trust(authority);
        voms = new VomsServer(
                        Order.endEntity("/O=Grid/CN=voms.example.org").signedBy(authority),
                        "testvo",
                        "voms.example.org")
                .trustedBy(Files.createDirectories(folder.resolve("vomsdir")));
        List<String> settings = List.of(
                "listen.main=https://127.0.0.1:0",
                "listen.occi=https://127.0.0.1:0",
                "identity.x509.anchors=" + anchors.path(),
                "identity.x509.vomsdir=" + folder.resolve("vomsdir"));
        Path data = folder.resolve("data");
        Node.start(
                data,
                ConfigurationReader.read(Optional.empty(), settings, Map.of()),
                new SecretText(Map.of()),
                Clock.systemUTC(),
                closing);
        occi = URI.create(part(Files.readString(data.resolve("endpoints.json")), "\"occi\": \"([^\"]+)\""));
    }

    @AfterEach
    void stop() {
        closing.close();
    }

    private static String part(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private HttpClient client(Credential shown) throws Exception {
        char[] password = "changeit".toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("client", shown.key(), password, shown.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory managers = KeyManagerFactory.getInstance("SunX509");
        managers.init(keys, password);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(folder.resolve("data/tls/ca.pem"))) {
            trusted.setCertificateEntry(
                    "hansa", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(tls).build();
    }

    private HttpResponse<String> send(HttpClient client, String method, String path, String body, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(occi.resolve(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void it_signs_in_by_either_version_and_no_longer_than_it_lasts() throws Exception {
        Credential proxy = Proxies.carrying(user, List.of(voms.sign(voms.says(user.certificate(), "/testvo"))))
                .signedBy(user);
        Instant ends = proxy.certificate().getNotAfter().toInstant();
        try (HttpClient client = client(proxy)) {
            HttpResponse<String> second =
                    send(client, "POST", "/v2.0/tokens", "{\"auth\":{\"voms\":true,\"tenantName\":\"testvo\"}}");
            assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
            assertThat(Instant.parse(part(second.body(), "\"expires\":\"([^\"]+)\"")))
                    .isBeforeOrEqualTo(ends);
            String token = part(second.body(), "\"id\":\"(hansa_[^\"]+)\"");
            HttpResponse<String> third =
                    send(client, "GET", "/v3/OS-FEDERATION/identity_providers/egi.eu/protocols/mapped/auth", "");
            assertThat(third.statusCode()).as(third.body()).isEqualTo(201);
            String unscoped = third.headers().firstValue("X-Subject-Token").orElseThrow();
            assertThat(send(client, "GET", "/v3/auth/projects", "", "X-Auth-Token", unscoped)
                            .body())
                    .contains("\"name\":\"testvo\"");
            assertThat(send(client, "GET", "/-/", "", "X-Auth-Token", token).statusCode())
                    .isEqualTo(200);
            assertThat(send(client, "POST", "/v2.0/tokens", "{\"auth\":{\"voms\":true,\"tenantName\":\"othervo\"}}")
                            .statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void attributes_of_somebody_else_give_no_token() throws Exception {
        Credential other = Order.endEntity("/O=Grid/CN=Eve").signedBy(authority);
        Credential stolen = Proxies.carrying(other, List.of(voms.sign(voms.says(user.certificate(), "/testvo"))))
                .signedBy(other);
        try (HttpClient client = client(stolen)) {
            HttpResponse<String> refused = send(client, "POST", "/v2.0/tokens", "{\"auth\":{\"voms\":true}}");
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(refused.body())
                    .contains("\"title\":\"Unauthorized\"")
                    .doesNotContain("Eve", "Ada", "holder", "voms.example.org");
        }
    }
}
