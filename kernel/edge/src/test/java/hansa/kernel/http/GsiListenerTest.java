package hansa.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.kernel.tls.CertificateAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients of the Grid Security Infrastructure send is taken on listeners for them, and nowhere else. */
final class GsiListenerTest {

    private static final String REQUEST = "GET /?fqans=/vo/Role=x,/vo HTTP/1.0\nUser-Agent: voms\nHost: localhost\n\n";

    @TempDir
    Path folder;

    private CertificateAuthority authority;

    @BeforeEach
    void make() throws IOException {
        authority = CertificateAuthority.open(folder.resolve("tls"), List.of(), Clock.systemUTC());
    }

    private List<Mount> mounts() {
        return List.of(new Mount(
                "",
                EchoFace.with((request, _) -> Response.text(
                        200, request.method() + " " + request.query().get("fqans")))));
    }

    private String answer(HttpServer server, String... parts) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(authority.caFile())) {
            store.setCertificateEntry(
                    "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", server.port())) {
            socket.setSoTimeout(20_000);
            for (String part : parts) {
                socket.getOutputStream().write(part.getBytes(StandardCharsets.UTF_8));
                socket.getOutputStream().flush();
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", ""})
    void a_request_is_answered_with_and_without_the_zero_before_it(String zero) throws Exception {
        URI listen = URI.create("https://localhost:0");
        try (HttpServer server = HttpServer.builder()
                .gsiListener(listen, authority.context(), mounts())
                .start()) {
            assertThat(answer(server, zero, REQUEST))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("\r\n\r\nGET [/vo/Role=x,/vo]\n");
        }
    }

    @Test
    void what_is_no_http_at_all_is_refused() throws Exception {
        URI listen = URI.create("https://localhost:0");
        try (HttpServer server = HttpServer.builder()
                .gsiListener(listen, authority.context(), mounts())
                .start()) {
            assertThat(answer(server, "0", "<?xml version=\"1.0\"?><voms><command>G/vo</command></voms>\n\n"))
                    .startsWith("HTTP/1.1 400");
        }
    }

    @Test
    void other_listeners_know_no_such_method() throws Exception {
        URI listen = URI.create("https://localhost:0");
        try (HttpServer server = HttpServer.builder()
                .listener(listen, authority.context(), mounts())
                .start()) {
            assertThat(answer(server, "0", REQUEST.replace("\n", "\r\n"))).startsWith("HTTP/1.1 405");
        }
    }
}
