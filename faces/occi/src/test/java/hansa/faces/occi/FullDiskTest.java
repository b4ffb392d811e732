package hansa.faces.occi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.faces.occi.Client.Answer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk without room refuses what would be written, harms nothing that is there, and reads go on. */
class FullDiskTest {

    private static final String MACHINE = """
            Category: compute; scheme="http://schemas.ogf.org/occi/infrastructure#"; class="kind"
            Category: small; scheme="http://schemas.ogf.org/occi/infrastructure/compute/template/1.1#"; class="mixin"
            Category: tiny; scheme="http://hansa.test/occi/infrastructure/os_tpl#"; class="mixin"
            """;
    private static final String LARGE =
            MACHINE + """
            Category: user_data; scheme="http://schemas.ogf.org/occi/infrastructure/compute#"; class="mixin"
            X-OCCI-Attribute: occi.compute.userdata="%s"
            """.formatted(Base64.getEncoder().encodeToString(new byte[60_000]));

    private static void awaitActive(Client client, String path) {
        await(path)
                .atMost(Duration.ofSeconds(20))
                .until(() -> client.get(path).body().contains("occi.compute.state=\"active\""));
    }

    private static String everything(Client client) {
        return client.get("/", "application/occi+json").body()
                + client.get("/-/", "text/plain").body();
    }

    @Test
    void refusesAMachineForWhichThereIsNoRoomAndTakesItWhenThereIs(@TempDir Path folder) throws IOException {
        String token;
        try (World world = World.open(folder)) {
            token = world.token("alice");
            Client client = new Client(world.origin(), token);
            assertThat(client.put("/compute/small", MACHINE).status()).isEqualTo(201);
            awaitActive(client, "/compute/small");
        }
        try (World full = World.openOnFullDisk(folder)) {
            Client client = new Client(full.origin(), token);
            String before = everything(client);
            for (Answer refused : new Answer[] {client.post("/compute/", LARGE), client.put("/compute/large", LARGE)}) {
                assertThat(refused.status()).as(refused.body()).isEqualTo(503);
                assertThat(refused.contentType()).isEqualTo("text/plain; charset=utf-8");
                assertThat(refused.body())
                        .isEqualTo("The disk under the store is full; nothing was changed. Make room and try again.\n");
                assertThat(everything(client)).isEqualTo(before);
            }
            assertThat(client.get("/compute/large").status()).isEqualTo(404);
            assertThat(full.machinesAtTheCloud()).isEqualTo(1);
        }
        try (World world = World.open(folder)) {
            Client client = new Client(world.origin(), token);
            assertThat(client.put("/compute/large", LARGE).status()).isEqualTo(201);
            awaitActive(client, "/compute/large");
            assertThat(world.machinesAtTheCloud()).isEqualTo(2);
        }
    }
}
