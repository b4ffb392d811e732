package hansa.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** A client that sends its whole body before it reads gets the answer that was given without the body being read. */
final class UnreadBodyTest {

    private static final int LIMIT = 1024 * 1024;
    private static final byte[] TOO_LARGE = new byte[3 * LIMIT];

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        Route.Handler<String> length = (request, _) -> Response.text(200, "" + request.body().length);
        EchoFace face = new EchoFace("echo", List.of(new Route<>(Method.POST, "/", true, LIMIT, length)));
        server = HttpServer.builder()
                .listener(URI.create("http://127.0.0.1:0"), List.of(new Mount("", face)))
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> post(HttpClient client, String path, BodyPublisher body)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        return client.send(HttpRequest.newBuilder(uri).POST(body).build(), HttpResponse.BodyHandlers.ofString());
    }

    @RepeatedTest(20)
    void anOrdinaryClientReadsWhyItsBodyIsTooLarge() throws Exception {
        BodyPublisher stated = BodyPublishers.ofByteArray(TOO_LARGE);
        BodyPublisher chunked = BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(TOO_LARGE));
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (BodyPublisher body : List.of(stated, chunked)) {
                HttpResponse<String> answer = post(client, "/", body);
                assertThat(answer.statusCode()).isEqualTo(413);
                assertThat(answer.body()).contains("larger than the 1048576 bytes");
                assertThat(post(client, "/", BodyPublishers.ofString("small")).body())
                        .isEqualTo("5\n");
            }
            assertThat(post(client, "/nothing", stated).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aClientThatStopsSendingIsWaitedForAShortWhileOnly() throws IOException {
        try (RawConnection connection = RawConnection.to(server)) {
            connection.sendHead("POST / HTTP/1.1", "Host: here", "Content-Length: 3000000");
            assertThat(connection.send("x").read().status()).isEqualTo(413);
            assertThat(connection.ended()).isTrue();
        }
    }

    @Test
    void aClientThatNeverEndsIsCutOff() throws IOException {
        try (RawConnection connection = RawConnection.to(server)) {
            connection.sendHead("POST /nothing HTTP/1.1", "Host: here", "Content-Length: 1000000000");
            String piece = "x".repeat(LIMIT);
            assertThatIOException().isThrownBy(() -> {
                for (int sent = 0; sent < 200; sent++) {
                    connection.send(piece);
                }
            });
        }
    }

    @Test
    void whatIsOnlyOfferedIsNotAskedFor() throws IOException {
        try (RawConnection connection = RawConnection.to(server)) {
            connection.sendHead(
                    "POST /nothing HTTP/1.1", "Host: here", "Content-Length: 3000000", "Expect: 100-continue");
            assertThat(connection.read().status()).isEqualTo(404);
            assertThat(connection.ended()).isTrue();
        }
    }
}
