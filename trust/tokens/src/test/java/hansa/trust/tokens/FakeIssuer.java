package hansa.trust.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** An OpenID provider on loopback that says what a test tells it to say. */
final class FakeIssuer implements AutoCloseable {

    static final String AUDIENCE = "https://cloud.example.org";

    /** Made once: they cost a second each. */
    private static final RSAKey OURS = generated("rsa-1");

    private static final RSAKey OTHER = generated("other");

    private final HttpServer server;
    private final Clock clock;
    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<JWK> keys = new CopyOnWriteArrayList<>();
    final Map<String, String> active = new ConcurrentHashMap<>();
    final Map<String, String> replaced = new ConcurrentHashMap<>();
    final RSAKey rsa = OURS;
    final ECKey ec = ec("ec-1");
    volatile String userinfo = "{}";
    volatile int status = 200;

    FakeIssuer(Clock clock) {
        this.clock = clock;
        try {
            this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        keys.add(rsa);
        keys.add(ec);
        server.createContext("/", this::answer);
        server.start();
    }

    private static RSAKey generated(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key that is not the issuer's own. */
    static RSAKey rsa(String id) {
        return new RSAKey.Builder(OTHER).keyID(id).build();
    }

    static ECKey ec(String id) {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        asked.add(path);
        String body = replaced.getOrDefault(
                path,
                switch (path) {
                    case "/.well-known/openid-configuration" -> metadata();
                    case "/keys", "/.well-known/jwks.json" -> keys();
                    case "/introspect" -> active.getOrDefault(form.split("[=&]", 3)[1], "{\"active\":false}");
                    case "/userinfo" -> userinfo;
                    default -> "";
                });
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        if (body.startsWith("http://")) {
            exchange.getResponseHeaders().set("Location", body);
            exchange.sendResponseHeaders(302, -1);
        } else {
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }

    private String metadata() {
        return """
                {"issuer":"%1$s","jwks_uri":"%1$s/keys","introspection_endpoint":"%1$s/introspect",
                 "userinfo_endpoint":"%1$s/userinfo"}""".formatted(issuer());
    }

    private String keys() {
        return keys.stream()
                .map(key -> key.toPublicJWK().toJSONString())
                .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
    }

    /** The claims of a good access token. */
    Map<String, Object> claims() {
        long now = clock.instant().getEpochSecond();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer());
        claims.put("sub", "0123abcd@example.org");
        claims.put("aud", AUDIENCE);
        claims.put("azp", "hansa-cli");
        claims.put("iat", now);
        claims.put("exp", now + 3600);
        claims.put("name", "Ada");
        claims.put("entitlements", new ArrayList<>(List.of("urn:mace:egi.eu:group:vo:role=manager#aai.egi.eu")));
        return claims;
    }

    static Map<String, Object> header(String algorithm, String keyId) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", algorithm);
        header.put("kid", keyId);
        header.put("typ", "at+jwt");
        return header;
    }

    String token() {
        return token(claims());
    }

    String token(Map<String, Object> claims) {
        return signed(header("RS256", "rsa-1"), claims, rsa);
    }

    static String signed(Map<String, Object> header, Map<String, Object> claims, JWK key) {
        try {
            JWSSigner signer = key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner(key.toECKey());
            String text = unsigned(header, claims);
            JWSAlgorithm algorithm = JWSAlgorithm.parse(String.valueOf(header.get("alg")));
            return text + "." + signer.sign(new JWSHeader(algorithm), text.getBytes(StandardCharsets.US_ASCII));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String unsigned(Map<String, Object> header, Map<String, Object> claims) {
        return Base64URL.encode(JSONObjectUtils.toJSONString(header)) + "."
                + Base64URL.encode(JSONObjectUtils.toJSONString(claims));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
