package hansa.bench;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.sun.net.httpserver.HttpServer;
import hansa.federation.audit.Audit;
import hansa.federation.caller.Caller;
import hansa.federation.identity.Identity;
import hansa.federation.identity.IdentitySettings;
import hansa.federation.identity.Memberships;
import hansa.federation.identity.Presented;
import hansa.federation.identity.Verifiers;
import hansa.federation.policy.Policy;
import hansa.kernel.store.Store;
import hansa.kernel.store.StoreUrl;
import hansa.kernel.store.Stores;
import hansa.trust.GroupRule;
import hansa.trust.tokens.ForeignTokens;
import hansa.trust.tokens.OidcSettings;
import hansa.trust.tokens.OidcVerifier;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Callers per second whom two cores know by a JWT. The bar is 20,000 that were known a moment ago. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 10, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@Threads(2)
public class IdentityJwtBenchmark {

    private static final String AUDIENCE = "https://cloud.example.org";

    @Param({"RS256", "ES256"})
    private String algorithm = "";

    private Optional<Running> running = Optional.empty();

    /** What one run of it needs. */
    private record Running(
            HttpServer server,
            Store store,
            ForeignTokens tokens,
            Identity remembering,
            Identity forgetful,
            DefaultJWTProcessor<SecurityContext> plain,
            String token,
            Presented presented) {}

    @Setup
    public void start() throws IOException, JOSEException {
        boolean rsa = algorithm.equals("RS256");
        JWK key = rsa
                ? new RSAKeyGenerator(2048).keyID("k").generate()
                : new ECKeyGenerator(Curve.P_256).keyID("k").generate();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String issuer = "http://127.0.0.1:" + server.getAddress().getPort();
        serve(server, "/keys", new JWKSet(key.toPublicJWK()).toString());
        serve(
                server,
                "/.well-known/openid-configuration",
                "{\"issuer\":\"%1$s\",\"jwks_uri\":\"%1$s/keys\"}".formatted(issuer));
        server.start();
        Path folder = Files.createTempDirectory("hansa-bench");
        Store store = Stores.open(StoreUrl.parse("sqlite:" + folder.resolve("i.db")), List.of(Identity.MIGRATIONS));
        ForeignTokens tokens = new ForeignTokens(
                List.of(new OidcVerifier(settings(issuer), Optional.empty(), Clock.systemUTC())), Optional.empty());
        String token = token(issuer, key);
        running = Optional.of(new Running(
                server,
                store,
                tokens,
                identity(store, tokens, Duration.ofSeconds(30)),
                identity(store, tokens, Duration.ofNanos(1)),
                plain(issuer, key),
                token,
                Presented.of(
                        Optional.of("Bearer " + token),
                        Optional.empty(),
                        List.of(),
                        Optional.of("vo"),
                        InetAddress.getLoopbackAddress())));
    }

    private static void serve(HttpServer server, String path, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    private static OidcSettings settings(String issuer) {
        return new OidcSettings(
                issuer,
                Set.of(AUDIENCE),
                Set.of("*"),
                new GroupRule(Set.of("vo"), Set.of("*"), Set.of("*")),
                Optional.empty(),
                Optional.empty(),
                OidcSettings.Introspection.NEVER,
                false,
                "sub",
                "name",
                List.of("entitlements"),
                Duration.ofSeconds(30));
    }

    private static Identity identity(Store store, ForeignTokens tokens, Duration remember) {
        return new Identity(
                store,
                new IdentitySettings(false, remember, 1000),
                new Policy(Clock.systemUTC(), Audit.NONE),
                new Verifiers(Optional.empty(), List.of(tokens), Optional.empty()),
                Memberships.NONE,
                Clock.systemUTC(),
                new SimpleMeterRegistry());
    }

    private static DefaultJWTProcessor<SecurityContext> plain(String issuer, JWK key) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256), new ImmutableJWKSet<>(new JWKSet(key.toPublicJWK()))));
        processor.setJWTClaimsSetVerifier(new DefaultJWTClaimsVerifier<>(
                AUDIENCE, new JWTClaimsSet.Builder().issuer(issuer).build(), Set.of("sub", "exp")));
        return processor;
    }

    private static String token(String issuer, JWK key) throws JOSEException {
        boolean rsa = key instanceof RSAKey;
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(rsa ? JWSAlgorithm.RS256 : JWSAlgorithm.ES256)
                        .keyID("k")
                        .type(new JOSEObjectType("at+jwt"))
                        .build(),
                new JWTClaimsSet.Builder()
                        .issuer(issuer)
                        .subject("0123456789abcdef@example.org")
                        .audience(AUDIENCE)
                        .issueTime(Date.from(Instant.now()))
                        .expirationTime(Date.from(Instant.now().plusSeconds(3600)))
                        .claim("name", "Somebody")
                        .claim("entitlements", List.of("urn:mace:egi.eu:group:vo:role=vm_operator#aai.egi.eu"))
                        .build());
        token.sign(rsa ? new RSASSASigner(key.toRSAKey()) : new ECDSASigner(key.toECKey()));
        return token.serialize();
    }

    @TearDown
    public void stop() {
        running.ifPresent(parts -> {
            parts.tokens().close();
            parts.store().close();
            parts.server().stop(0);
        });
    }

    /** Somebody who was known a moment ago. */
    @Benchmark
    public Caller remembered() {
        return running.orElseThrow()
                .remembering()
                .authenticate(running.orElseThrow().presented());
    }

    /** Somebody whose token is verified each time. */
    @Benchmark
    public Caller verified() {
        return running.orElseThrow()
                .forgetful()
                .authenticate(running.orElseThrow().presented());
    }

    /** The library alone, with its own processor. */
    @Benchmark
    public JWTClaimsSet byTheLibraryAlone() throws ParseException, BadJOSEException, JOSEException {
        return running.orElseThrow().plain().process(running.orElseThrow().token(), null);
    }
}
