package hansa.trust.tokens;

import static hansa.trust.tokens.FakeIssuer.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.jwk.ECKey;
import hansa.protocols.voms.Fqan;
import hansa.trust.AssertionSigner.Statement;
import hansa.trust.Evidence;
import hansa.trust.PublicKeys;
import hansa.trust.Rejected;
import hansa.trust.Rejected.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one site asserts to another, and what of it is taken. */
final class AssertionTest {

    private static final String A = "https://a.example.org";
    private static final String B = "https://b.example.org";
    private static final String IDP = "https://login.example.org";

    @TempDir
    Path folder;

    private final MovingClock clock = new MovingClock();
    private final Shown shown = new Shown();
    private final ECKey other = FakeIssuer.ec("other");
    private Path keys = Path.of("keys.json");
    private ForeignTokens atB = new ForeignTokens(List.of(), Optional.empty());

    /** A board in memory. */
    private final class Shown implements PublicKeys {

        private final Map<String, String> keys = new LinkedHashMap<>();
        private final Map<String, Instant> ends = new LinkedHashMap<>();

        @Override
        public void publish(String id, String jwk, Instant until) {
            keys.put(id, jwk);
            ends.put(id, until);
        }

        @Override
        public void withdraw(String id) {
            keys.remove(id);
        }

        @Override
        public List<String> published() {
            return keys.entrySet().stream()
                    .filter(key -> clock.instant().isBefore(ends.getOrDefault(key.getKey(), Instant.MIN)))
                    .map(Map.Entry::getValue)
                    .toList();
        }
    }

    @BeforeEach
    void open() {
        keys = folder.resolve("a.json");
        atB = site(B);
    }

    @AfterEach
    void close() {
        atB.close();
    }

    private ForeignTokens site(String url) {
        Set<String> used = new HashSet<>();
        Partner a = new Partner(A, Optional.of(keys), Set.of(IDP, "/C=EU/CN=CA"), Set.of("vo"), Optional.empty());
        return new ForeignTokens(
                List.of(),
                Optional.of(
                        new AssertionVerifier(url, List.of(a), (issuer, id, _) -> used.add(issuer + " " + id), clock)));
    }

    private Assertions atA() {
        return new Assertions(A, Set.of(B), folder, shown, clock);
    }

    private static Statement statement(Optional<String> issuer) {
        return new Statement(B, issuer, "ada", "Ada", Optional.of("vo"), List.of(Fqan.parse("/vo/Role=manager")));
    }

    private String signedAtA() throws IOException {
        Assertions a = atA();
        String assertion = a.sign(statement(Optional.of(IDP))).assertion();
        Files.writeString(keys, a.publicKeys());
        return assertion;
    }

