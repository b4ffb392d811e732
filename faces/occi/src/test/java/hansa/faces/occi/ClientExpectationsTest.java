package hansa.faces.occi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.faces.occi.Client.Answer;
import hansa.federation.compute.MachineId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One behaviour set for all OCCI clients, behaviour by behaviour. */
@ExtendWith(WorldExtension.class)
class ClientExpectationsTest {

    private static final String KIND = "scheme=\"http://schemas.ogf.org/occi/infrastructure#\"; class=\"kind\"\n";
    private static final String COMPUTE = "Category: compute; " + KIND;
    private static final String STORAGE = "Category: storage; " + KIND;
    private static final String IMAGE =
            "Category: debian12; scheme=\"http://hansa.test/occi/infrastructure/os_tpl#\"; class=\"mixin\"\n";
    private static final String SMALL =
            "Category: small; scheme=\"http://schemas.ogf.org/occi/infrastructure/compute/template/1.1#\"; class=\"mixin\"\n";
    private static final String ONE_GIB = "X-OCCI-Attribute: occi.storage.size=1\n";

    private final World world;
    private final Client client;

    ClientExpectationsTest(World world) {
        this.world = world;
        this.client = world.client("expectations");
    }

    @ParameterizedTest
    @CsvSource({
        "OCCI/1.1, 200",
        "OCCI/1.2, 200",
        "rOCCI/5 OCCI/1.2 ruby, 200",
        "OCCI/1.3, 501",
        "OCCI/2.0, 501",
        "curl/8, 200"
    })
    void theServerNamesItsVersionsAndRefusesHigherOnesOnly(String agent, int status) {
        Answer answer = client.call("GET", "/-/").header("User-Agent", agent).send();
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers("Server")).containsExactly("hansa/0.1.0 OCCI/1.1 OCCI/1.2 OCCI-CRTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/-/", "/.well-known/org/ogf/occi/-/", "/occi/-/", "/occi/.well-known/org/ogf/occi/-/"})
    void theModelIsAtBothPlacesAndEveryKindHasALocation(String path) {
        String mount = path.startsWith("/occi/") ? "/occi" : "";
        String model = client.get(path, "text/plain").body();
        for (String location : List.of("/entity/", "/resource/", "/link/", "/compute/")) {
            assertThat(model).contains("; location=\"" + mount + location + '"');
        }
        assertThat(client.get(path, "application/occi+json").body()).contains("\"location\":\"" + mount + "/entity/\"");
    }

    @Test
    void theParametersOfACategoryHaveTheirOrder() {
        Pattern order = Pattern.compile(
                "Category: [^;]+; scheme=\"[^\"]+\"; class=\"(kind|mixin|action)\"(; title=\"[^\"]*\")?"
                        + "(; rel=\"[^\"]+\")?(; location=\"[^\"]+\")?(; attributes=\"[^\"]+\")?(; actions=\"[^\"]+\")?");
        String model = client.get("/-/", "text/plain").body();
        assertThat(model).endsWith("\n");
        assertThat(model.lines()).hasSizeGreaterThan(20).allMatch(order.asMatchPredicate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void linesAreReadWithEitherEndingAndWithoutTheLast(String end) {
        String lines = (STORAGE + ONE_GIB).replace("\n", end);
        assertThat(client.post("/storage/", lines).status()).isEqualTo(201);
        assertThat(client.post("/storage/", lines.stripTrailing()).status()).isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain,text/occi",
                "text/occi, text/plain",
                "text/plain; charset=utf-8",
                "TEXT/PLAIN",
                "text/occi+plain;charset=\"UTF-8\""
            })
    void theBodyIsReadWhateverListNamesItsType(String type) {
        assertThat(client.call("POST", "/storage/")
                        .body(type, STORAGE + ONE_GIB)
                        .send()
                        .status())
                .isEqualTo(201);
    }

    @Test
    void withoutABodyTheHeadersAreReadAndWithoutATypeTheBodyIsPlain() {
        Answer headers = client.call("POST", "/storage/")
                .header("Content-Type", "text/plain,text/occi")
                .header("Category", STORAGE.substring("Category: ".length()).strip())
                .header("X-OCCI-Attribute", "occi.storage.size=1")
                .send();
        assertThat(headers.status()).isEqualTo(201);
        Wire.Answer untyped = new Wire(world.port())
                .send(
                        List.of("POST /storage/ HTTP/1.1", "X-Auth-Token: " + world.token("expectations")),
                        (STORAGE + ONE_GIB).getBytes(StandardCharsets.UTF_8));
        assertThat(untyped.status()).isEqualTo(201);
    }

    @Test
    void anotherCharsetIsDecoded() {
        byte[] latin = (STORAGE + ONE_GIB + "X-OCCI-Attribute: occi.core.title=\"Größe\"\n"
                        + "X-OCCI-Attribute: occi.core.id=\"latin\"\n")
                .getBytes(StandardCharsets.ISO_8859_1);
        Wire.Answer answer = new Wire(world.port())
                .send(
                        List.of(
                                "POST /storage/ HTTP/1.1",
                                "Content-Type: text/plain; charset=iso-8859-1",
                                "X-Auth-Token: " + world.token("expectations")),
                        latin);
        assertThat(answer.status()).isEqualTo(201);
        assertThat(client.get("/storage/latin").body()).contains("occi.core.title=\"Größe\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            text/plain                                   | text/plain; charset=utf-8
            text/occi                                    | text/occi
            text/occi+plain                              | text/occi+plain; charset=utf-8
            application/occi+json                        | application/occi+json
            text/plain,text/occi                         | text/plain; charset=utf-8
            text/occi, text/plain                        | text/occi
            text/html, application/occi+json             | application/occi+json
            */*                                          | text/plain; charset=utf-8
            text/*                                       | text/plain; charset=utf-8
            text/plain;q=0.5, application/occi+json;q=0.9 | application/occi+json
            """)
    void theFirstAcceptableTypeIsAnswered(String accept, String type) {
        Answer answer = client.get("/-/", accept);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo(type);
    }

    @Test
    void everythingHasAContentTypeAndWhatIsNotOfferedIsNotAcceptable() {
        assertThat(client.get("/-/", "image/png").status()).isEqualTo(406);
        assertThat(client.get("/-/", "image/png").contentType()).isEqualTo("text/plain; charset=utf-8");
        assertThat(client.get("/network/", "text/uri-list").status()).isEqualTo(200);
        Answer single = client.get("/network/public", "text/uri-list");
        assertThat(single.status()).isEqualTo(400);
        assertThat(single.body()).startsWith("text/uri-list renders lists only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/-/", "/compute/", "/", "/network/public", "/mixin/os_tpl/tiny/"})
    void headAnswersAsGetWithoutABody(String path) {
        Answer get = client.get(path);
        Answer head = client.call("HEAD", path).send();
        assertThat(head.status()).isEqualTo(get.status());
        assertThat(head.contentType()).isEqualTo(get.contentType());
        assertThat(head.body()).isEmpty();
    }

    @Test
    void bothChallengesStandOnLinesOfTheirOwn() {
        List<String> challenges = new Client(world.origin(), "").get("/-/").headers("WWW-Authenticate");
        assertThat(challenges).hasSize(2);
        assertThat(challenges.getFirst()).matches("^(?:Keystone|snf-auth) uri='(?<uri>.+)'$");
        assertThat(challenges.getLast()).startsWith("Basic realm=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rOCCI-core/4.3.6 rOCCI-api/4.3.14 OCCI/1.1 linux-gnu", "python-requests/2.28.1"})
    void clientsThatJoinHeaderLinesGetTheOneChallengeThatTheyKnow(String agent) {
        List<String> challenges = new Client(world.origin(), "")
                .call("GET", "/-/")
                .header("User-Agent", agent)
                .send()
                .headers("WWW-Authenticate");
        assertThat(String.join(", ", challenges)).matches("^(Keystone|snf-auth) uri=(\"|')[^\"']+(\"|')$");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/occi"})
    void creationSaysWhereTwice(String mount) {
        Answer made = client.at(mount).post("/storage/", STORAGE + ONE_GIB);
        assertThat(made.status()).isEqualTo(201);
        String location = made.header("Location").orElseThrow();
        assertThat(location).startsWith(world.origin() + mount + "/storage/");
        assertThat(made.body()).isEqualTo("X-OCCI-Location: " + location + "\n");
    }

    @Test
    void deletionAndActionsAreOkAndEmptyListsHaveNoContent() {
        Client fresh = world.client("expectations-empty");
        assertThat(fresh.get("/compute/").status()).isEqualTo(204);
        assertThat(fresh.get("/compute/").contentType()).isEqualTo("text/plain; charset=utf-8");
        String path = fresh.post("/storage/", STORAGE + ONE_GIB).path();
        await().until(() -> fresh.get(path).body().contains("state=\"online\""));
        Answer acted = fresh.post(path + "?action=offline", "");
        assertThat(acted.status()).isEqualTo(200);
        Answer deleted = fresh.delete(path);
        assertThat(deleted.status()).isEqualTo(200);
        assertThat(deleted.body()).isEqualTo("OK\n");
    }

    @Test
    void headersJoinRepeatedValuesAndQuoteStringsOnly() {
        String path = client.post("/storage/", STORAGE + "X-OCCI-Attribute: occi.storage.size=1.5\n")
                .path();
        Answer answer = client.get(path, "text/occi");
        assertThat(answer.body()).isEqualTo("OK");
        assertThat(answer.headers("X-OCCI-Attribute")).hasSize(1);
        assertThat(answer.header("X-OCCI-Attribute").orElseThrow())
                .startsWith("occi.core.id=\"")
                .contains("\", occi.storage.size=1.5, occi.storage.state=\"");
    }

    @Test
    void anythingIsMadeAtTheRootAndByPutUnderAnIdOfTheClient() {
        Answer root = client.post("/", STORAGE + ONE_GIB + "X-OCCI-Attribute: occi.core.id=\"urn:uuid:e10-root\"\n");
        assertThat(root.path()).isEqualTo("/storage/e10-root");
        Answer put = client.put("/storage/e10-put", STORAGE + ONE_GIB);
        assertThat(put.status()).isEqualTo(201);
        assertThat(put.path()).isEqualTo("/storage/e10-put");
        assertThat(client.get("/storage/urn:uuid:e10-put").status()).isEqualTo(200);
        Answer tag = client.post(
                "/-/",
                "Category: e10; scheme=\"http://example.org/e10#\"; class=\"mixin\"; rel=\"http://nobody.test/knows#this\"; location=\"/e10/\"");
        assertThat(tag.status()).isEqualTo(200);
    }

    @Test
    void theUrlIsLocationAndIdAndTheIdStandsAlone() {
        Answer made = client.post("/storage/", STORAGE + ONE_GIB);
        assertThat(client.get(made.path()).body()).contains("X-OCCI-Attribute: occi.core.id=\"" + made.id() + "\"\n");
        assertThat(made.path()).isEqualTo("/storage/" + made.id());
    }

    @Test
    void theUnionOfBothVersionsIsOfferedUnlessTheProfileIsStrict() {
        assertThat(client.get("/-/?category=compute").body()).contains("occi.compute.speed", "occi.compute.share");
        assertThat(client.get("/-/?category=storage").body()).contains("#backup", "#snapshot", "#resize");
        Client strict = client.at("/strict");
        assertThat(strict.get("/-/?category=compute").body()).doesNotContain("occi.compute.speed");
        assertThat(strict.get("/-/?category=storage").body()).doesNotContain("#backup");
        assertThat(strict.get("/-/?category=entity").body()).doesNotContain("location=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/network/public", "/network/PUBLIC", "{origin}/network/public", "{origin}/occi/network/Public"})
    void inlineLinksFindTheirNetworkByPathUrlAndAlias(String target) {
        String link = "Link: <" + target.replace("{origin}", world.origin())
                + ">; rel=\"http://schemas.ogf.org/occi/infrastructure#network\"; category=\"http://schemas.ogf.org/occi/infrastructure#networkinterface\"\n";
        Answer made = client.at("/occi").post("/compute/", COMPUTE + IMAGE + SMALL + link);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(client.get("/compute/" + made.id()).body()).contains("Link: </network/public>; rel=");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            user_data; scheme="http://schemas.openstack.org/compute/instance#" | org.openstack.compute.user_data
            user_data; scheme="http://schemas.ogf.org/occi/infrastructure/compute#" | occi.compute.userdata
            """)
    void userDataIsTakenFromEitherMixin(String mixin, String attribute) {
        String data = Base64.getEncoder().encodeToString("#cloud-config\n".getBytes(StandardCharsets.UTF_8));
        Answer made = client.post(
                "/compute/",
                COMPUTE + IMAGE + SMALL + "Category: " + mixin + "; class=\"mixin\"\nX-OCCI-Attribute: " + attribute
                        + "=\"" + data + "\"\n");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(world.federation()
                        .machines()
                        .get(World.caller("expectations"), new MachineId(made.id()))
                        .hasUserData())
                .isTrue();
        assertThat(client.get(made.path()).body()).doesNotContain(data);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            public_key; scheme="http://schemas.openstack.org/instance/credentials#" | org.openstack.credentials.publickey.data
            ssh_key; scheme="http://schemas.ogf.org/occi/infrastructure/credentials#" | occi.credentials.ssh.publickey
            ssh_key; scheme="http://schemas.ogf.org/occi/infrastructure/credentials#" | occi.crendentials.ssh.publickey
            """)
    void keysAreTakenFromEitherMixinAlsoWithoutANameAndMisspelt(String mixin, String attribute) {
        String key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGZvckhhbnNhdGVzdHNvbmx5MDAwMDAwMDAwMDAwMDAw ada";
        Answer made = client.post(
                "/compute/",
                COMPUTE + IMAGE + SMALL + "Category: " + mixin + "; class=\"mixin\"\nX-OCCI-Attribute: " + attribute
                        + "=\"" + key + "\"\n");
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        assertThat(client.get(made.path()).body())
                .contains("X-OCCI-Attribute: occi.credentials.ssh.publickey=\"" + key + "\"\n");
    }

    @Test
    void anotherResourceTemplateResizesAndReplacesTheOld() {
        String path = client.post("/compute/", COMPUTE + IMAGE + SMALL).path();
        await().until(() -> client.get(path).body().contains("state=\"active\""));
        Answer resized = client.post(path, SMALL.replace("small", "large"));
        assertThat(resized.status()).as(resized.body()).isEqualTo(200);
        assertThat(resized.body()).contains("Category: large;").doesNotContain("Category: small;");
        await().until(() -> client.get(path).body().contains("occi.compute.cores=4\n"));
        Answer again = client.post("/mixin/resource_tpl/medium/", "X-OCCI-Location: " + path);
        assertThat(again.status()).as(again.body()).isEqualTo(200);
        assertThat(client.get(path).body()).contains("Category: medium;", "occi.compute.memory=2\n");
    }

    @Test
    void userDataOf48KibTravelsInAHeader() {
        String data = Base64.getEncoder().encodeToString(new byte[48 * 1024]);
        Answer made = client.call("POST", "/compute/")
                .header("Content-Type", "text/occi")
                .header("Category", COMPUTE.substring("Category: ".length()).strip())
                .header("Category", IMAGE.substring("Category: ".length()).strip())
                .header("Category", SMALL.substring("Category: ".length()).strip())
                .header("X-OCCI-Attribute", "org.openstack.compute.user_data=\"" + data + '"')
                .send();
        assertThat(made.status()).as(made.body()).isEqualTo(201);
    }

    @Test
    void jsonLeavesEmptyArraysOutAndKeepsAttributes() {
        String path = client.post("/storage/", STORAGE + ONE_GIB).path();
        assertThat(client.get(path, "application/occi+json").body())
                .contains("\"attributes\":{")
                .doesNotContain("[]");
        assertThat(client.get("/-/", "application/occi+json").body())
                .contains(
                        "\"term\":\"up\",\"scheme\":\"http://schemas.ogf.org/occi/infrastructure/network/action#\",\"title\":\"Bring the network up\",\"attributes\":{}")
                .doesNotContain("[]");
    }
}
