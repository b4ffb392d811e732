package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.kernel.config.Configuration;
import hansa.kernel.config.ConfigurationReader;
import hansa.kernel.config.SecretText;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole node on Debian's PostgreSQL; {@code peers/verify} starts it and says where it is. */
@Tag("peer")
final class PostgresNodePeerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String WISH = """
            Category: compute; scheme="http://schemas.ogf.org/occi/infrastructure#"; class="kind"
            Category: tiny; scheme="http://hansa.local/occi/infrastructure/os_tpl#"; class="mixin"
            Category: small; scheme="http://schemas.ogf.org/occi/infrastructure/compute/template/1.1#"; class="mixin"
            X-OCCI-Attribute: occi.core.title="on postgres"
            """;

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private Closing node = new Closing();

    @AfterEach
    void stop() {
        node.close();
        client.close();
    }

    @Test
    void keepsItsMachinesThereOverARestart() throws Exception {
        start();
        HttpResponse<String> created = await().atMost(PATIENCE)
                .until(
                        () -> send("POST", endpoint("occi").resolve("/compute/"), WISH),
                        response -> response.statusCode() == 201);
        String path = URI.create(created.headers().firstValue("Location").orElseThrow())
                .getPath();
        awaitLine(path, "X-OCCI-Attribute: occi.compute.state=\"active\"");
        node.close();

        start();
        assertThat(send("GET", endpoint("occi").resolve(path), "").body())
                .contains("X-OCCI-Attribute: occi.core.title=\"on postgres\"");
        assertThat(folder.resolve("data").resolve("hansa.db")).doesNotExist();
        assertThat(send("DELETE", endpoint("occi").resolve(path), "").statusCode())
                .isEqualTo(200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                send("GET", endpoint("occi").resolve(path), "").statusCode())
                        .isEqualTo(404));
    }

    private void awaitLine(String path, String line) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                send("GET", endpoint("occi").resolve(path), "").body())
                        .contains(line));
    }

    private void start() throws Exception {
        String store = System.getenv("HANSA_POSTGRES_URL");
        assertThat(store)
                .as("HANSA_POSTGRES_URL says where PostgreSQL is; peers/verify sets it")
                .isNotBlank();
        Configuration wanted = ConfigurationReader.read(
                Optional.empty(),
                List.of(
                        "listen.main=http://127.0.0.1:0",
                        "listen.occi=http://127.0.0.1:0",
                        "identity.open=true",
                        "store.url=" + store,
                        "clouds.sim.driver=simulated"),
                Map.of());
        node = new Closing();
        Node.start(folder.resolve("data"), wanted, new SecretText(Map.of()), Clock.systemUTC(), node);
    }

    private URI endpoint(String name) throws IOException {
        String text = Files.readString(folder.resolve("data").resolve("endpoints.json"));
        Matcher matcher = Pattern.compile("\"" + name + "\": \"([^\"]+)\"").matcher(text);
        assertThat(matcher.find()).isTrue();
        return URI.create(matcher.group(1));
    }

    private HttpResponse<String> send(String method, URI uri, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "text/plain")
                .header("Accept", "text/plain")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
}
