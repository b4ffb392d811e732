package hansa.drivers.openstack;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** The real Keystone, asked for what the driver never asks it for, and the issuer whose access tokens it believes. */
final class PeerKeystone implements AutoCloseable {

    private final HttpClient client = HttpClient.newHttpClient();
    private final String token;
    private final String user;

    record ApplicationCredential(String id, String secret) {}

    /** As the member of the project. */
    PeerKeystone() throws Exception {
        Map<String, Object> domain = Map.of("id", "default");
        HttpResponse<String> answer = send(
                "POST",
                "/auth/tokens",
                Optional.of(Map.of(
                        "auth",
                        Map.of(
                                "identity",
                                Map.of(
                                        "methods",
                                        List.of("password"),
                                        "password",
                                        Map.of(
                                                "user",
                                                Map.of(
                                                        "name",
                                                        OpenStackPeer.variable("HANSA_OPENSTACK_USER"),
                                                        "domain",
                                                        domain,
                                                        "password",
                                                        OpenStackPeer.variable("HANSA_OPENSTACK_PASSWORD")))),
                                "scope",
                                Map.of(
                                        "project",
                                        Map.of(
                                                "name",
                                                OpenStackPeer.variable("HANSA_OPENSTACK_PROJECT"),
                                                "domain",
                                                domain))))),
                "");
        this.token = answer.headers().firstValue("X-Subject-Token").orElseThrow();
        this.user = json(answer).path("token").path("user").path("id").asString();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Answer.MAPPER.readTree(answer.body());
    }

    private HttpResponse<String> send(String method, String path, Optional<Object> body, String with) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(OpenStackPeer.variable("HANSA_OPENSTACK_AUTH_URL") + path))
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.map(content -> BodyPublishers.ofByteArray(Answer.MAPPER.writeValueAsBytes(content)))
                                .orElseGet(BodyPublishers::noBody));
        if (!with.isEmpty()) {
            request.header("X-Auth-Token", with);
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new AssertionError(method + " " + path + ": " + answer.statusCode() + " " + answer.body());
        }
        return answer;
    }

    ApplicationCredential make(Optional<Instant> until) throws Exception {
        Map<String, Object> wish = new LinkedHashMap<>();
        wish.put("name", "peer " + UUID.randomUUID());
        until.ifPresent(end -> wish.put(
                "expires_at", LocalDateTime.ofInstant(end, ZoneOffset.UTC).toString()));
        JsonNode made = json(send("POST", credentials(), Optional.of(Map.of("application_credential", wish)), token))
                .path("application_credential");
        return new ApplicationCredential(
                made.path("id").asString(), made.path("secret").asString());
    }

    void delete(ApplicationCredential credential) throws Exception {
        send("DELETE", credentials() + "/" + credential.id(), Optional.empty(), token);
    }

    private String credentials() {
        return "/users/" + user + "/application_credentials";
    }

    /** An access token of the issuer that the peer trusts. */
    static String accessToken(String subject, Instant until) throws Exception {
        return signed(OpenStackPeer.variable("HANSA_OPENSTACK_ISSUER"), subject, until, trusted());
    }

    /** One that says the same and is signed by somebody else. */
    static String forgedToken(String subject, Instant until) throws Exception {
        KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
        keys.initialize(2048);
        return signed(
                OpenStackPeer.variable("HANSA_OPENSTACK_ISSUER"),
                subject,
                until,
                keys.generateKeyPair().getPrivate());
    }

    /** One of the trusted key for another issuer, whom the identity provider in Keystone does not stand for. */
    static String foreignToken(String subject, Instant until) throws Exception {
        return signed("https://issuer.example.org", subject, until, trusted());
    }

    private static PrivateKey trusted() throws Exception {
        String pem = Files.readString(Path.of(OpenStackPeer.variable("HANSA_OPENSTACK_ISSUER_KEY")));
        byte[] key = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(key));
    }

    private static String signed(String issuer, String subject, Instant until, PrivateKey key) throws Exception {
        Map<String, Object> claims = Map.of(
                "iss", issuer,
                "sub", subject,
                "iat", until.minusSeconds(600).getEpochSecond(),
                "exp", until.getEpochSecond(),
                "jti", UUID.randomUUID().toString());
        String content = part(Map.of("alg", "RS256", "typ", "JWT", "kid", "peer")) + "." + part(claims);
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    private static String part(Map<String, Object> content) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Answer.MAPPER.writeValueAsBytes(content));
    }

    @Override
    public void close() {
        client.close();
    }
}
