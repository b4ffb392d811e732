package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.cloud.kit.Fault;
import hansa.cloud.kit.FaultyProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes that federate over OCCI: whoever asks the first gets machines of the second. */
final class FederatedNodesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String USER = "lubeck";
    private static final String PASSWORD = "a password of seventeen letters";

    @TempDir
    Path folder;

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void stop() {
        client.close();
    }

    /** The second node, with an account for the first. */
    private NodeProcess second(String... settings) throws Exception {
        List<String> all = new ArrayList<>(List.of("clouds.sim.driver=simulated"));
        all.addAll(List.of(settings));
        NodeProcess node = NodeProcess.start(folder.resolve("second"), all.toArray(String[]::new));
        HttpResponse<String> made = client.send(
                HttpRequest.newBuilder(node.main().resolve("/api/v1/users"))
                        .header("X-Auth-Token", node.operatorToken())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(USER, PASSWORD)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return node;
    }

    private RunningNode first(URI url, NodeProcess second, String password) throws Exception {
        return RunningNode.start(
                folder.resolve("first"),
                "site.describe-every=1s",
                "site.observe-every=1s",
                "clouds.b.driver=occi",
                "clouds.b.url=" + url,
                "clouds.b.user=" + USER,
                "clouds.b.password=" + password,
                "clouds.b.trust-anchors=" + second.authority(),
                "clouds.b.time-limit=10s");
    }

    /** What the first node's account has at the second. */
    private HttpResponse<String> there(NodeProcess node, String method, String path) {
        String basic = Base64.getEncoder().encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        try {
            return client.send(
                    HttpRequest.newBuilder(node.main().resolve("/api/v1" + path))
                            .header("Authorization", "Basic " + basic)
                            .method(method, HttpRequest.BodyPublishers.noBody())
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("the second node does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private List<String> idsThere(NodeProcess node) {
        Matcher ids = Pattern.compile("\"id\":\"(fed\\.[^\"]+)\"")
                .matcher(there(node, "GET", "/vms").body());
        List<String> found = new ArrayList<>();
        while (ids.find()) {
            found.add(ids.group(1));
        }
        return found;
    }

    private static String compute(String id) {
        return """
                Category: compute; scheme="http://schemas.ogf.org/occi/infrastructure#"; class="kind"
                Category: small; scheme="http://schemas.ogf.org/occi/infrastructure/compute/template/1.1#"; class="mixin"
                Category: tiny; scheme="http://schemas.openstack.org/template/os#"; class="mixin"
                X-OCCI-Attribute: occi.core.id="%s"
                """.formatted(id);
    }

    private static String vm(String id) {
        return "{\"id\":\"%s\",\"image\":\"tiny\",\"flavour\":\"small\"}".formatted(id);
    }

    private static void awaitImage(RunningNode node) {
        await("the offer of the second node is known")
                .atMost(PATIENCE)
                .until(() -> node.occi("GET", "/-/", "").body().contains("Category: tiny;"));
    }

    private static void awaitVm(RunningNode node, String id, String says) {
        await(id + " to say " + says)
                .atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(node.rest("GET", "/vms/" + id, "").body()).contains(says));
    }

    private static void awaitCompute(RunningNode node, String id, String says) {
        await(id + " to say " + says)
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(node.occi("GET", "/compute/" + id, "").body())
                                .contains(says));
    }

    private static void act(RunningNode node, String id, String action) {
        HttpResponse<String> answer = node.occi(
                "POST",
                "/compute/" + id + "?action=" + action,
                "Category: " + action
                        + "; scheme=\"http://schemas.ogf.org/occi/infrastructure/compute/action#\"; class=\"action\"\n");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void aUserOfOneNodeHasAMachineWithAVolumeAtTheOther() throws Exception {
        try (NodeProcess second = second();
                RunningNode node = first(second.occi(), second, PASSWORD)) {
            awaitImage(node);
            assertThat(node.occi("POST", "/compute/", compute("web")).statusCode())
                    .isEqualTo(201);
            awaitCompute(node, "web", "occi.compute.state=\"active\"");
            awaitVm(node, "web", "\"addresses\":[\"10.");
            assertThat(idsThere(second)).hasSize(1);
            assertThat(there(second, "GET", "/vms/" + idsThere(second).getFirst())
                            .body())
                    .contains("\"state\":\"active\"", "\"title\":\"web\"");

            act(node, "web", "stop");
            awaitVm(node, "web", "\"state\":\"inactive\"");
            act(node, "web", "start");
            awaitCompute(node, "web", "occi.compute.state=\"active\"");

            HttpResponse<String> volume = node.occi("POST", "/storage/", """
                    Category: storage; scheme="http://schemas.ogf.org/occi/infrastructure#"; class="kind"
                    X-OCCI-Attribute: occi.core.id="data"
                    X-OCCI-Attribute: occi.storage.size=1
                    """);
            assertThat(volume.statusCode()).as(volume.body()).isEqualTo(201);
            HttpResponse<String> link = node.occi("POST", "/link/storagelink/", """
                    Category: storagelink; scheme="http://schemas.ogf.org/occi/infrastructure#"; class="kind"
                    X-OCCI-Attribute: occi.core.id="link"
                    X-OCCI-Attribute: occi.core.source="/compute/web"
                    X-OCCI-Attribute: occi.core.target="/storage/data"
                    """);
            assertThat(link.statusCode()).as(link.body()).isEqualTo(201);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(node.occi("GET", "/link/storagelink/link", "")
                                    .body())
                            .contains("occi.storagelink.state=\"active\"", "occi.storagelink.deviceid=\"/dev/"));
            assertThat(there(second, "GET", "/volumes").body()).contains("\"title\":\"data\"");

            assertThat(node.rest("DELETE", "/vms/web", "").statusCode()).isEqualTo(202);
            await().atMost(PATIENCE)
                    .until(() -> node.rest("GET", "/vms/web", "").statusCode() == 404);
            assertThat(idsThere(second)).isEmpty();
            assertThat(node.occi("DELETE", "/storage/data", "").statusCode()).isEqualTo(200);
            await().atMost(PATIENCE)
                    .until(() -> !there(second, "GET", "/volumes").body().contains("\"title\":\"data\""));
        }
    }

    @Test
    void whatWasAskedForWhileTheOtherNodeWasDeadIsDoneOnceItIsBack() throws Exception {
        try (NodeProcess second = second();
                RunningNode node = first(second.occi(), second, PASSWORD)) {
            awaitImage(node);
            assertThat(node.rest("POST", "/vms", vm("before")).statusCode()).isEqualTo(201);
            awaitVm(node, "before", "\"state\":\"active\"");
            second.die();
            assertThat(node.rest("POST", "/vms", vm("meanwhile")).statusCode()).isEqualTo(201);
            awaitVm(node, "meanwhile", "The cloud 'b' does not answer: ");
            assertThat(node.rest("GET", "/vms/before", "").body()).contains("\"state\":\"active\"");
            second.comeBack();
            awaitVm(node, "meanwhile", "\"state\":\"active\"");
            awaitVm(node, "meanwhile", "\"message\":\"\"");
            assertThat(idsThere(second)).hasSize(2);

            assertThat(there(second, "DELETE", "/vms/" + idsThere(second).getFirst())
                            .statusCode())
                    .isEqualTo(202);
            awaitVm(node, "before", "\"state\":\"error\"");
            assertThat(idsThere(second)).hasSize(1);
        }
    }

    @Test
    void answersThatGetLostDoubleNothing() throws Exception {
        try (NodeProcess second = second();
                FaultyProxy proxy = new FaultyProxy(new InetSocketAddress(
                        second.main().getHost(), second.main().getPort()));
                RunningNode node = first(proxy.through(second.main().resolve("/occi")), second, PASSWORD)) {
            awaitImage(node);
            Set<String> lost = ConcurrentHashMap.newKeySet();
            proxy.script(request ->
                    request.method().equals("POST") && lost.add(request.body()) ? Fault.LOST_AFTER : Fault.NONE);
            for (int i = 0; i < 3; i++) {
                assertThat(node.rest("POST", "/vms", vm("vm" + i)).statusCode()).isEqualTo(201);
            }
            for (int i = 0; i < 3; i++) {
                awaitVm(node, "vm" + i, "\"state\":\"active\"");
            }
            assertThat(lost).hasSizeGreaterThanOrEqualTo(3);
            assertThat(idsThere(second)).hasSize(3);
        }
    }

    @Test
    void aFullAccountIsSaidOnTheMachine() throws Exception {
        try (NodeProcess second = second("quotas.machines=1")) {
            try (RunningNode node = first(second.occi(), second, PASSWORD)) {
                awaitImage(node);
                assertThat(node.rest("POST", "/vms", vm("only")).statusCode()).isEqualTo(201);
                awaitVm(node, "only", "\"state\":\"active\"");
                assertThat(node.rest("POST", "/vms", vm("more")).statusCode()).isEqualTo(201);
                awaitVm(node, "more", "It could not be made: the cloud 'b' has no quota left for us: ");
                assertThat(idsThere(second)).hasSize(1);
                assertThat(node.rest("POST", "/vms", vm("third").replace("tiny", "huge"))
                                .statusCode())
                        .isEqualTo(422);
            }
        }
    }

    @Test
    void aWrongPasswordIsSaidOnTheMachine() throws Exception {
        try (NodeProcess second = second()) {
            try (RunningNode node = first(second.occi(), second, PASSWORD)) {
                awaitImage(node);
            }
            try (RunningNode node = first(second.occi(), second, "not the password")) {
                assertThat(node.rest("POST", "/vms", vm("refused")).statusCode())
                        .isEqualTo(201);
                awaitVm(node, "refused", "The cloud 'b' does not let us: ");
                assertThat(idsThere(second)).isEmpty();
            }
        }
    }
}
