package hansa.faces.occi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hansa.faces.occi.Client.Answer;
import hansa.federation.compute.Quotas;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Quotas, versions of resources, and a face without a cache. */
@ExtendWith(WorldExtension.class)
class LimitsTest {

    private static final String STORAGE =
            "Category: storage; scheme=\"http://schemas.ogf.org/occi/infrastructure#\"; class=\"kind\"\nX-OCCI-Attribute: occi.storage.size=1\n";

    @Test
    void aFullQuotaForbidsMoreAndSaysHowMuchThereIs(@TempDir Path folder) throws IOException {
        Quotas two = new Quotas(2, 2, 4096, 2, 4096, 2);
        try (World small = World.open(folder, two, Map.of("sim", Map.of()), settings -> settings.withCache(0))) {
            Client client = small.client("ada");
            assertThat(client.post("/storage/", STORAGE).status()).isEqualTo(201);
            assertThat(client.post("/storage/", STORAGE).status()).isEqualTo(201);
            String before = client.get("/storage/").body();
            Answer refused = client.post("/storage/", STORAGE);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.body()).contains("2").contains("volumes");
            assertThat(refused.body().lines()).hasSize(1);
            assertThat(client.get("/storage/").body()).isEqualTo(before);
            assertThat(client.get("/storage/", "application/occi+json").body().split("\"kind\"", -1))
                    .hasSize(3);
        }
    }

    @Test
    void aChangeOfAVersionThatIsGoneIsRefused(World world) {
        Client client = world.client("limits-versions");
        assertThat(client.put("/storage/versioned", STORAGE).status()).isEqualTo(201);
        await().until(() -> client.get("/storage/versioned").body().contains("state=\"online\""));
        String old = client.get("/storage/versioned").header("ETag").orElseThrow();
        Answer changed = client.call("POST", "/storage/versioned")
                .header("If-Match", old)
                .plain("X-OCCI-Attribute: occi.core.title=\"first\"")
                .send();
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag").orElseThrow()).isNotEqualTo(old);
        for (String method : new String[] {"POST", "PUT"}) {
            Answer refused = client.call(method, "/storage/versioned")
                    .header("If-Match", old)
                    .plain(method.equals("PUT") ? STORAGE : "X-OCCI-Attribute: occi.core.title=\"second\"")
                    .send();
            assertThat(refused.status()).as(refused.body()).isEqualTo(409);
        }
        assertThat(client.get("/storage/versioned").body()).contains("occi.core.title=\"first\"");
        assertThat(client.call("PUT", "/storage/versioned-not")
                        .header("If-Match", old)
                        .plain(STORAGE)
                        .send()
                        .status())
                .isEqualTo(409);
    }

    @Test
    void aChangeIsSeenAtOnceInEveryRendering(World world) {
        Client client = world.client("limits-fresh");
        client.put("/storage/fresh", STORAGE);
        await().until(() -> client.get("/storage/fresh").body().contains("state=\"online\""));
        for (int i = 0; i < 20; i++) {
            String title = "title " + i;
            client.post("/storage/fresh", "X-OCCI-Attribute: occi.core.title=\"" + title + '"');
            assertThat(client.get("/storage/fresh").body()).contains(title);
            assertThat(client.get("/storage/fresh", "application/occi+json").body())
                    .contains(title);
            assertThat(client.get("/storage/", "application/occi+json").body()).contains(title);
            assertThat(client.get("/storage/fresh", "text/occi")
                            .header("X-OCCI-Attribute")
                            .orElseThrow())
                    .contains(title);
        }
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        OcciSettings standard = OcciSettings.standard("hansa/0.1.0", "http://hansa.test/occi/infrastructure");
        assertThatThrownBy(() -> standard.withCache(-1)).isInstanceOf(IllegalArgumentException.class);
    }
}
