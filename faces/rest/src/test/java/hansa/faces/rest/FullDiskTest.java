package hansa.faces.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.faces.rest.TestNode.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk without room refuses what would be written, harms nothing that is there, and reads go on. */
class FullDiskTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String LARGE =
            "{\"id\":\"large\",\"image\":\"tiny\",\"flavour\":\"small\",\"userData\":\"%s\"}"
                    .formatted(Base64.getEncoder().encodeToString(new byte[60_000]));

    private static void awaitState(TestNode node, String token, String path, String state) {
        await(path)
                .atMost(PATIENCE)
                .until(() ->
                        node.get(token, path).json().path("state").asString().equals(state));
    }

    private static List<String> everything(TestNode node, String token) {
        return List.of("/vms", "/volumes", "/networks", "/images", "/tags").stream()
                .map(path -> node.get(token, path).text().replaceAll("\"observed\":\"[^\"]*\"", ""))
                .toList();
    }

    @Test
    void refusesAMachineForWhichThereIsNoRoomAndTakesItWhenThereIs(@TempDir Path folder) {
        String token;
        try (TestNode node = TestNode.start(folder)) {
            token = node.user("alice");
            node.post(token, "/vms", "{\"id\":\"small\",\"image\":\"tiny\",\"flavour\":\"small\"}");
            awaitState(node, token, "/vms/small", "active");
        }
        try (TestNode full = TestNode.startOnFullDisk(folder)) {
            List<String> before = everything(full, token);
            for (int attempt = 0; attempt < 2; attempt++) {
                Answer refused = full.post(token, "/vms", LARGE);
                assertThat(refused.status()).as(refused.text()).isEqualTo(507);
                assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
                assertThat(refused.json().path("code").asString()).isEqualTo("store.full");
                assertThat(refused.json().path("retryable").asBoolean()).isTrue();
                assertThat(refused.json().path("detail").asString())
                        .isEqualTo("The disk under the store is full; nothing was changed. Make room and try again.");
                assertThat(everything(full, token)).isEqualTo(before);
            }
            assertThat(full.get(token, "/vms/large").status()).isEqualTo(404);
            assertThat(full.machinesAtTheCloud()).isEqualTo(1);
        }
        try (TestNode node = TestNode.start(folder)) {
            assertThat(node.post(token, "/vms", LARGE).status()).isEqualTo(201);
            awaitState(node, token, "/vms/large", "active");
            assertThat(node.machinesAtTheCloud()).isEqualTo(2);
        }
    }
}
