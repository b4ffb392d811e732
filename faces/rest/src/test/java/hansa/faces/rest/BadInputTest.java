package hansa.faces.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.faces.rest.TestNode.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What is wrong is refused with the right status and one line that says what to mend, and nothing changes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputTest {

    private static final String VM = "/vms/mine";
    private static final String LEAST = "\"image\":\"tiny\",\"flavour\":\"small\"";

    private TestNode node;
    private String user;

    @BeforeAll
    void start(@TempDir Path folder) {
        node = TestNode.start(folder);
        user = node.user("alice");
        node.post(user, "/vms", "{\"id\":\"mine\",\"title\":\"mine\"," + LEAST + "}");
        node.post(user, "/volumes", "{\"id\":\"disk\",\"title\":\"disk\",\"sizeMib\":100}");
        await().atMost(Duration.ofSeconds(20))
                .until(() -> node.get(user, VM).json().path("state").asString().equals("active"));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> node.get(user, "/volumes/disk")
                        .json()
                        .path("state")
                        .asString()
                        .equals("online"));
    }

    @AfterAll
    void stop() {
        node.close();
    }

    record Case(String what, String method, String path, String body, int status, String code, String says) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Case> cases() {
        return Stream.of(
                new Case("no JSON", "POST", "/vms", "{\"title\":", 400, "request.malformed", "is not JSON at line 1"),
                new Case("no object", "POST", "/vms", "[1]", 400, "request.malformed", "no object"),
                new Case(
                        "twice",
                        "POST",
                        "/vms",
                        "{\"title\":\"a\",\"title\":\"b\"," + LEAST + "}",
                        400,
                        "request.malformed",
                        "title"),
                new Case("more behind", "POST", "/vms", "{" + LEAST + "} x", 400, "request.malformed", "not JSON"),
                new Case("no body", "POST", "/vms", "", 400, "request.malformed", "no body"),
                new Case(
                        "too deep",
                        "POST",
                        "/vms",
                        "{\"tags\":" + "[".repeat(40) + "]".repeat(40) + "}",
                        400,
                        "request.malformed",
                        "cannot be read"),
                new Case(
                        "unknown member",
                        "POST",
                        "/vms",
                        "{\"memroyMib\":1," + LEAST + "}",
                        422,
                        "attribute.invalid",
                        "did you mean 'memoryMib'?"),
                new Case(
                        "unknown member inside",
                        "POST",
                        "/vms",
                        "{\"nics\":[{\"network\":\"private\",\"mca\":\"x\"}]," + LEAST + "}",
                        422,
                        "attribute.invalid",
                        "did you mean 'mac'?"),
                new Case(
                        "number for a text",
                        "POST",
                        "/vms",
                        "{\"title\":5," + LEAST + "}",
                        422,
                        "attribute.invalid",
                        "'title' is not a text"),
                new Case(
                        "text for a number",
                        "POST",
                        "/vms",
                        "{\"cores\":\"2\",\"image\":\"tiny\"}",
                        422,
                        "attribute.invalid",
                        "'cores' is not a whole number"),
                new Case(
                        "fraction for a number",
                        "POST",
                        "/vms",
                        "{\"cores\":1.5,\"image\":\"tiny\"}",
                        422,
                        "attribute.invalid",
                        "'cores' is not a whole number"),
                new Case(
                        "huge number",
                        "POST",
                        "/vms",
                        "{\"cores\":99999999999,\"image\":\"tiny\"}",
                        422,
                        "attribute.invalid",
                        "'cores' is out of range"),
                new Case(
                        "no array",
                        "POST",
                        "/vms",
                        "{\"nics\":{}," + LEAST + "}",
                        422,
                        "attribute.invalid",
                        "'nics' is not an array"),
                new Case(
                        "missing image",
                        "POST",
                        "/vms",
                        "{\"title\":\"x\"}",
                        422,
                        "attribute.missing",
                        "'image' is missing"),
                new Case(
                        "missing network",
                        "POST",
                        "/vms",
                        "{\"nics\":[{}]," + LEAST + "}",
                        422,
                        "attribute.missing",
                        "A nic names its 'network'"),
                new Case(
                        "null image",
                        "POST",
                        "/vms",
                        "{\"image\":null}",
                        422,
                        "attribute.missing",
                        "'image' is missing"),
                new Case(
                        "no base64",
                        "POST",
                        "/vms",
                        "{\"userData\":\"#!\"," + LEAST + "}",
                        422,
                        "attribute.invalid",
                        "base64"),
                new Case(
                        "bad id",
                        "POST",
                        "/vms",
                        "{\"id\":\"-x\"," + LEAST + "}",
                        422,
                        "attribute.invalid",
                        "id of a machine"),
                new Case(
                        "bad cloud",
                        "POST",
                        "/vms",
                        "{\"cloud\":\"NO WAY\"," + LEAST + "}",
                        422,
                        "attribute.invalid",
                        "cloud"),
                new Case("unknown image", "POST", "/vms", "{\"image\":\"nix\",\"flavour\":\"small\"}", 422, "", "nix"),
                new Case("unknown flavour", "POST", "/vms", "{\"image\":\"tiny\",\"flavour\":\"nix\"}", 422, "", "nix"),
                new Case(
                        "unknown network",
                        "POST",
                        "/vms",
                        "{\"nics\":[{\"network\":\"nix\"}]," + LEAST + "}",
                        422,
                        "link.target-missing",
                        "nix"),
                new Case(
                        "unknown volume",
                        "POST",
                        VM + "/attachments",
                        "{\"volume\":\"nix\"}",
                        422,
                        "link.target-missing",
                        "nix"),
                new Case(
                        "unknown tag",
                        "POST",
                        "/vms",
                        "{\"tags\":[\"nix\"]," + LEAST + "}",
                        422,
                        "category.unknown",
                        "nix"),
                new Case("taken id", "POST", "/vms", "{\"id\":\"mine\"," + LEAST + "}", 409, "resource.exists", "mine"),
                new Case("start of what runs", "POST", VM + "/actions/start", "", 409, "action.wrong-state", "active"),
                new Case(
                        "unknown method",
                        "POST",
                        VM + "/actions/stop",
                        "{\"method\":\"acpiof\"}",
                        422,
                        "attribute.invalid",
                        "did you mean 'acpioff'?"),
                new Case(
                        "unknown option",
                        "POST",
                        VM + "/actions/stop",
                        "{\"methd\":\"acpioff\"}",
                        422,
                        "attribute.invalid",
                        "did you mean 'method'?"),
                new Case(
                        "option where none is",
                        "POST",
                        VM + "/actions/start",
                        "{\"method\":\"x\"}",
                        422,
                        "attribute.invalid",
                        "'method' is not known"),
                new Case(
                        "save without name",
                        "POST",
                        VM + "/actions/save",
                        "{\"method\":\"hot\"}",
                        422,
                        "attribute.missing",
                        "'name' is missing"),
                new Case("unknown action", "POST", VM + "/actions/fly", "", 404, "resource.not-found", ""),
                new Case(
                        "immutable member",
                        "PATCH",
                        VM,
                        "{\"owner\":\"bob\"}",
                        422,
                        "attribute.invalid",
                        "'owner' is not known"),
                new Case(
                        "null that cannot be",
                        "PATCH",
                        VM,
                        "{\"flavour\":null}",
                        422,
                        "attribute.invalid",
                        "cannot be taken away"),
                new Case("smaller volume", "PATCH", "/volumes/disk", "{\"sizeMib\":1}", 422, "attribute.invalid", ""),
                new Case(
                        "unknown filter",
                        "GET",
                        "/vms?stat=active",
                        "",
                        400,
                        "request.malformed",
                        "did you mean 'state'?"),
                new Case(
                        "filter twice",
                        "GET",
                        "/vms?state=active&state=error",
                        "",
                        400,
                        "request.malformed",
                        "comes twice"),
                new Case(
                        "unknown state",
                        "GET",
                        "/vms?state=activ",
                        "",
                        422,
                        "attribute.invalid",
                        "did you mean 'active'?"),
                new Case("page too large", "GET", "/vms?limit=5000", "", 400, "request.malformed", "1 to 1000"),
                new Case("page of nothing", "GET", "/vms?limit=0", "", 400, "request.malformed", "1 to 1000"),
                new Case("no such machine", "GET", "/vms/nix", "", 404, "resource.not-found", "nix"),
                new Case("no such path", "GET", "/vmz", "", 404, "resource.not-found", ""),
                new Case("no such nic", "GET", VM + "/nics/nix", "", 404, "resource.not-found", "nix"),
                new Case(
                        "bad member kind",
                        "PUT",
                        "/tags/t/members/disk/x",
                        "",
                        404,
                        "resource.not-found",
                        "no tag 't'"),
                new Case("wrong method", "DELETE", "/vms", "", 405, "request.method", ""),
                new Case(
                        "not for users",
                        "POST",
                        "/flavours",
                        "{\"id\":\"x\",\"cores\":1,\"memoryMib\":64}",
                        403,
                        "policy.denied",
                        "Only operators"),
                new Case("not for users either", "GET", "/users", "", 403, "policy.denied", "Only operators"),
                new Case(
                        "file for users",
                        "POST",
                        "/images",
                        "{\"format\":\"raw\",\"source\":\"file:///etc/passwd\"}",
                        403,
                        "policy.denied",
                        "operator"),
                new Case(
                        "no address",
                        "POST",
                        "/images",
                        "{\"format\":\"raw\",\"source\":\"http://[\"}",
                        422,
                        "attribute.invalid",
                        "not an address"),
                new Case(
                        "no format",
                        "POST",
                        "/images",
                        "{\"format\":\"qed\",\"source\":\"http://example.org/x\"}",
                        422,
                        "attribute.invalid",
                        "format"),
                new Case(
                        "too much at once",
                        "POST",
                        "/vms",
                        "{\"cores\":512,\"memoryMib\":1024,\"image\":\"tiny\"}",
                        403,
                        "quota.exceeded",
                        "cores"),
                new Case(
                        "body too large",
                        "POST",
                        "/volumes",
                        "{\"title\":\"" + "x".repeat(70_000) + "\"}",
                        413,
                        "request.too-large",
                        ""),
                new Case(
                        "token of no length",
                        "POST",
                        "/tokens",
                        "{\"label\":\"x\",\"lifetimeSeconds\":0}",
                        422,
                        "attribute.invalid",
                        "lifetimeSeconds"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isRefusedInOneLineThatSaysWhatToMend(Case wrong) {
        String before = state();
        Answer answer = node.send(user, wrong.method(), wrong.path(), wrong.body(), Map.of());
        assertThat(answer.status()).as(answer.text()).isEqualTo(wrong.status());
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        JsonNode problem = answer.json();
        assertThat(problem.path("status").asInt()).isEqualTo(wrong.status());
        if (!wrong.code().isEmpty()) {
            assertThat(problem.path("code").asString()).isEqualTo(wrong.code());
        }
        assertThat(problem.path("type").asString())
                .isEqualTo("urn:hansa:error:" + problem.path("code").asString());
        assertThat(problem.path("detail").asString()).contains(wrong.says()).doesNotContain("\n", "Exception", "java.");
        assertThat(problem.path("requestId").asString()).isNotEmpty().isEqualTo(answer.header("X-Request-Id"));
        assertThat(state()).isEqualTo(before);
    }

    /** Everything that the caller has. */
    private String state() {
        return Stream.of("/vms", "/volumes", "/networks", "/images", "/tags", "/tokens")
                .map(path -> node.get(user, path).text().replaceAll("\"observed\":\"[^\"]*\"", ""))
                .toList()
                .toString();
    }

    @Test
    void asksForCredentialsInTheWayThatClientsUnderstand() {
        Answer none = node.get("", "/vms");
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.response().headers().allValues("WWW-Authenticate"))
                .containsExactly("Bearer realm=\"hansa\"", "Basic realm=\"hansa\", charset=\"UTF-8\"");
        assertThat(none.json().path("code").asString()).isEqualTo("identity.required");
        Answer wrong = node.get("wrong", "/vms");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.json().path("code").asString()).isEqualTo("identity.invalid");
        assertThat(wrong.text()).doesNotContain("\"wrong\"");
    }

    @Test
    void takesBodiesOfItsOwnTypeOnly() {
        Answer form = node.send(
                user,
                "POST",
                "/volumes",
                "{\"sizeMib\":10}",
                Map.of("Content-Type", "application/x-www-form-urlencoded"));
        assertThat(form.status()).isEqualTo(415);
        assertThat(form.json().path("detail").asString()).contains("send application/json");
        Answer charset = node.send(
                user,
                "PATCH",
                "/volumes/disk",
                "{\"title\":\"disk\"}",
                Map.of("Content-Type", "application/json; charset=utf-8"));
        assertThat(charset.status()).isEqualTo(200);
    }

    @Test
    void refusesPagesOfOtherSites() {
        Answer foreign = node.send(user, "GET", "/vms", "", Map.of("Origin", "https://evil.example"));
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.json().path("code").asString()).isEqualTo("policy.denied");
    }

    @Test
    void refusesPreconditionsThatItCannotRead() {
        Answer answer = node.send(user, "PATCH", VM, "{\"title\":\"x\"}", Map.of("If-Match", "soon"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("detail").asString()).contains("If-Match");
    }

    @Test
    void saysWhichMethodsThereAre() {
        assertThat(node.delete(user, "/vms").header("Allow")).contains("GET", "POST");
    }
}
