package hansa.faces.keystone;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.federation.identity.Credentials;
import hansa.federation.identity.Presented;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TokensTest {

    private static final String ADA = Names.project("vo.one.example").id();
    private static final String FEDERATED = "/v3/OS-FEDERATION/identity_providers/%s/protocols/%s/auth";

    private World world;
    private HttpClient plain;
    private HttpClient withProxy;

    @BeforeAll
    void open(@TempDir Path folder) {
        world = new World(folder);
        plain = HttpClient.newBuilder().sslContext(world.tls(false)).build();
        withProxy = HttpClient.newBuilder().sslContext(world.tls(true)).build();
    }

    @AfterAll
    void close() {
        plain.close();
        withProxy.close();
        world.close();
    }

    private record Answer(HttpResponse<String> response) {

        int status() {
            return response.statusCode();
        }

        JsonNode json() {
            return JsonMapper.shared().readTree(response.body());
        }

        String subject() {
            return response.headers().firstValue("X-Subject-Token").orElseThrow();
        }

        Instant expires() {
            return Instant.parse(json().path("token").path("expires_at").asString());
        }
    }

    private Answer send(HttpClient client, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(world.origin() + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new Answer(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Answer get(String token, String path) {
        return send(plain, "GET", path, "", "X-Auth-Token", token);
    }

    private Answer signIn(String identity, String scope) {
        return send(plain, "POST", "/v3/auth/tokens", "{\"auth\":{\"identity\":%s%s}}".formatted(identity, scope));
    }

    private static String password(String name, String password) {
        return """
                {"methods":["password"],"password":{"user":{"name":"%s","domain":{"name":"Default"},"password":"%s"}}}
                """.formatted(name, password);
    }

    private static String token(String id) {
        return "{\"methods\":[\"token\"],\"token\":{\"id\":\"%s\"}}".formatted(id);
    }

    private static String project(String name) {
        return ",\"scope\":{\"project\":{\"name\":\"%s\",\"domain\":{\"id\":\"default\"}}}".formatted(name);
    }

    private Answer federated(String accessToken) {
        return federated("idp", "openid", accessToken);
    }

    private Answer federated(String provider, String protocol, String accessToken) {
        String path = FEDERATED.formatted(provider, protocol);
        return send(plain, "GET", path, "", "Authorization", "Bearer " + accessToken);
    }

    @Test
    void aPasswordGivesATokenForAFewHoursThatOcciTakes() {
        Answer answer = signIn(password("grace", World.PASSWORD), "");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().path("token").path("methods").get(0).asString())
                .isEqualTo("password");
        assertThat(answer.json().path("token").path("user").path("name").asString())
                .isEqualTo("grace");
        assertThat(answer.json().path("token").has("project")).isFalse();
        assertThat(answer.json().path("token").has("catalog")).isFalse();
        assertThat(answer.expires())
                .isBefore(Instant.now().plus(Duration.ofHours(4)).plusSeconds(1));
        assertThat(get(answer.subject(), "/occi/-/").status()).isEqualTo(200);
    }

    @Test
    void wrongCredentialsAreRefusedWithoutAReason() {
        for (Answer answer : List.of(
                signIn(password("grace", "wrong"), ""),
                signIn(token("wrong"), ""),
                signIn(token("hansa_0123456789abcdef_wrong"), ""),
                signIn("""
                        {"methods":["application_credential"],"application_credential":{"id":"0123456789abcdef","secret":"no"}}
                        """, ""),
                federated("wrong"))) {
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.json().path("error").path("code").asInt()).isEqualTo(401);
            assertThat(answer.json().path("error").path("title").asString()).isEqualTo("Unauthorized");
            assertThat(answer.response().headers().firstValue("X-Subject-Token"))
                    .isEmpty();
        }
    }

    @Test
    void aTokenNeverOutlivesWhatProvedItsOwner() {
        assertThat(federated(World.ACCESS_TOKEN).expires()).isEqualTo(World.PROOF_ENDS);
        Answer rescoped = signIn(token(federated(World.ACCESS_TOKEN).subject()), project("vo.two.example"));
        assertThat(rescoped.status()).isEqualTo(201);
        assertThat(rescoped.expires()).isEqualTo(World.PROOF_ENDS);
        Answer byProxy = send(withProxy, "GET", FEDERATED.formatted("egi.eu", "mapped"), "");
        assertThat(byProxy.expires()).isEqualTo(World.PROOF_ENDS);
    }

    @Test
    void providersAndProtocolsThatNobodyConfiguredAreNotThere() {
        for (Answer unknown : List.of(
                federated("other", "openid", World.ACCESS_TOKEN),
                federated("idp", "oidc", World.ACCESS_TOKEN),
                federated("egi.eu", "openid", World.ACCESS_TOKEN),
                send(withProxy, "GET", FEDERATED.formatted("idp", "mapped"), ""),
                send(plain, "GET", FEDERATED.formatted("other", "mapped"), ""))) {
            assertThat(unknown.status()).isEqualTo(404);
            assertThat(unknown.json().path("error").path("title").asString()).isEqualTo("Not Found");
        }
    }

    @Test
    void aProviderVouchesOnlyForItsOwn() {
        assertThat(federated("partner", "openid", World.ACCESS_TOKEN).status()).isEqualTo(401);
        String own = signIn(password("grace", World.PASSWORD), "").subject();
        assertThat(federated(own).status()).isEqualTo(401);
        assertThat(send(withProxy, "GET", FEDERATED.formatted("idp", "openid"), "")
                        .status())
                .isEqualTo(401);
        String mapped = FEDERATED.formatted("egi.eu", "mapped");
        assertThat(send(plain, "GET", mapped, "", "Authorization", "Bearer " + World.ACCESS_TOKEN)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void projectsAreTheCallersOrganisations() {
        String token = federated(World.ACCESS_TOKEN).subject();
        for (String path : List.of("/v3/auth/projects", "/v3/OS-FEDERATION/projects", "/v3/projects")) {
            assertThat(get(token, path).json().path("projects").findValuesAsString("name"))
                    .containsExactly("vo.one.example", "vo.two.example");
        }
        assertThat(get(token, "/v3/projects/" + ADA)
                        .json()
                        .path("project")
                        .path("name")
                        .asString())
                .isEqualTo("vo.one.example");
        assertThat(get(token, "/v3/projects/" + "0".repeat(32)).status()).isEqualTo(404);
        assertThat(get(token, "/v3/auth/domains")
                        .json()
                        .path("domains")
                        .get(0)
                        .path("id")
                        .asString())
                .isEqualTo("default");
    }

    @Test
    void aScopedTokenHasRolesAndACatalogueOfWhatIsThere() {
        Answer answer = signIn(token(federated(World.ACCESS_TOKEN).subject()), project("vo.one.example"));
        JsonNode token = answer.json().path("token");
        assertThat(token.path("project").path("id").asString()).isEqualTo(ADA);
        assertThat(token.path("roles").findValuesAsString("name")).containsExactly("member", "VMManagement");
        assertThat(token.path("catalog").findValuesAsString("type")).containsExactly("identity", "occi");
        assertThat(token.path("catalog")
                        .get(1)
                        .path("endpoints")
                        .get(0)
                        .path("url")
                        .asString())
                .isEqualTo(world.origin() + "/occi");
        assertThat(get(answer.subject(), "/v3/auth/catalog").json().path("catalog"))
                .hasSize(2);
    }

    @Test
    void anOrganisationOfOthersIsNotGiven() {
        String token = federated(World.ACCESS_TOKEN).subject();
        assertThat(signIn(token(token), project("vo.three.example")).status()).isEqualTo(403);
        assertThat(signIn(password("grace", World.PASSWORD), project("vo.one.example"))
                        .status())
                .isEqualTo(403);
        assertThat(signIn(token(token), ",\"scope\":{\"project\":{\"id\":\"" + "0".repeat(32) + "\"}}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void whatIsForOneOrganisationIsNotMadeGoodForAnother() {
        Answer unscoped = federated("partner", "openid", World.FOR_ONE_ONLY);
        assertThat(unscoped.json().path("token").path("project").path("name").asString())
                .isEqualTo("vo.one.example");
        assertThat(signIn(token(unscoped.subject()), project("vo.two.example")).status())
                .isEqualTo(403);
        assertThat(send(
                                plain,
                                "GET",
                                "/occi/compute/",
                                "",
                                "X-Auth-Token",
                                unscoped.subject(),
                                "Hansa-VO",
                                "vo.two.example")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aTokenIsValidatedAndRevokedByItsOwner() {
        String token = federated(World.ACCESS_TOKEN).subject();
        String other = signIn(password("grace", World.PASSWORD), "").subject();
        Answer seen = send(plain, "GET", "/v3/auth/tokens", "", "X-Auth-Token", token, "X-Subject-Token", token);
        assertThat(seen.status()).isEqualTo(200);
        assertThat(seen.subject()).isEqualTo(token);
        assertThat(seen.json().path("token").path("user").path("name").asString())
                .isEqualTo("Ada");
        assertThat(send(plain, "HEAD", "/v3/auth/tokens", "", "X-Auth-Token", token, "X-Subject-Token", token)
                        .status())
                .isEqualTo(200);
        assertThat(send(plain, "DELETE", "/v3/auth/tokens", "", "X-Auth-Token", other, "X-Subject-Token", token)
                        .status())
                .isEqualTo(404);
        assertThat(get(token, "/v3/auth/tokens").status()).isEqualTo(400);
        assertThat(send(plain, "DELETE", "/v3/auth/tokens", "", "X-Auth-Token", token, "X-Subject-Token", token)
                        .status())
                .isEqualTo(204);
        assertThat(get(token, "/v3/auth/projects").status()).isEqualTo(401);
    }

    @Test
    void sessionsAreNoTokensThatAreListed() {
        String token = signIn(password("grace", World.PASSWORD), "").subject();
        String user = Names.user(world.federation()
                .identity()
                .authenticate(new Presented(
                        new Credentials.Bearer(token), List.of(), Optional.empty(), InetAddress.getLoopbackAddress())));
        assertThat(get(token, "/v3/users/" + user)
                        .json()
                        .path("user")
                        .path("name")
                        .asString())
                .isEqualTo("grace");
        assertThat(get(token, "/v3/users/" + user + "/application_credentials?name=session")
                        .json()
                        .path("application_credentials"))
                .isEmpty();
    }

    @Test
    void anApplicationCredentialSignsInAndItsSessionsEndWithIt() {
        Answer scoped = signIn(token(federated(World.ACCESS_TOKEN).subject()), project("vo.one.example"));
        String user = scoped.json().path("token").path("user").path("id").asString();
        String all = "/v3/users/" + user + "/application_credentials";
        Answer made = send(
                plain,
                "POST",
                all,
                "{\"application_credential\":{\"name\":\"robot\",\"description\":\"For the nightly run\"}}",
                "X-Auth-Token",
                scoped.subject());
        assertThat(made.status()).isEqualTo(201);
        JsonNode credential = made.json().path("application_credential");
        String id = credential.path("id").asString();
        String secret = credential.path("secret").asString();
        assertThat(credential.path("unrestricted").asBoolean()).isFalse();
        assertThat(credential.path("project_id").asString()).isEqualTo(ADA);
        for (JsonNode shown : List.of(
                credential,
                get(scoped.subject(), all + "/" + id).json().path("application_credential"),
                get(scoped.subject(), all)
                        .json()
                        .path("application_credentials")
                        .get(0))) {
            assertThat(shown.path("description").asString()).isEqualTo("For the nightly run");
        }

        for (String proof : List.of(
                "{\"id\":\"%s\",\"secret\":\"%s\"}".formatted(id, secret),
                "{\"id\":\"%s\",\"secret\":\"%s\"}".formatted(id, secret.substring(("hansa_" + id + "_").length())),
                "{\"name\":\"robot\",\"user\":{\"id\":\"%s\"},\"secret\":\"%s\"}".formatted(user, secret))) {
            Answer session =
                    signIn("{\"methods\":[\"application_credential\"],\"application_credential\":" + proof + "}", "");
            assertThat(session.status()).isEqualTo(201);
            assertThat(session.json().path("token").path("project").path("name").asString())
                    .isEqualTo("vo.one.example");
        }
        Answer session = signIn(
                "{\"methods\":[\"application_credential\"],\"application_credential\":{\"id\":\"%s\",\"secret\":\"%s\"}}"
                        .formatted(id, secret),
                "");
        assertThat(send(
                                plain,
                                "POST",
                                all,
                                "{\"application_credential\":{\"name\":\"further\"}}",
                                "X-Auth-Token",
                                session.subject())
                        .status())
                .isEqualTo(403);
        assertThat(get(scoped.subject(), all + "?name=robot").json().path("application_credentials"))
                .hasSize(1);
        assertThat(send(plain, "DELETE", all + "/" + id, "", "X-Auth-Token", scoped.subject())
                        .status())
                .isEqualTo(204);
        assertThat(get(session.subject(), "/v3/auth/projects").status()).isEqualTo(401);
        assertThat(get(scoped.subject(), all + "/" + id).status()).isEqualTo(404);
    }

    @Test
    void version2TakesVomsAsATextToo() {
        Answer answer = send(
                withProxy, "POST", "/v2.0/tokens", "{\"auth\":{\"voms\":\"true\",\"tenantName\":\"vo.two.example\"}}");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()
                        .path("access")
                        .path("token")
                        .path("tenant")
                        .path("name")
                        .asString())
                .isEqualTo("vo.two.example");
        assertThat(send(plain, "POST", "/v2.0/tokens", "{\"auth\":{\"voms\":true}}")
                        .status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "/, 300",
        "/keystone, 300",
        "/keystone/, 300",
        "/v2.0, 200",
        "/v2.0/, 200",
        "/v3, 200",
        "/v3/, 200",
        "/keystone/v3/, 200"
    })
    void versionsAreFoundWhereverAClientLooks(String path, int status) {
        assertThat(send(plain, "GET", path, "").status()).isEqualTo(status);
    }

    @Test
    void theRootIsLeftToPeople() {
        HttpRequest page = HttpRequest.newBuilder(URI.create(world.origin() + "/"))
                .header("Accept", "text/html,application/xhtml+xml,application/json;q=0.5")
                .build();
        assertThat(plain.sendAsync(page, HttpResponse.BodyHandlers.ofString())
                        .join()
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"auth\":{}}",
                "{\"auth\":{\"identity\":{\"methods\":[]}}}",
                "{\"auth\":{\"identity\":{\"methods\":[\"password\",\"totp\"]}}}",
                "{\"auth\":{\"identity\":{\"methods\":[\"password\"],\"password\":{\"user\":{\"name\":1}}}}}",
                "{\"auth\":{\"identity\":{\"methods\":[\"token\"],\"token\":{}}}}",
                "{\"auth\":{\"identity\":{\"methods\":[\"token\"],\"token\":{\"id\":\"x\"}},\"scope\":{\"project\":{}}}}"
            })
    void whatCannotBeReadIsRefusedInKeystonesForm(String body) {
        Answer answer = send(plain, "POST", "/v3/auth/tokens", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("error").path("message").asString()).isNotBlank();
    }

    @Test
    void pagesOfOtherSitesDoNotSignInWithTheBrowsersCertificate() {
        assertThat(send(
                                withProxy,
                                "POST",
                                "/v2.0/tokens",
                                "{\"auth\":{\"voms\":true}}",
                                "Origin",
                                "https://elsewhere.example")
                        .status())
                .isEqualTo(403);
    }
}
