package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Two whole nodes, one OpenID provider: who somebody is at the one with a token, and at the other by an assertion. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FederatedIdentityTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private final ECKey key = key();
    private HttpServer provider;
    private volatile int status = 200;
    private String issuer = "";
    private String urlOfA = "";
    private String urlOfB = "";
    private RunningNode a;
    private RunningNode b;

    private static ECKey key() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("k").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String freeAddress() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return "http://127.0.0.1:" + socket.getLocalPort();
        }
    }

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer = "http://127.0.0.1:" + provider.getAddress().getPort();
        serve(
                "/.well-known/openid-configuration",
                "{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/keys\"}".formatted(issuer));
        serve("/keys", "{\"keys\":[" + key.toPublicJWK().toJSONString() + "]}");
        provider.start();
        urlOfA = freeAddress();
        urlOfB = freeAddress();
        a = RunningNode.start(
                folder.resolve("a"),
                "listen.main=" + urlOfA,
                "site.url=" + urlOfA,
                "identity.oidc.idp.issuer=" + issuer,
                "identity.oidc.idp.audience=hansa",
                "identity.oidc.idp.vos=biomed",
                "identity.oidc.idp.login-client-id=hansa-cli",
                "identity.federation.b.url=" + urlOfB);
        b = RunningNode.start(
                folder.resolve("b"),
                "listen.main=" + urlOfB,
                "site.url=" + urlOfB,
                "identity.federation.a.url=" + urlOfA,
                "identity.federation.a.issuers=" + issuer,
                "identity.federation.a.vos=biomed");
    }

    private void serve(String path, String body) {
        provider.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    @AfterAll
    void stop() {
        a.close();
        b.close();
        provider.stop(0);
        client.close();
    }

    private String token(String audience) throws JOSEException {
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(issuer)
                .subject("ada")
                .audience(audience)
                .issueTime(new Date())
                .expirationTime(Date.from(Instant.now().plusSeconds(600)))
                .claim("name", "Ada")
                .claim("entitlements", List.of("urn:mace:egi.eu:group:biomed:role=vm_operator#aai.egi.eu"))
                .build();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .keyID("k")
                        .type(new JOSEObjectType("at+jwt"))
                        .build(),
                claims);
        token.sign(new ECDSASigner(key));
        return token.serialize();
    }

    private HttpResponse<String> ask(
            String url, String method, String path, String token, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String member(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":\"([^\"]+)\"").matcher(json);
        assertThat(matcher.find()).as(name + " in " + json).isTrue();
        return matcher.group(1);
    }

    private String assertion(String token) throws Exception {
        HttpResponse<String> answer =
                ask(urlOfA, "POST", "/api/v1/assertions", token, "{\"audience\":\"" + urlOfB + "\",\"vo\":\"biomed\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(answer.headers().allValues("Cache-Control")).contains("no-store");
        return member(answer.body(), "assertion");
    }

    @Test
    void aTokenOfTheProviderIsTaken() throws Exception {
        HttpResponse<String> answer = ask(urlOfA, "GET", "/api/v1/whoami", token("hansa"), "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .contains(
                        "\"subject\":\"ada\"",
                        "\"issuer\":\"" + issuer + "\"",
                        "\"vo\":\"biomed\"",
                        "\"proof\":\"oidc\"")
                .contains("/biomed/Role=vm_operator");
    }

    @Test
    void aTokenForSomebodyElseIsRefusedWithoutAReason() throws Exception {
        HttpResponse<String> answer = ask(urlOfA, "GET", "/api/v1/whoami", token("other"), "");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(member(answer.body(), "code")).isEqualTo("identity.invalid");
        assertThat(answer.body()).doesNotContain("audience", "other", "hansa-");
    }

    @Test
    void anIssuerThatIsDownIsNoFaultOfTheCaller(@TempDir Path folder) throws Exception {
        status = 500;
        try (RunningNode lonely =
                RunningNode.start(folder, "identity.oidc.idp.issuer=" + issuer, "identity.oidc.idp.audience=hansa")) {
            String url = lonely.endpoint("main").toString();
            HttpResponse<String> answer = ask(url, "GET", "/api/v1/whoami", token("hansa"), "");
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(member(answer.body(), "code")).isEqualTo("identity.unchecked");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        } finally {
            status = 200;
        }
    }

    @Test
    void clientsLearnWhereToLogIn() throws Exception {
        HttpResponse<String> answer = ask(urlOfA, "GET", "/api/v1/issuers", "", "");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"issuer\":\"" + issuer + "\"", "\"clientId\":\"hansa-cli\"", "offline_access");
        assertThat(ask(urlOfB, "GET", "/api/v1/issuers", "", "").body()).contains("\"items\":[]");
    }

    @Test
    void aUserOfTheOneSiteActsAtTheOther() throws Exception {
        String assertion = assertion(token("hansa"));
        HttpResponse<String> answer = ask(urlOfB, "GET", "/api/v1/whoami", assertion, "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\"subject\":\"ada\"", "\"issuer\":\"" + issuer + "\"", "\"name\":\"Ada\"")
                .contains("\"vo\":\"biomed\"", "\"proof\":\"assertion\"", "/biomed/Role=vm_operator");
        HttpResponse<String> again = ask(urlOfB, "GET", "/api/v1/whoami", assertion, "");
        assertThat(again.statusCode()).as("used twice").isEqualTo(401);
        assertThat(again.body()).doesNotContain("replay", "used");
    }

    @Test
    void whoNeedsMoreThanOneRequestTakesATokenThere() throws Exception {
        String body = "{\"label\":\"work\",\"lifetimeSeconds\":86400}";
        HttpResponse<String> made = ask(urlOfB, "POST", "/api/v1/tokens", assertion(token("hansa")), body);
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(Instant.parse(member(made.body(), "expires")))
                .isBefore(Instant.now().plusSeconds(3700));
        String token = member(made.body(), "secret");
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = ask(urlOfB, "GET", "/api/v1/whoami", token, "");
            assertThat(answer.body()).contains("\"subject\":\"ada\"", "\"vo\":\"biomed\"", "\"proof\":\"token\"");
        }
        assertThat(ask(urlOfB, "GET", "/api/v1/whoami", token, "", "Hansa-VO", "other")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void usersOfTheSiteItselfCarryItsAddressAndAreNoOperatorsElsewhere() throws Exception {
        HttpResponse<String> made =
                ask(urlOfA, "POST", "/api/v1/assertions", a.token(), "{\"audience\":\"" + urlOfB + "\"}");
        HttpResponse<String> answer = ask(urlOfB, "GET", "/api/v1/whoami", member(made.body(), "assertion"), "");
        assertThat(answer.body())
                .contains("\"subject\":\"operator\"", "\"issuer\":\"" + urlOfA + "\"", "\"operator\":false");
    }

    @Test
    void anAssertionIsRefusedAtTheSiteThatMadeIt() throws Exception {
        assertThat(ask(urlOfA, "GET", "/api/v1/whoami", assertion(token("hansa")), "")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void assertionsAreForPartnersAndForTheOwnVirtualOrganisation() throws Exception {
        HttpResponse<String> elsewhere = ask(
                urlOfA, "POST", "/api/v1/assertions", token("hansa"), "{\"audience\":\"https://evil.example.org\"}");
        assertThat(elsewhere.statusCode()).isEqualTo(422);
        HttpResponse<String> other = ask(
                urlOfA,
                "POST",
                "/api/v1/assertions",
                token("hansa"),
                "{\"audience\":\"" + urlOfB + "\",\"vo\":\"other\"}");
        assertThat(other.statusCode()).isEqualTo(403);
    }

    @Test
    void anAssertionIsNotGivenForLessThanEverythingNorForAnAssertion() throws Exception {
        String body = "{\"label\":\"look\",\"scope\":\"*.read\"}";
        String narrow = member(
                ask(urlOfA, "POST", "/api/v1/tokens", token("hansa"), body).body(), "secret");
        String wish = "{\"audience\":\"" + urlOfB + "\"}";
        assertThat(ask(urlOfA, "POST", "/api/v1/assertions", narrow, wish).statusCode())
                .isEqualTo(403);
        String onward = "{\"audience\":\"" + urlOfA + "\"}";
        assertThat(ask(urlOfB, "POST", "/api/v1/assertions", assertion(token("hansa")), onward)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void theKeysAreShownWithoutTheirSecrets() throws Exception {
        HttpResponse<String> keys = ask(urlOfA, "GET", "/.well-known/jwks.json", "", "");
        assertThat(keys.statusCode()).isEqualTo(200);
        assertThat(keys.body()).contains("\"crv\":\"Ed25519\"").doesNotContain("\"d\"");
    }
}
