package hansa.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bodies that are read as they come in. */
final class StreamedBodyTest {

    private static final int LIMIT = 8 * 1024 * 1024;

    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        Route.Handler<String> count = (request, _) -> {
            try (InputStream in = request.bodyStream()) {
                long size = 0;
                byte[] piece = new byte[10_000];
                for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                    size += n;
                }
                return Response.text(200, request.bodyLength().orElse(-1) + " " + size);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        EchoFace face = new EchoFace("echo", List.of(new Route<>(Method.POST, "/", true, LIMIT, count)));
        server = HttpServer.builder()
                .listener(URI.create("http://127.0.0.1:0"), List.of(new Mount("", face)))
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> post(BodyPublisher body) throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            URI uri = URI.create("http://127.0.0.1:" + server.port() + "/");
            return client.send(HttpRequest.newBuilder(uri).POST(body).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    private static BodyPublisher chunked(int size) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[size]));
    }

    @Test
    void aBodyIsReadPieceByPieceUpToTheLimit() throws Exception {
        assertThat(post(BodyPublishers.ofByteArray(new byte[LIMIT])).body()).isEqualTo(LIMIT + " " + LIMIT + "\n");
        assertThat(post(chunked(LIMIT)).body()).isEqualTo("-1 " + LIMIT + "\n");
        assertThat(post(BodyPublishers.noBody()).body()).isEqualTo("0 0\n");
    }

    @Test
    void beyondTheLimitItIsRefused() throws Exception {
        assertThat(post(BodyPublishers.ofByteArray(new byte[LIMIT + 1])).statusCode())
                .isEqualTo(413);
        assertThat(post(chunked(LIMIT + 1)).statusCode()).isEqualTo(413);
    }
}
