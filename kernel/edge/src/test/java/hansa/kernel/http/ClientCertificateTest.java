package hansa.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.kernel.tls.CertificateAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What clients show of themselves in TLS comes with the request, whoever signed it. */
final class ClientCertificateTest {

    private static final char[] PASSWORD = "test".toCharArray();

    @TempDir
    Path folder;

    private CertificateAuthority authority;

    /** The server's authority does not know this certificate. */
    private CertificateAuthority stranger;

    @BeforeEach
    void make() throws IOException {
        authority = CertificateAuthority.open(folder.resolve("server"), List.of(), Clock.systemUTC());
        stranger = CertificateAuthority.open(folder.resolve("client"), List.of(), Clock.systemUTC());
    }

    private HttpServer server(boolean ask) throws IOException {
        EchoFace face = EchoFace.with((request, _) -> Response.text(
                200,
                request.clientChain().stream()
                        .map(X509Certificate::getSerialNumber)
                        .map(String::valueOf)
                        .collect(Collectors.joining(" ", "chain: ", ""))));
        return HttpServer.builder()
                .askForCertificates(ask)
                .listener(URI.create("https://localhost:0"), authority.context(), List.of(new Mount("", face)))
                .start();
    }

    private static X509Certificate certificate(Path pem) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(pem)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private KeyManager[] keys() throws IOException, GeneralSecurityException {
        String pem = Files.readString(folder.resolve("client/server.key"));
        byte[] encoded = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("client", key, PASSWORD, new Certificate[] {shown(), certificate(stranger.caFile())});
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, PASSWORD);
        return factory.getKeyManagers();
    }

    private X509Certificate shown() throws IOException, GeneralSecurityException {
        return certificate(folder.resolve("client/server.pem"));
    }

    private String answer(HttpServer server, boolean withCertificate, String protocol, HttpClient.Version version)
            throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("ca", certificate(authority.caFile()));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance(protocol);
        context.init(withCertificate ? keys() : null, trust.getTrustManagers(), null);
        try (HttpClient client = HttpClient.newBuilder().sslContext(context).build()) {
            HttpRequest request = HttpRequest.newBuilder(server.uris().getFirst())
                    .version(version)
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .strip();
        }
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.2, HTTP_1_1", "TLSv1.3, HTTP_1_1", "TLSv1.2, HTTP_2", "TLSv1.3, HTTP_2"})
    void a_chain_comes_whole_and_in_order(String protocol, HttpClient.Version version) throws Exception {
        try (HttpServer server = server(true)) {
            assertThat(answer(server, true, protocol, version))
                    .isEqualTo("chain: " + shown().getSerialNumber() + " "
                            + certificate(stranger.caFile()).getSerialNumber());
        }
    }

    @Test
    void clients_without_a_certificate_are_served() throws Exception {
        try (HttpServer server = server(true)) {
            assertThat(answer(server, false, "TLSv1.3", HttpClient.Version.HTTP_2))
                    .isEqualTo("chain:");
        }
    }

    @Test
    void nobody_is_asked_where_certificates_are_not_wanted() throws Exception {
        try (HttpServer server = server(false)) {
            assertThat(answer(server, true, "TLSv1.3", HttpClient.Version.HTTP_2))
                    .isEqualTo("chain:");
        }
    }
}
