package hansa.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.kernel.tls.CertificateAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TlsListenerTest {

    @TempDir
    Path folder;

    private CertificateAuthority authority;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        authority = CertificateAuthority.open(folder.resolve("tls"), List.of(), Clock.systemUTC());
        EchoFace face = new EchoFace(
                "echo",
                List.of(
                        EchoFace.route(
                                Method.GET,
                                "/",
                                (request, _) ->
                                        Response.text(200, request.origin()).with("Connection", "keep-alive")),
                        EchoFace.route(
                                Method.POST,
                                "/",
                                (request, _) ->
                                        Response.text(200, new String(request.body(), StandardCharsets.UTF_8)))));
        server = HttpServer.builder()
                .listener(URI.create("https://localhost:0"), authority.context(), List.of(new Mount("", face)))
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private SSLContext trusting(Path pem) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private HttpClient client() throws IOException, GeneralSecurityException {
        return HttpClient.newBuilder().sslContext(trusting(authority.caFile())).build();
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void speaksHttp1AndHttp2(HttpClient.Version version) throws Exception {
        try (HttpClient client = client()) {
            HttpRequest request = HttpRequest.newBuilder(server.uris().getFirst())
                    .version(version)
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.version()).isEqualTo(version);
            assertThat(answer.body()).isEqualTo("https://localhost:" + server.port() + "\n");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
    void tellsAClientWhyItsBodyIsTooLarge(HttpClient.Version version) throws Exception {
        try (HttpClient client = client()) {
            HttpRequest request = HttpRequest.newBuilder(server.uris().getFirst())
                    .version(version)
                    .POST(HttpRequest.BodyPublishers.ofByteArray(new byte[3 * 1024 * 1024]))
                    .build();
            for (int i = 0; i < 10; i++) {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(answer.version()).isEqualTo(version);
                assertThat(answer.statusCode()).isEqualTo(413);
                assertThat(answer.body()).contains("larger than the 1024 bytes");
            }
        }
    }

    @Test
    void keepsItsLimitsOverHttp2() throws Exception {
        try (HttpClient client = client()) {
            URI here = server.uris().getFirst();
            HttpRequest large = HttpRequest.newBuilder(here)
                    .POST(HttpRequest.BodyPublishers.ofString("x".repeat(2000)))
                    .build();
            assertThat(client.send(large, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(413);
            HttpRequest header = HttpRequest.newBuilder(here)
                    .header("X-Big", "x".repeat(100_000))
                    .build();
            assertThat(client.send(header, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
            HttpRequest put = HttpRequest.newBuilder(here)
                    .PUT(HttpRequest.BodyPublishers.noBody())
                    .build();
            HttpResponse<String> refused = client.send(put, HttpResponse.BodyHandlers.ofString());
            assertThat(refused.statusCode()).isEqualTo(405);
            assertThat(refused.headers().firstValue("Allow")).contains("GET, HEAD, POST, OPTIONS");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void shakesHandsWithWhoeverTrustsTheAuthority(String protocol) throws Exception {
        try (SSLSocket socket =
                (SSLSocket) trusting(authority.caFile()).getSocketFactory().createSocket("localhost", server.port())) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
        }
    }

    @Test
    void answersWhoeverPassesAnotherHostThanInTheHandshake() throws Exception {
        try (SSLSocket socket = (SSLSocket)
                        trusting(authority.caFile()).getSocketFactory().createSocket("localhost", server.port());
                RawConnection connection = new RawConnection(socket)) {
            assertThat(connection
                            .sendHead("GET / HTTP/1.1", "Host: cloud.example.org")
                            .read()
                            .body())
                    .isEqualTo("https://cloud.example.org\n");
        }
    }

    @Test
    void refusesOldTls() throws Exception {
        try (SSLSocket socket =
                (SSLSocket) trusting(authority.caFile()).getSocketFactory().createSocket("localhost", server.port())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.1"});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void isNotTrustedByStrangers() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(server.uris().getFirst()).build();
            assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(SSLException.class);
        }
    }
}
