package hansa.faces.occi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.faces.occi.Client.Answer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is wrong is refused with the right status and one line that says what to mend, and changes nothing. */
@ExtendWith(WorldExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {

    private static final String COMPUTE =
            "Category: compute; scheme=\"http://schemas.ogf.org/occi/infrastructure#\"; class=\"kind\"\n";
    private static final String TEMPLATES = """
            Category: small; scheme="http://schemas.ogf.org/occi/infrastructure/compute/template/1.1#"; class="mixin"
            Category: debian12; scheme="http://hansa.test/occi/infrastructure/os_tpl#"; class="mixin"
            """;
    private static final String STORAGE =
            "Category: storage; scheme=\"http://schemas.ogf.org/occi/infrastructure#\"; class=\"kind\"\n";
    private static final String NETWORK =
            "Category: network; scheme=\"http://schemas.ogf.org/occi/infrastructure#\"; class=\"kind\"\n";

    private final World world;
    private final Client client;

    BadInputTest(World world) {
        this.world = world;
        this.client = world.client("bad-input");
    }

    @BeforeAll
    void makeWhatCanBeSpoilt() {
        assertThat(client.put("/compute/bad-vm", COMPUTE + TEMPLATES).status()).isEqualTo(201);
        assertThat(client.put("/storage/bad-volume", STORAGE + "X-OCCI-Attribute: occi.storage.size=1\n")
                        .status())
                .isEqualTo(201);
        for (String id : List.of("bad-net-1", "bad-net-2")) {
            assertThat(client.put("/network/" + id, NETWORK + "X-OCCI-Attribute: occi.core.title=\"twice\"\n")
                            .status())
                    .isEqualTo(201);
            await().until(() -> client.get("/network/" + id).body().contains("occi.network.state=\"active\""));
        }
        await().until(() -> client.get("/compute/bad-vm").body().contains("occi.compute.state=\"active\""));
        await().until(() -> client.get("/storage/bad-volume").body().contains("occi.storage.state=\"online\""));
    }

    /** Each request of the files on its own, with the store looked at before and after it. */
    @TestFactory
    Stream<DynamicTest> isRefusedWithALineAndChangesNothing() {
        return Scenario.files("/bad-input")
                .flatMap(file -> file.steps().stream()
                        .map(step -> DynamicTest.dynamicTest(file.name() + ": " + step.title(), () -> refused(step))));
    }

    private void refused(Scenario.Step step) {
        String before = everything();
        Wire.Answer answer = new Scenario(world, "bad-input").play(step);
        assertThat(answer.status()).isBetween(400, 499);
        assertThat(answer.body().lines()).hasSize(1);
        assertThat(everything()).isEqualTo(before);
    }

    private static String attribute(String assignment) {
        return "X-OCCI-Attribute: " + assignment + "\n";
    }

    /** All that this user has and sees. */
    private String everything() {
        return client.get("/", "application/occi+json").body()
                + client.get("/-/", "text/plain").body();
    }

    @Test
    void aBodyOfATypeThatIsNotReadIsNotAcceptable() {
        String before = everything();
        Answer answer = client.call("POST", "/storage/")
                .body("application/x-www-form-urlencoded", STORAGE)
                .send();
        assertThat(answer.status()).isEqualTo(406);
        assertThat(answer.body())
                .isEqualTo(
                        "A body of type application/x-www-form-urlencoded is not read here; send text/plain, text/occi or application/occi+json.\n");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aWrongMethodIsToldWhichWouldDo() {
        Answer answer = client.put("/compute/", COMPUTE + TEMPLATES);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).contains("GET, HEAD, POST, DELETE, OPTIONS");
        assertThat(answer.body().lines()).hasSize(1);
        assertThat(client.call("PATCH", "/compute/bad-vm").send().status()).isEqualTo(405);
        assertThat(client.delete("/").status()).isEqualTo(405);
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItIsRead() {
        String before = everything();
        Wire.Answer answer = new Wire(world.port())
                .send(
                        List.of(
                                "POST /storage/ HTTP/1.1",
                                "X-Auth-Token: " + world.token("bad-input"),
                                "Content-Type: text/plain",
                                "Content-Length: 1048577"),
                        new byte[0]);
        assertThat(answer.status()).as(answer.body()).isEqualTo(413);
        assertThat(answer.body().lines()).hasSize(1);
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void aHeadThatIsTooLargeIsRefusedCleanly() {
        Wire.Answer answer = new Wire(world.port())
                .send(
                        List.of(
                                "POST /storage/ HTTP/1.1",
                                "X-Auth-Token: " + world.token("bad-input"),
                                "Content-Type: text/occi",
                                "X-OCCI-Attribute: occi.core.summary=\"" + "x".repeat(200_000) + '"'),
                        new byte[0]);
        assertThat(answer.status()).isEqualTo(431);
        assertThat(answer.body()).contains("The request's header is larger than 131072 bytes");
    }

    @Test
    void whoBringsNoOrWrongCredentialsIsToldHowToSignIn() {
        for (Client stranger : List.of(new Client(world.origin(), ""), new Client(world.origin(), "wrong"))) {
            Answer answer = stranger.post("/storage/", STORAGE + attribute("occi.storage.size=1"));
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.headers("WWW-Authenticate"))
                    .containsExactly(
                            "Keystone uri='https://keystone.test:5000/v2.0/'",
                            "Basic realm=\"Hansa\", charset=\"UTF-8\"");
            assertThat(answer.body().lines()).hasSize(1);
        }
        Answer unreadable = new Client(world.origin(), "")
                .call("GET", "/compute/")
                .header("Authorization", "Digest x")
                .send();
        assertThat(unreadable.status()).isEqualTo(401);
    }

    @Test
    void whatIsSomebodyElsesDoesNotExist() {
        Client other = world.client("bad-input-other");
        for (String path : List.of("/compute/bad-vm", "/storage/bad-volume")) {
            assertThat(other.get(path).status()).isEqualTo(404);
            assertThat(other.delete(path).status()).isEqualTo(404);
            assertThat(other.post(path, attribute("occi.core.title=\"mine\"")).status())
                    .isEqualTo(404);
        }
        assertThat(other.post("/compute/bad-vm?action=stop", "").status()).isEqualTo(404);
        assertThat(client.get("/compute/bad-vm").body()).contains("occi.compute.state=\"active\"");
    }
}
