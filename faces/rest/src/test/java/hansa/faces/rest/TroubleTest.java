package hansa.faces.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.faces.rest.TestNode.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a client sees when a cloud does not answer, has no room, or an image is not the announced one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TroubleTest {

    private TestNode node;
    private String operator;
    private Path images;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        images = Files.createDirectory(folder.resolve("sources"));
        node = TestNode.start(
                folder,
                Map.of(
                        "faults",
                        "on console-read always: refuse unavailable \"gone fishing\";"
                                + "on volume-create always: refuse quota \"the account is full\""));
        operator = node.operator();
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private JsonNode settled(String path) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> !node.get(operator, path)
                        .json()
                        .path("state")
                        .asString()
                        .equals("pending"));
        return node.get(operator, path).json();
    }

    @Test
    void passesOnThatACloudDoesNotAnswer() {
        node.post(operator, "/vms", "{\"id\":\"mute\",\"image\":\"tiny\",\"flavour\":\"small\"}");
        settled("/vms/mute");
        Answer console = node.get(operator, "/vms/mute/console");
        assertThat(console.status()).isEqualTo(503);
        assertThat(console.header("Retry-After")).isEqualTo("2");
        assertThat(console.json().path("code").asString()).isEqualTo("cloud.unavailable");
        assertThat(console.json().path("retryable").asBoolean()).isTrue();
        assertThat(console.json().path("detail").asString()).contains("gone fishing");
    }

    @Test
    void showsACloudsRefusalAsTheStateOfWhatWasWanted() {
        Answer wanted = node.post(operator, "/volumes", "{\"title\":\"too much\",\"sizeMib\":10}");
        assertThat(wanted.status()).isEqualTo(201);
        JsonNode volume = settled(wanted.header("Location").replaceFirst("^/api/v1", ""));
        assertThat(volume.path("state").asString()).isEqualTo("error");
        assertThat(volume.path("message").asString()).contains("the account is full");
    }

    @Test
    void fetchesAnImageAndChecksIt() throws IOException, NoSuchAlgorithmException {
        byte[] content = "an image of very little".getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(images.resolve("small.raw"), content);
        String digest =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-512").digest(content));
        Answer registered = node.post(
                operator,
                "/images",
                "{\"id\":\"checked\",\"format\":\"raw\",\"source\":\"%s\",\"sha512\":\"%s\",\"sizeBytes\":%d}"
                        .formatted(file.toUri(), digest, content.length));
        assertThat(registered.status()).as(registered.text()).isEqualTo(201);
        assertThat(registered.header("Location")).isEqualTo("/api/v1/images/checked");
        JsonNode image = settled("/images/checked");
        assertThat(image.path("state").asString()).as(image.toString()).isEqualTo("ready");
        assertThat(image.path("sizeBytes").asLong()).isEqualTo(content.length);

        node.post(
                operator,
                "/images",
                "{\"id\":\"forged\",\"format\":\"raw\",\"source\":\"%s\",\"sha512\":\"%s\"}"
                        .formatted(
                                file.toUri(), digest.replace(digest.charAt(0), digest.charAt(0) == '0' ? '1' : '0')));
        JsonNode forged = settled("/images/forged");
        assertThat(forged.path("state").asString()).isEqualTo("error");
        assertThat(forged.path("message").asString()).containsIgnoringCase("sha-512");
        Answer machine = node.post(operator, "/vms", "{\"image\":\"forged\",\"flavour\":\"small\"}");
        assertThat(machine.status()).isBetween(400, 499);
        assertThat(node.delete(operator, "/images/checked").status()).isEqualTo(202);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> node.get(operator, "/images/checked").status() == 404);
    }

    @Test
    void endsLongPollsWhenItIsClosed(@TempDir Path folder) {
        try (TestNode closing = TestNode.start(folder)) {
            String token = closing.operator();
            closing.post(token, "/vms", "{\"id\":\"watched\",\"image\":\"tiny\",\"flavour\":\"small\"}");
            Thread.ofVirtual().start(closing.face()::close);
            Answer answer = closing.get(token, "/vms/watched?changedAfter=1000000&timeoutSeconds=8");
            assertThat(answer.status()).isEqualTo(200);
        }
    }
}
