package hansa.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MountTest {

    private static String get(HttpServer server, int listener, String path) throws IOException {
        try (RawConnection connection =
                RawConnection.to(server.uris().get(listener).getPort())) {
            return connection
                    .sendHead("GET " + path + " HTTP/1.1", "Host: h")
                    .read()
                    .body();
        }
    }

    @Test
    void givesAPathToTheDeepestMountThatFits() throws IOException {
        EchoFace portal = EchoFace.of("portal", Method.GET, "/", Method.GET, "/{page}", Method.GET, "/occi/fake");
        EchoFace operations = EchoFace.of("operations", Method.GET, "/metrics", Method.GET, "/health/live");
        EchoFace occi = EchoFace.of("occi", Method.GET, "/", Method.GET, "/-/", Method.GET, "/compute/{id}");
        EchoFace rest = EchoFace.of("rest", Method.GET, "/vms");
        try (HttpServer server = HttpServer.builder()
                .listener(
                        URI.create("http://127.0.0.1:0"),
                        List.of(
                                new Mount("", operations),
                                new Mount("", portal),
                                new Mount("/occi", occi),
                                new Mount("/api/v1", rest)))
                .listener(URI.create("http://[::1]:0"), List.of(new Mount("", occi)))
                .start()) {
            assertThat(get(server, 0, "/")).isEqualTo("portal GET /\n");
            assertThat(get(server, 0, "/metrics")).isEqualTo("operations GET /metrics\n");
            assertThat(get(server, 0, "/about")).isEqualTo("portal GET /{page}\n");
            assertThat(get(server, 0, "/occi")).isEqualTo("occi GET /\n");
            assertThat(get(server, 0, "/occi/")).isEqualTo("occi GET /\n");
            assertThat(get(server, 0, "/occi/-/")).isEqualTo("occi GET /-/\n");
            assertThat(get(server, 0, "/occi/compute/7")).isEqualTo("occi GET /compute/{id}\n");
            assertThat(get(server, 0, "/occi/fake")).startsWith("occi: resource.not-found");
            assertThat(get(server, 0, "/occix")).isEqualTo("portal GET /{page}\n");
            assertThat(get(server, 0, "/api/v1/vms")).isEqualTo("rest GET /vms\n");
            assertThat(get(server, 0, "/api/v2/vms")).startsWith("operations: resource.not-found");
            assertThat(server.uris().get(1).getHost()).isEqualTo("[::1]");
        }
    }

    @Test
    void tellsTheFaceWhereItIsMounted() throws IOException {
        EchoFace face = new EchoFace(
                "echo",
                List.of(EchoFace.route(
                        Method.GET,
                        "/x/{id}",
                        (request, _) -> Response.text(
                                200,
                                request.origin() + request.mount() + request.path() + " "
                                        + request.pathParameter("id") + " "
                                        + request.peer().isLoopbackAddress()))));
        try (HttpServer server = HttpServer.builder()
                .listener(URI.create("http://127.0.0.1:0"), List.of(new Mount("/a/b", face)))
                .start()) {
            assertThat(get(server, 0, "/a/b/x/%C3%A4")).isEqualTo("http://h/a/b/x/ä ä true\n");
            assertThat(get(server, 0, "/elsewhere")).startsWith("echo: resource.not-found");
        }
    }

    @Test
    void answersOnlyToItsOwnNamesWhereTheseAreGiven() throws IOException {
        try (HttpServer server = HttpServer.builder()
                .listener(URI.create("http://127.0.0.1:0"), List.of(new Mount("", EchoFace.of("e", Method.GET, "/"))))
                .onlyFor(Set.of("Localhost", "[::1]"))
                .start()) {
            for (String host : List.of("localhost", "LOCALHOST:99", "[::1]:1")) {
                assertThat(addressed(server, host).status()).as(host).isEqualTo(200);
            }
            for (String host : List.of("evil.example.org", "localhost.evil.org:1", "127.0.0.1")) {
                assertThat(addressed(server, host).status()).as(host).isEqualTo(421);
            }
            assertThat(addressed(server, "evil.example.org").body())
                    .isEqualTo(
                            "e: policy.denied: Requests to the host evil.example.org are not answered here (rule 'own-hosts');"
                                    + " use the address of the listener.\n");
        }
    }

    private static RawConnection.Answer addressed(HttpServer server, String host) throws IOException {
        try (RawConnection connection = RawConnection.to(server)) {
            return connection.sendHead("GET / HTTP/1.1", "Host: " + host).read();
        }
    }

    @Test
    void refusesTablesThatMakeNoSense() {
        assertThatThrownBy(() -> new Mount("/a/", EchoFace.of("x"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> HttpServer.builder()
                        .listener(
                                URI.create("http://127.0.0.1:0"),
                                List.of(new Mount("", EchoFace.of("x", Method.GET, "/{a}", Method.GET, "/{b}"))))
                        .start())
                .hasMessage("Two routes for GET /{b}");
        assertThatThrownBy(() -> PathPattern.parse("/a/{rest...}/b"))
                .hasMessage("Nothing may follow the rest of a path: /a/{rest...}/b");
        assertThatThrownBy(() -> PathPattern.parse("/a{b}")).hasMessage("A parameter fills its whole segment: /a{b}");
        assertThatThrownBy(() -> HttpServer.builder().listener(URI.create("https://127.0.0.1:0"), List.of()))
                .hasMessage("A listener is given as http://host:port, not as https://127.0.0.1:0");
    }

    @Test
    void saysWhichAddressIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            URI uri = URI.create("http://127.0.0.1:" + taken.getLocalPort());
            assertThatThrownBy(() -> HttpServer.builder()
                            .listener(uri, List.of(new Mount("", EchoFace.of("x"))))
                            .start())
                    .isInstanceOf(IOException.class)
                    .hasMessage("Cannot listen on " + uri
                            + ": Address already in use; stop what listens there or choose another address.");
        }
    }
}
