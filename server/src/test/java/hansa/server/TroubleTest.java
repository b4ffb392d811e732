package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a cloud or an image does to a node, as it looks through both of its faces. */
final class TroubleTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private static String compute(String id, String image) {
        return """
                Category: compute; scheme="http://schemas.ogf.org/occi/infrastructure#"; class="kind"
                Category: small; scheme="http://schemas.ogf.org/occi/infrastructure/compute/template/1.1#"; class="mixin"
                Category: %s; scheme="http://schemas.openstack.org/template/os#"; class="mixin"
                X-OCCI-Attribute: occi.core.id="%s"
                """.formatted(image, id);
    }

    private static String vm(String id, String image) {
        return "{\"id\":\"%s\",\"image\":\"%s\",\"flavour\":\"small\"}".formatted(id, image);
    }

    private static void awaitBoth(RunningNode node, String id, String occi, String rest) {
        await(id).atMost(PATIENCE).untilAsserted(() -> {
            assertThat(node.rest("GET", "/vms/" + id, "").body()).contains(rest);
            assertThat(node.occi("GET", "/compute/" + id, "").body()).contains(occi);
        });
    }

    private static void awaitActive(RunningNode node, String id) {
        awaitBoth(node, id, "occi.compute.state=\"active\"", "\"state\":\"active\"");
    }

    /** All that is there, through both faces. */
    private static String everything(RunningNode node) {
        return node.occi("GET", "/", "").body()
                + node.occi("GET", "/-/", "").body()
                + node.rest("GET", "/vms", "").body().replaceAll("\"observed\":\"[^\"]*\"", "")
                + node.rest("GET", "/volumes", "").body()
                + node.rest("GET", "/images", "").body();
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String says) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body().strip().lines()).hasSize(1);
        assertThat(answer.body()).contains(says).doesNotContain("Exception", "java.");
    }

    @Test
    void keepsWishesForACloudThatIsGoneAndCarriesThemOutOnceWhenItIsBack() throws Exception {
        try (CloudProcess cloud = CloudProcess.start(folder.resolve("cloud"));
                RunningNode node = RunningNode.start(
                        folder.resolve("data"), "clouds.sim.driver=simulated", "clouds.sim.url=" + cloud.uri())) {
            assertThat(node.occi("POST", "/compute/", compute("before", "tiny")).statusCode())
                    .isEqualTo(201);
            awaitActive(node, "before");
            cloud.die();

            assertThat(node.occi("POST", "/compute/", compute("by-occi", "tiny"))
                            .statusCode())
                    .isEqualTo(201);
            assertThat(node.rest("POST", "/vms", vm("by-rest", "tiny")).statusCode())
                    .isEqualTo(201);
            for (String id : new String[] {"by-occi", "by-rest"}) {
                awaitBoth(node, id, "The cloud 'sim' does not answer: ", "The cloud 'sim' does not answer: ");
                assertThat(node.rest("GET", "/vms/" + id, "").body()).contains("\"state\":\"pending\"");
                assertThat(node.occi("GET", "/compute/" + id, "").body())
                        .contains("occi.compute.state=\"inactive\"", "; trying again.\"");
            }
            String before = everything(node);
            HttpResponse<String> console = node.rest("GET", "/vms/before/console", "");
            assertRefused(console, 503, "The console of 'before' cannot be read: the cloud does not answer: ");
            assertThat(console.body()).contains("\"code\":\"cloud.unavailable\"");
            assertThat(console.headers().firstValue("Retry-After")).isPresent();
            assertThat(everything(node)).isEqualTo(before);

            cloud.comeBack();
            awaitActive(node, "by-occi");
            awaitActive(node, "by-rest");
            assertThat(node.rest("GET", "/vms/by-rest", "").body()).contains("\"message\":\"\"");
            assertThat(cloud.machines()).hasSize(3);
        }
    }

    @Test
    void saysOfACloudThatNeverAnsweredThatItIsTheCloud() throws Exception {
        URI nobody;
        try (CloudProcess cloud = CloudProcess.start(folder.resolve("cloud"))) {
            nobody = cloud.uri();
            cloud.die();
        }
        try (RunningNode node =
                RunningNode.start(folder.resolve("data"), "clouds.sim.driver=simulated", "clouds.sim.url=" + nobody)) {
            String before = everything(node);
            String says =
                    "There is no image 'tiny' so far, but the cloud 'sim' has never answered; try again when it does.";
            assertRefused(node.occi("POST", "/compute/", compute("by-occi", "tiny")), 503, says);
            HttpResponse<String> refused = node.rest("POST", "/vms", vm("by-rest", "tiny"));
            assertRefused(refused, 503, says);
            assertThat(refused.body()).contains("\"code\":\"cloud.unavailable\"");
            assertThat(everything(node)).isEqualTo(before);
        }
    }

    @Test
    void saysOfAFullAccountAtTheCloudWhatIsFullAndMakesTheMachineWhenThereIsRoom() throws Exception {
        try (CloudProcess cloud = CloudProcess.start(folder.resolve("cloud"), "quota-machines=1");
                RunningNode node = RunningNode.start(
                        folder.resolve("data"), "clouds.sim.driver=simulated", "clouds.sim.url=" + cloud.uri())) {
            assertThat(node.rest("POST", "/vms", vm("first", "tiny")).statusCode())
                    .isEqualTo(201);
            awaitActive(node, "first");
            String before = everything(node);
            String says = "No cloud has a place for it at the moment: 'sim' ";
            assertRefused(node.occi("POST", "/compute/", compute("by-occi", "tiny")), 503, says);
            HttpResponse<String> refused = node.rest("POST", "/vms", vm("by-rest", "tiny"));
            assertRefused(refused, 503, says);
            assertThat(refused.body()).contains("quota");
            assertThat(everything(node)).isEqualTo(before);
            assertThat(cloud.machines()).hasSize(1);

            assertThat(node.occi("DELETE", "/compute/first", "").statusCode()).isEqualTo(200);
            await().atMost(PATIENCE).until(() -> cloud.machines().isEmpty());
            await().atMost(PATIENCE)
                    .until(() ->
                            node.rest("POST", "/vms", vm("by-rest", "tiny")).statusCode() == 201);
            awaitActive(node, "by-rest");
            assertThat(cloud.machines()).hasSize(1);
        }
    }

    @Test
    void makesNoMachineOfAnImageThatIsNotTheAnnouncedOne() throws Exception {
        Path file = Files.writeString(folder.resolve("image.raw"), "an image of very little");
        try (CloudProcess cloud = CloudProcess.start(folder.resolve("cloud"));
                RunningNode node = RunningNode.start(
                        folder.resolve("data"), "clouds.sim.driver=simulated", "clouds.sim.url=" + cloud.uri())) {
            String announced = "{\"id\":\"forged\",\"format\":\"raw\",\"source\":\"%s\",\"sha512\":\"%s\"}"
                    .formatted(file.toUri(), "ab".repeat(64));
            assertThat(node.rest("POST", "/images", announced).statusCode()).isEqualTo(201);
            await().atMost(PATIENCE)
                    .until(() -> node.rest("GET", "/images/forged", "").body().contains("\"state\":\"error\""));
            assertThat(node.rest("GET", "/images/forged", "").body())
                    .contains("image.checksum: its SHA-512 is not the announced one; the file was thrown away.");
            assertThat(folder.resolve("data").resolve("images")).isEmptyDirectory();

            String before = everything(node);
            String says = "The image 'forged' is not usable: its SHA-512 is not the announced one; the file was thrown"
                    + " away. Delete it and register it again.";
            assertRefused(node.occi("POST", "/compute/", compute("by-occi", "forged")), 409, says);
            HttpResponse<String> refused = node.rest("POST", "/vms", vm("by-rest", "forged"));
            assertRefused(refused, 422, says);
            assertThat(refused.body()).contains("\"code\":\"image.checksum\"");
            assertThat(everything(node)).isEqualTo(before);
            assertThat(cloud.machines()).isEmpty();
        }
    }
}
