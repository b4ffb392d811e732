package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.kernel.config.ConfigurationReader;
import hansa.kernel.config.SecretText;
import hansa.trust.kit.Credential;
import hansa.trust.kit.Order;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** An assertion that is bound to a key, brought over TLS to a whole node by whoever has the key, and by others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SamlHolderTest {

    private final Closing closing = new Closing();
    private final Credential authority =
            Order.authority("/O=Campus/CN=Authority").selfSigned();
    private final Credential holder = Order.endEntity("/O=Campus/CN=Ada").signedBy(authority);
    private final Credential thief = Order.endEntity("/O=Campus/CN=Ada").signedBy(authority);
    private Path folder;
    private SamlIdp idp;
    private URI main;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        idp = SamlIdp.in(folder);
        List<String> settings = List.of(
                "listen.main=https://127.0.0.1:0",
                "listen.occi=none",
                "site.url=https://cloud.example.org",
                "identity.saml.kit.entity=" + SamlIdp.ISSUER,
                "identity.saml.kit.audience=https://cloud.example.org",
                "identity.saml.kit.vos=biomed",
                "identity.saml.kit.certificates=" + idp.certificates());
        Path data = folder.resolve("data");
        Node.start(
                data,
                ConfigurationReader.read(Optional.empty(), settings, Map.of()),
                new SecretText(Map.of()),
                Clock.systemUTC(),
                closing);
        main = URI.create(part(Files.readString(data.resolve("endpoints.json")), "\"main\": \"([^\"]+)\""));
    }

    @AfterAll
    void stop() {
        closing.close();
    }

    private static String part(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(text).isTrue();
        return matcher.group(1);
    }

    private HttpClient client(Optional<Credential> shown) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(folder.resolve("data/tls/ca.pem"))) {
            trusted.setCertificateEntry(
                    "hansa", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(shown.isPresent() ? keys(shown.get()) : new KeyManager[0], trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(tls).build();
    }

    private static KeyManager[] keys(Credential shown) throws Exception {
        char[] password = "changeit".toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        keys.setKeyEntry("client", shown.key(), password, shown.chain().toArray(X509Certificate[]::new));
        KeyManagerFactory managers = KeyManagerFactory.getInstance("SunX509");
        managers.init(keys, password);
        return managers.getKeyManagers();
    }

    private String assertion() throws Exception {
        return idp.assertion(SamlIdp.holder(holder.certificate()), 60, SamlIdp.GROUPS);
    }

    private HttpResponse<String> exchange(HttpClient client, String assertion) throws Exception {
        return client.send(
                HttpRequest.newBuilder(main.resolve("/api/v1/oauth/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(SamlIdp.form(assertion)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void whoHasTheKeyGetsATokenAsOftenAsTheyLike() throws Exception {
        String assertion = assertion();
        try (HttpClient client = client(Optional.of(holder))) {
            HttpResponse<String> first = exchange(client, assertion);
            assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
            assertThat(exchange(client, assertion).statusCode()).isEqualTo(200);
            String token = part(first.body(), "\"access_token\":\"([^\"]+)\"");
            HttpResponse<String> whoami = client.send(
                    HttpRequest.newBuilder(main.resolve("/api/v1/whoami"))
                            .header("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(whoami.body())
                    .contains("\"subject\":\"user1\"", "\"issuer\":\"" + SamlIdp.ISSUER + "\"")
                    .contains("/biomed/Role=vm_operator");
        }
    }

    @Test
    void whoHasAnotherKeyGetsNone() throws Exception {
        try (HttpClient client = client(Optional.of(thief))) {
            assertRefused(exchange(client, assertion()));
        }
    }

    @Test
    void whoShowsNoCertificateGetsNone() throws Exception {
        try (HttpClient client = client(Optional.empty())) {
            assertRefused(exchange(client, assertion()));
        }
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("\"error\":\"invalid_grant\"")
                .doesNotContain("holder", "certificate that", "key");
    }
}
