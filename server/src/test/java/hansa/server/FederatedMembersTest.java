package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.server.HeardLine.Heard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Members of a virtual organisation whose machines are made at another node in their own names. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FederatedMembersTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PASSWORD = "a password of seventeen letters";
    private static final String OPERATORS = "urn:mace:egi.eu:group:biomed:role=vm_operator#aai.egi.eu";

    private final HttpClient client = HttpClient.newHttpClient();
    private OidcProvider provider;
    private HeardLine line;
    private String urlOfA = "";
    private String urlOfB = "";
    private RunningNode a;
    private RunningNode b;
    private String ada = "";
    private String eve = "";

    private static String freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        provider = new OidcProvider();
        ada = provider.token("ada", OPERATORS);
        eve = provider.token("eve", OPERATORS);
        urlOfA = freeAddress();
        urlOfB = freeAddress();
        b = RunningNode.start(
                folder.resolve("b"),
                "listen.main=" + urlOfB,
                "site.url=" + urlOfB,
                "clouds.sim.driver=simulated",
                "identity.federation.a.url=" + urlOfA,
                "identity.federation.a.issuers=" + provider.issuer(),
                "identity.federation.a.vos=biomed");
        asked(b.rest("POST", "/users", "{\"name\":\"lubeck\",\"password\":\"%s\"}".formatted(PASSWORD)), 201);
        asked(b.rest("POST", "/vos", "{\"name\":\"biomed\"}"), 201);
        asked(
                b.rest(
                        "PUT",
                        "/vos/biomed/mappings/operators",
                        "{\"who\":\"Role=vm_operator\",\"actions\":\"machine.*\"}"),
                200);
        line = new HeardLine(b.endpoint("occi"));
        a = RunningNode.start(
                folder.resolve("a"),
                "listen.main=" + urlOfA,
                "site.url=" + urlOfA,
                "site.describe-every=1s",
                "site.observe-every=1s",
                "identity.oidc.idp.issuer=" + provider.issuer(),
                "identity.oidc.idp.audience=hansa",
                "identity.oidc.idp.vos=biomed,physics",
                "identity.federation.b.url=" + urlOfB,
                "clouds.b.driver=occi",
                "clouds.b.url=" + line.url(),
                "clouds.b.user=lubeck",
                "clouds.b.password=" + PASSWORD,
                "clouds.b.partner=" + urlOfB);
        for (String vo : List.of("biomed", "physics")) {
            asked(a.rest("POST", "/vos", "{\"name\":\"" + vo + "\"}"), 201);
            asked(a.rest("PUT", "/vos/" + vo + "/account-rules/b", "{\"template\":\"" + vo + "-{hash}\"}"), 200);
        }
        await("the offer of the second node is known")
                .atMost(PATIENCE)
                .until(() -> a.occi("GET", "/-/", "").body().contains("Category: tiny;"));
    }

    @AfterAll
    void stop() {
        a.close();
        line.close();
        b.close();
        provider.close();
        client.close();
    }

    private static void asked(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    }

    private HttpResponse<String> ask(String url, String method, String path, String token, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + token)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** What the member sees at the second node, who comes there by themselves. */
    private String there(String token, String path) {
        Matcher assertion = Pattern.compile("\"assertion\":\"([^\"]+)\"")
                .matcher(ask(urlOfA, "POST", "/api/v1/assertions", token, "{\"audience\":\"" + urlOfB + "\"}")
                        .body());
        assertThat(assertion.find()).isTrue();
        HttpResponse<String> answer = ask(urlOfB, "GET", "/api/v1" + path, assertion.group(1), "");
        asked(answer, 200);
        return answer.body();
    }

    private static List<String> titles(String list) {
        List<String> titles = new ArrayList<>();
        Matcher title = Pattern.compile("\"title\":\"([^\"]*)\"").matcher(list);
        while (title.find()) {
            titles.add(title.group(1));
        }
        return titles;
    }

    private void make(String token, String id) {
        asked(
                ask(
                        urlOfA,
                        "POST",
                        "/api/v1/vms",
                        token,
                        "{\"id\":\"%1$s\",\"title\":\"%1$s\",\"image\":\"tiny\",\"flavour\":\"small\"}".formatted(id)),
                201);
    }

    private void awaitVm(String token, String id, String... says) {
        await(id + " to say " + List.of(says))
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ask(urlOfA, "GET", "/api/v1/vms/" + id, token, "")
                                .body())
                        .contains(says));
    }

    private void delete(String token, String id) {
        asked(ask(urlOfA, "DELETE", "/api/v1/vms/" + id, token, ""), 202);
        await(id + " to be gone")
                .atMost(PATIENCE)
                .until(() -> ask(urlOfA, "GET", "/api/v1/vms/" + id, token, "").statusCode() == 404);
    }

    @Test
    void membersAreThemselvesAtTheOtherNode() {
        make(ada, "of-ada");
        make(eve, "of-eve");
        awaitVm(ada, "of-ada", "\"state\":\"active\"", "\"account\":\"biomed-");
        awaitVm(eve, "of-eve", "\"state\":\"active\"", "\"addresses\":[\"10.");
        assertThat(titles(there(ada, "/vms"))).containsExactly("of-ada");
        assertThat(titles(there(eve, "/vms"))).containsExactly("of-eve");
        assertThat(there(ada, "/vms")).contains("\"owner\":\"" + provider.issuer() + "#ada\"", "\"vo\":\"biomed\"");

        String quota = b.rest("GET", "/vos/biomed/quota", "").body();
        assertThat(quota).contains("\"used\":{\"machines\":2,");
        String audit = b.rest("GET", "/audit?limit=500", "").body();
        for (String member : List.of("ada", "eve")) {
            assertThat(audit)
                    .containsPattern("\"subject\":\"" + Pattern.quote(provider.issuer() + "#" + member)
                            + "\"[^}]*\"action\":\"machine\\.create\"");
        }

        asked(ask(urlOfA, "POST", "/api/v1/vms/of-ada/actions/stop", ada, "{}"), 202);
        awaitVm(ada, "of-ada", "\"state\":\"inactive\"");
        assertThat(there(ada, "/vms")).contains("\"state\":\"inactive\"");
        assertThat(there(eve, "/vms")).contains("\"state\":\"active\"");
        delete(ada, "of-ada");
        delete(eve, "of-eve");
        assertThat(titles(there(ada, "/vms"))).isEmpty();
        assertThat(titles(b.rest("GET", "/vms", "").body())).doesNotContain("of-ada", "of-eve");
    }

    @Test
    void whoHasNoRightsThereIsToldSo() {
        String bob = provider.token("bob", "urn:mace:egi.eu:group:biomed#aai.egi.eu");
        make(bob, "of-bob");
        awaitVm(
                bob,
                "of-bob",
                "\"state\":\"error\"",
                "the cloud 'b' does not let us: The rules of biomed do not let you do this here");
        assertThat(titles(there(bob, "/vms"))).isEmpty();
        delete(bob, "of-bob");
    }

    @Test
    void whoLeftTheOrganisationStillDeletesWhatTheyHaveThere() {
        String leo = provider.token("leo", OPERATORS);
        make(leo, "of-leo");
        awaitVm(leo, "of-leo", "\"state\":\"active\"");
        String left = provider.token("leo");
        assertThat(ask(urlOfA, "GET", "/api/v1/whoami", left, "").body()).doesNotContain("biomed");
        delete(left, "of-leo");
        assertThat(titles(b.rest("GET", "/vms", "").body())).doesNotContain("of-leo");
    }

    @Test
    void anOrganisationForWhichWeMayNotSpeakIsRefused() {
        String pia = provider.token("pia", "urn:mace:egi.eu:group:physics#aai.egi.eu");
        make(pia, "of-pia");
        awaitVm(
                pia,
                "of-pia",
                "\"state\":\"error\"",
                "the other Hansa does not take this site's word for who has the account 'physics-");
        delete(pia, "of-pia");
    }

    @Test
    void whatWasOverheardIsGoodForNothing() throws Exception {
        make(ada, "overheard");
        awaitVm(ada, "overheard", "\"state\":\"active\"");
        List<Heard> assertions = line.heard().stream()
                .filter(request -> request.authorization()
                        .filter(one -> one.startsWith("Bearer "))
                        .isPresent())
                .toList();
        assertThat(assertions).extracting(Heard::method).contains("GET", "POST");
        assertThat(assertions).extracting(Heard::authorization).doesNotHaveDuplicates();
        Heard creation = assertions.stream()
                .filter(request -> request.method().equals("POST"))
                .findFirst()
                .orElseThrow();
        HttpResponse<String> again = client.send(
                HttpRequest.newBuilder(b.endpoint("occi").resolve("/compute/"))
                        .header("Authorization", creation.authorization().orElseThrow())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(again.statusCode()).isEqualTo(401);
        delete(ada, "overheard");
    }
}
