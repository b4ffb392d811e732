package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.kernel.config.Configuration;
import hansa.kernel.config.ConfigurationReader;
import hansa.kernel.config.SecretText;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a whole node: a member is removed, the machine's users are told, and then it is suspended. */
final class ControlNodeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private final Closing node = new Closing();
    private final HttpClient client = HttpClient.newHttpClient();
    private URI main;
    private String admin;

    @BeforeEach
    void start() throws Exception {
        Configuration wanted = ConfigurationReader.read(
                Optional.empty(),
                List.of(
                        "listen.main=http://127.0.0.1:0",
                        "listen.occi=none",
                        "clouds.sim.driver=simulated",
                        "control.every=1s",
                        "control.grace=3s"),
                Map.of());
        Path data = folder.resolve("data");
        Node.start(data, wanted, new SecretText(Map.of()), Clock.systemUTC(), node);
        Matcher matcher =
                Pattern.compile("\"main\": \"([^\"]+)\"").matcher(Files.readString(data.resolve("endpoints.json")));
        assertThat(matcher.find()).isTrue();
        main = URI.create(matcher.group(1));
        admin = "Bearer " + Files.readString(data.resolve("admin.token")).strip();
    }

    @AfterEach
    void stop() {
        node.close();
        client.close();
    }

    private String send(String who, String method, String path, String body, int status, String... headers)
            throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(main.resolve("/api/v1" + path))
                .header("Authorization", who)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return answer.body();
    }

    private void awaitMachine(String path, String... parts) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(
                        () -> assertThat(send(admin, "GET", path, "", 200)).contains(parts));
    }

    @Test
    void a_removed_members_machine_is_suspended_after_a_notice() throws Exception {
        send(admin, "POST", "/users", "{\"name\":\"ada\",\"password\":\"correct horse battery\"}", 201);
        send(admin, "POST", "/vos", "{\"name\":\"biomed\",\"title\":\"Biomed\"}", 201);
        send(admin, "POST", "/vos/biomed/members", "{\"id\":\"ada\",\"name\":\"Ada\"}", 201);
        String ada = "Basic "
                + Base64.getEncoder().encodeToString("ada:correct horse battery".getBytes(StandardCharsets.UTF_8));
        String machine = "{\"title\":\"web\",\"image\":\"tiny\",\"flavour\":\"small\"}";
        Matcher id = Pattern.compile("\"id\":\"([^\"]+)\"")
                .matcher(send(ada, "POST", "/vms", machine, 201, "Hansa-VO", "biomed"));
        assertThat(id.find()).isTrue();
        String path = "/vms/" + id.group(1);
        awaitMachine(path, "\"state\":\"active\"");

        send(admin, "DELETE", "/vos/biomed/members/ada", "", 204);
        awaitMachine(path, "The right to run it was revoked", "it will be suspended at", "\"state\":\"active\"");
        awaitMachine(path, "so it was suspended.", "\"desired\":\"suspended\"", "\"state\":\"suspended\"");
        String metrics = client.send(
                        HttpRequest.newBuilder(main.resolve("/metrics")).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        assertThat(metrics)
                .contains("hansa_control_revoked_total 1.0", "hansa_control_carried_out_total 1.0")
                .contains("hansa_control_cycles_seconds_count");
    }
}
