package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Somebody of an identity provider signs in at a whole node. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SamlSignInTest {

    private static final String GRANT = SamlIdp.GRANT;
    private static final String ISSUER = SamlIdp.ISSUER;

    private final HttpClient client = HttpClient.newHttpClient();
    private RunningNode node;
    private SamlIdp idp;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        idp = SamlIdp.in(folder);
        node = RunningNode.start(
                folder.resolve("data"),
                "site.url=https://cloud.example.org",
                "identity.saml.kit.entity=" + ISSUER,
                "identity.saml.kit.audience=https://cloud.example.org",
                "identity.saml.kit.vos=biomed",
                "identity.saml.kit.certificates=" + idp.certificates());
    }

    @AfterAll
    void stop() {
        node.close();
        client.close();
    }

    private String assertion(int sessionMinutes) throws Exception {
        return idp.assertion(SamlIdp.bearer(), sessionMinutes, SamlIdp.GROUPS);
    }

    private HttpResponse<String> exchange(String assertion) throws IOException, InterruptedException {
        return form(SamlIdp.form(assertion));
    }

    private HttpResponse<String> form(String body) throws IOException, InterruptedException {
        URI uri = node.endpoint("main").resolve("/api/v1/oauth/token");
        return client.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> whoami(String token, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        node.endpoint("main").resolve("/api/v1/whoami"))
                .header("Authorization", "Bearer " + token);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String member(String json, String name) {
        return json.replaceFirst(".*\"" + name + "\":\"?([^\",}]*).*", "$1");
    }

    @Test
    void getsATokenForAnAssertionAndIsKnownByIt() throws Exception {
        HttpResponse<String> answer = exchange(assertion(480));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().allValues("Cache-Control")).contains("no-store");
        assertThat(member(answer.body(), "token_type")).isEqualTo("Bearer");
        assertThat(Long.parseLong(member(answer.body(), "expires_in"))).isBetween(3590L, 3600L);
        HttpResponse<String> whoami = whoami(member(answer.body(), "access_token"));
        assertThat(whoami.statusCode()).isEqualTo(200);
        assertThat(whoami.body()).contains("\"subject\":\"user1\"", "\"issuer\":\"" + ISSUER + "\"");
    }

    @Test
    void theTokenEndsWithTheSessionAtTheProvider() throws Exception {
        HttpResponse<String> answer = exchange(assertion(10));
        assertThat(Long.parseLong(member(answer.body(), "expires_in"))).isBetween(580L, 600L);
    }

    @Test
    void whyAnAssertionIsNotAcceptedIsNotToldToWhoSentIt() throws Exception {
        String good = assertion(60);
        assertThat(exchange(good).statusCode()).isEqualTo(200);
        String tampered = assertion(60).replace(">user1<", ">root<");
        for (String bad : List.of(good, tampered, "<saml/>")) {
            HttpResponse<String> answer = exchange(bad);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body())
                    .isEqualTo("{\"error\":\"invalid_grant\",\"error_description\":\"The credentials were not accepted;"
                            + " get fresh ones, or ask an operator for the reason in the log.\"}");
        }
    }

    @Test
    void actsForTheOrganisationsThatTheProviderMaySpeakForAndForNoOther() throws Exception {
        String token = member(exchange(assertion(60)).body(), "access_token");
        HttpResponse<String> biomed = whoami(token, "Hansa-VO", "biomed");
        assertThat(biomed.statusCode()).isEqualTo(200);
        assertThat(biomed.body()).contains("\"groups\":[\"/biomed/Role=vm_operator\"]", "\"vo\":\"biomed\"");
        assertThat(whoami(token, "Hansa-VO", "atlas").statusCode()).isEqualTo(403);
    }

    @Test
    void theTokenIsASessionThatIsNotListedAndGoodForNoMoreThanWasAskedFor() throws Exception {
        String narrow =
                member(form(SamlIdp.form(assertion(60)) + "&scope=*.list").body(), "access_token");
        assertThat(whoami(narrow).body()).contains("\"scope\":\"*.list\"");
        HttpResponse<String> listed = get("/api/v1/tokens", narrow);
        assertThat(listed.statusCode()).isEqualTo(200);
        assertThat(listed.body()).contains("\"items\":[]");
        for (int i = 0; i < 110; i++) {
            assertThat(exchange(assertion(60)).statusCode()).isEqualTo(200);
        }
    }

    private HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(node.endpoint("main").resolve(path))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void refusesInTheFormOfOauth() throws Exception {
        assertThat(form("grant_type=password").body()).startsWith("{\"error\":\"unsupported_grant_type\"");
        assertThat(form("grant_type=" + GRANT).body()).startsWith("{\"error\":\"invalid_request\"");
        assertThat(form("grant_type=" + GRANT + "&grant_type=" + GRANT).statusCode())
                .isEqualTo(400);
        assertThat(form("grant_type=" + GRANT + "&assertion=eHg&scope=%21").body())
                .startsWith("{\"error\":\"invalid_scope\"");
        assertThat(form("a=" + "x".repeat(400 * 1024)).statusCode()).isEqualTo(413);
    }

    @Test
    void entitlementsOfOtherNamespacesAndAuthoritiesAreLeftOut(@TempDir Path folder) throws Exception {
        try (RunningNode strict = RunningNode.start(
                folder.resolve("data"),
                "site.url=https://cloud.example.org",
                "identity.saml.kit.entity=" + ISSUER,
                "identity.saml.kit.audience=https://cloud.example.org",
                "identity.saml.kit.vos=*",
                "identity.saml.kit.namespaces=urn:mace:example.org",
                "identity.saml.kit.authorities=idp",
                "identity.saml.kit.certificates=" + idp.certificates())) {
            String assertion = idp.assertion(
                    SamlIdp.bearer(),
                    60,
                    List.of(
                            "urn:mace:example.org:group:biomed:role=vm_operator#idp",
                            "urn:mace:elsewhere.org:group:atlas:role=manager#idp",
                            "urn:mace:example.org:group:cms:role=manager#elsewhere",
                            "urn:mace:example.org:group:lhcb:role=manager"));
            URI uri = strict.endpoint("main").resolve("/api/v1/oauth/token");
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(uri)
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(SamlIdp.form(assertion)))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            HttpResponse<String> whoami = client.send(
                    HttpRequest.newBuilder(strict.endpoint("main").resolve("/api/v1/whoami"))
                            .header("Authorization", "Bearer " + member(answer.body(), "access_token"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(whoami.body()).contains("\"groups\":[\"/biomed/Role=vm_operator\"]");
        }
    }

    @Test
    void aNodeWithoutTheProvidersCertificatesDoesNotStart(@TempDir Path folder) {
        assertThatThrownBy(() -> RunningNode.start(
                        folder,
                        "identity.saml.kit.entity=" + ISSUER,
                        "identity.saml.kit.audience=a",
                        "identity.saml.kit.certificates=" + folder.resolve("none.pem")))
                .hasMessageContaining("identity.saml.kit")
                .hasMessageContaining("cannot be read");
    }
}