    private Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", A);
        claims.put("aud", B);
        claims.put("sub", "ada");
        claims.put("sub_iss", IDP);
        claims.put("vo", "vo");
        claims.put("fqans", List.of("/vo"));
        claims.put("iat", clock.instant().getEpochSecond());
        claims.put("exp", clock.instant().getEpochSecond() + 600);
        claims.put("jti", "1");
        return claims;
    }

    /** Signed with ES256 by a key that A has published. */
    private String made(Map<String, Object> claims) throws IOException {
        Files.writeString(keys, "{\"keys\":[" + other.toPublicJWK().toJSONString() + "]}");
        return signed(header("ES256", Assertions.TYPE), claims, other);
    }

    private static Map<String, Object> header(String algorithm, String type) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", algorithm);
        header.put("kid", "other");
        header.put("typ", type);
        return header;
    }

    private void refused(String assertion, Reason reason) {
        Rejected refused = catchThrowableOfType(Rejected.class, () -> atB.verify(assertion));
        assertThat(refused).as("it is refused").isNotNull();
        assertThat(refused.reason()).as(refused.getMessage()).isEqualTo(reason);
    }

    private void refusedWith(String claim, Object value, Reason reason) throws IOException {
        Map<String, Object> claims = claims();
        claims.put(claim, value);
        refused(made(claims), reason);
    }

    @Test
    void theSiteSeesTheUserAndNotThePartner() throws Exception {
        Evidence evidence = atB.verify(signedAtA()).orElseThrow();
        assertThat(evidence.kind()).isEqualTo(Evidence.Kind.ASSERTION);
        assertThat(evidence.issuer()).isEqualTo(IDP);
        assertThat(evidence.subject()).isEqualTo("ada");
        assertThat(evidence.name()).isEqualTo("Ada");
        assertThat(evidence.vo()).contains("vo");
        assertThat(evidence.fqans()).containsExactly(Fqan.parse("/vo/Role=manager"));
        assertThat(evidence.attributes()).containsEntry("asserted_by", List.of(A));
        assertThat(evidence.expires()).isEqualTo(clock.instant().plus(Duration.ofMinutes(5)));
    }

    @Test
    void usersOfThePartnerItselfCarryItsName() throws Exception {
        Assertions a = atA();
        String assertion = a.sign(statement(Optional.empty())).assertion();
        Files.writeString(keys, a.publicKeys());
        assertThat(atB.verify(assertion).orElseThrow().issuer()).isEqualTo(A);
    }

    @Test
    void es256IsTakenToo() throws Exception {
        assertThat(atB.verify(made(claims())).orElseThrow().subject()).isEqualTo("ada");
    }

    @Test
    void usedTwice() throws Exception {
        String assertion = signedAtA();
        atB.verify(assertion);
        refused(assertion, Reason.REPLAYED);
    }

    @Test
    void stolenForAnotherSite() throws Exception {
        String assertion = signedAtA();
        try (ForeignTokens atC = site("https://c.example.org")) {
            Rejected refused = catchThrowableOfType(Rejected.class, () -> atC.verify(assertion));
            assertThat(refused.reason()).isEqualTo(Reason.AUDIENCE);
        }
        assertThat(atB.verify(assertion))
                .as("and is still good where it belongs")
                .isPresent();
    }

    @Test
    void forTwoSites() throws Exception {
        refusedWith("aud", List.of(B, "https://c.example.org"), Reason.AUDIENCE);
    }

    @Test
    void forAListOfOneSite() throws Exception {
        refusedWith("aud", List.of(B), Reason.AUDIENCE);
    }

    @Test
    void livingLongerThanTenMinutes() throws Exception {
        refusedWith("exp", clock.instant().getEpochSecond() + 601, Reason.FORM);
    }

    @Test
    void expired() throws Exception {
        String assertion = made(claims());
        clock.move(Duration.ofSeconds(630));
        refused(assertion, Reason.EXPIRED);
    }

    @Test
    void issuedInTheFuture() throws Exception {
        refusedWith("iat", clock.instant().getEpochSecond() + 31, Reason.NOT_YET_VALID);
    }

    @Test
    void withoutANumberOfItsOwn() throws Exception {
        Map<String, Object> claims = claims();
        claims.remove("jti");
        refused(made(claims), Reason.MALFORMED);
    }

    @Test
    void ofASiteThatIsNoPartner() throws Exception {
        refusedWith("iss", "https://evil.example.org", Reason.UNTRUSTED);
    }

    @Test
    void aboutAUserWhomThePartnerMayNotSend() throws Exception {
        refusedWith("sub_iss", "https://other-login.example.org", Reason.FORGED);
    }

    @Test
    void aboutAUserOfOurOwn() throws Exception {
        refusedWith("sub_iss", "local", Reason.FORGED);
    }

    @Test
    void aboutAUserOfOurOwnByAddress() throws Exception {
        refusedWith("sub_iss", B, Reason.FORGED);
    }

    @Test
    void forAVirtualOrganisationThatThePartnerMayNotSpeakFor() throws Exception {
        refusedWith("vo", "secret", Reason.FORGED);
    }

    @Test
    void withARoleInAnotherVirtualOrganisation() throws Exception {
        refusedWith("fqans", List.of("/vo", "/secret/Role=manager"), Reason.FORGED);
    }

    @Test
    void withGroupsButWithoutAVirtualOrganisation() throws Exception {
        Map<String, Object> claims = claims();
        claims.remove("vo");
        refused(made(claims), Reason.FORGED);
    }

    @Test
    void anAccessTokenOfThePartner() throws Exception {
        Files.writeString(keys, "{\"keys\":[" + other.toPublicJWK().toJSONString() + "]}");
        refused(signed(header("ES256", "at+jwt"), claims(), other), Reason.FORM);
    }

    @Test
    void signedWithRsa() throws Exception {
        refused(signed(header("RS256", Assertions.TYPE), claims(), FakeIssuer.rsa("other")), Reason.ALGORITHM);
    }

    @Test
    void whereThePartnersKeysCannotBeHad() throws Exception {
        String assertion = signedAtA();
        Files.delete(keys);
        refused(assertion, Reason.UNCHECKED);
    }

    @Test
    void aKeyIsShownBeforeItSignsAndUntilAllItSignedHasEnded() throws Exception {
        Assertions a = atA();
        String first = keyOf(a.sign(statement(Optional.empty())).assertion());
        clock.move(Duration.ofDays(30));
        assertThat(keyOf(a.sign(statement(Optional.empty())).assertion())).isEqualTo(first);
        assertThat(shown.published()).hasSize(2);
        clock.move(Duration.ofMinutes(61));
        String late = a.sign(statement(Optional.empty())).assertion();
        String second = keyOf(late);
        assertThat(second).isNotEqualTo(first);
        assertThat(shown.published())
                .as("what the old one signed has not ended")
                .hasSize(2);
        clock.move(Duration.ofMinutes(60));
        assertThat(a.publicKeys()).contains(second).doesNotContain(first);
    }

    @Test
    void signedWithARetiredKey() throws Exception {
        Assertions a = atA();
        a.sign(statement(Optional.empty()));
        Path file = files().getFirst();
        String secret = Files.readString(file);
        clock.move(Duration.ofDays(30));
        a.publicKeys();
        clock.move(Duration.ofHours(3));
        Files.writeString(keys, a.publicKeys());
        assertThat(files()).hasSize(1).doesNotContain(file);
        Path stolen = Files.createDirectory(folder.resolve("stolen"));
        Files.writeString(
                stolen.resolve("assertion-x.jwk"),
                secret.replaceAll("\"iat\":\\d+", "\"iat\":" + clock.instant().getEpochSecond()));
        String assertion = new Assertions(A, Set.of(B), stolen, new Shown(), clock)
                .sign(statement(Optional.of(IDP)))
                .assertion();
        refused(assertion, Reason.ALGORITHM);
    }

    @Test
    void keysOutliveARestartAndOnlyTheirOwnerReadsThem() throws Exception {
        String first = keyOf(atA().sign(statement(Optional.empty())).assertion());
        assertThat(keyOf(atA().sign(statement(Optional.empty())).assertion())).isEqualTo(first);
        assertThat(files()).hasSize(1);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().getFirst())))
                .isEqualTo("rw-------");
        assertThat(atA().publicKeys()).doesNotContain("\"d\"");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jwk")).toList();
        }
    }

    private static String keyOf(String assertion) throws Rejected {
        return Jws.parse(assertion).header().getKeyID();
    }
}
