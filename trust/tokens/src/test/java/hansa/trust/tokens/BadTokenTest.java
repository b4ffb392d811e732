package hansa.trust.tokens;

import static hansa.trust.tokens.FakeIssuer.header;
import static hansa.trust.tokens.FakeIssuer.signed;
import static hansa.trust.tokens.FakeIssuer.unsigned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import hansa.trust.Rejected;
import hansa.trust.Rejected.Reason;
import hansa.trust.tokens.OidcSettings.Introspection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens that prove nothing, one by one, and why. */
final class BadTokenTest {

    private final MovingClock clock = new MovingClock();
    private final FakeIssuer issuer = new FakeIssuer(clock);
    private final ForeignTokens tokens = new ForeignTokens(
            List.of(new OidcVerifier(OidcTest.settings(issuer, Introspection.OPAQUE, false), Optional.empty(), clock)),
            Optional.empty());
    private Map<String, Object> claims = Map.of();

    @BeforeEach
    void aGoodTokenIsTaken() throws Rejected {
        claims = issuer.claims();
        assertThat(tokens.verify(issuer.token(claims))).isPresent();
    }

    @AfterEach
    void close() {
        tokens.close();
        issuer.close();
    }

    private void refused(String token, Reason reason) {
        Rejected refused = catchThrowableOfType(Rejected.class, () -> tokens.verify(token));
        assertThat(refused).as("it is refused").isNotNull();
        assertThat(refused.reason()).as(refused.getMessage()).isEqualTo(reason);
        assertThat(String.valueOf(refused.getMessage())).doesNotContain("\n").doesNotContain(token);
    }

    private void refusedWith(String claim, Object value, Reason reason) {
        claims.put(claim, value);
        refused(issuer.token(claims), reason);
    }

    private void refusedWithout(String claim, Reason reason) {
        claims.remove(claim);
        refused(issuer.token(claims), reason);
    }

    private long inSeconds(long seconds) {
        return clock.instant().getEpochSecond() + seconds;
    }

    @Test
    void expired() {
        refusedWith("exp", inSeconds(-31), Reason.EXPIRED);
    }

    @Test
    void withoutAnEnd() {
        refusedWithout("exp", Reason.MALFORMED);
    }

    @Test
    void withAnEndThatIsNoNumber() {
        refusedWith("exp", "never", Reason.MALFORMED);
    }

    @Test
    void withAnEndBeyondAllTime() {
        refusedWith("exp", 1e300, Reason.MALFORMED);
    }

    @Test
    void notYetValid() {
        refusedWith("nbf", inSeconds(31), Reason.NOT_YET_VALID);
    }

    @Test
    void issuedInTheFuture() {
        refusedWith("iat", inSeconds(31), Reason.NOT_YET_VALID);
    }

    @Test
    void ofAnIssuerThatIsNotConfigured() {
        refusedWith("iss", "https://login.evil.example", Reason.UNTRUSTED);
    }

    @Test
    void ofAnIssuerThatIsAlmostOurs() {
        refusedWith("iss", issuer.issuer() + "/", Reason.UNTRUSTED);
    }

    @Test
    void withoutAnIssuer() {
        refusedWithout("iss", Reason.MALFORMED);
    }

    @Test
    void forSomebodyElse() {
        refusedWith("aud", List.of("https://other.example.org", "account"), Reason.AUDIENCE);
    }

    @Test
    void forNobody() {
        refusedWithout("aud", Reason.AUDIENCE);
    }

    @Test
    void givenToAnotherClient() {
        refusedWith("azp", "other-client", Reason.AUDIENCE);
    }

    @Test
    void givenToAClientWithoutAName() {
        refusedWithout("azp", Reason.AUDIENCE);
    }

    @Test
    void withoutASubject() {
        refusedWithout("sub", Reason.MALFORMED);
    }

    @Test
    void withASubjectThatBreaksLines() {
        refusedWith("sub", "a\nb", Reason.MALFORMED);
    }

    @Test
    void notSignedAtAll() {
        refused(unsigned(header("none", "rsa-1"), claims) + ".", Reason.ALGORITHM);
    }

    @Test
    void notSignedInOtherLetters() {
        refused(unsigned(header("nOnE", "rsa-1"), claims) + ".", Reason.ALGORITHM);
    }

    @Test
    void withTheSignatureTakenOff() {
        refused(unsigned(header("RS256", "rsa-1"), claims) + ".", Reason.SIGNATURE);
    }

    @Test
    void signedWithThePublicKeyAsASecret() throws JOSEException {
        String text = unsigned(header("HS256", "rsa-1"), claims);
        byte[] secret = issuer.rsa.toRSAPublicKey().getEncoded();
        Base64URL signature =
                new MACSigner(secret).sign(new JWSHeader(JWSAlgorithm.HS256), text.getBytes(StandardCharsets.US_ASCII));
        refused(text + "." + signature, Reason.ALGORITHM);
    }

    @Test
    void signedWithTheKeyOfAnotherAlgorithm() {
        refused(signed(header("ES256", "rsa-1"), claims, issuer.ec), Reason.ALGORITHM);
    }

    @Test
    void signedWithAKeyThatNobodyPublished() {
        refused(signed(header("RS256", "rsa-9"), claims, FakeIssuer.rsa("rsa-9")), Reason.ALGORITHM);
    }

    @Test
    void signedWithAnotherKeyOfTheSameName() {
        refused(signed(header("RS256", "rsa-1"), claims, FakeIssuer.rsa("rsa-1")), Reason.SIGNATURE);
    }

    @Test
    void signedWithAKeyThatIsTooShort() throws JOSEException {
        RSAKey weak = new RSAKeyGenerator(1024, true).keyID("weak").generate();
        issuer.keys.add(weak);
        clock.move(Duration.ofMinutes(11));
        claims = issuer.claims();
        Map<String, Object> header = header("RS256", "weak");
        refused(unsigned(header, claims) + "." + Base64URL.encode(new byte[128]), Reason.ALGORITHM);
    }

    @Test
    void signedWithAKeyForEncryption() throws JOSEException {
        RSAKey other = new RSAKeyGenerator(2048)
                .keyID("enc")
                .keyUse(com.nimbusds.jose.jwk.KeyUse.ENCRYPTION)
                .generate();
        issuer.keys.add(other);
        clock.move(Duration.ofMinutes(11));
        claims = issuer.claims();
        refused(signed(header("RS256", "enc"), claims, other), Reason.ALGORITHM);
    }

    private void refusedHeader(String name, Object value) {
        RSAKey own = FakeIssuer.rsa("own");
        Map<String, Object> header = header("RS256", "own");
        header.put(name, value);
        int before = issuer.asked.size();
        refused(signed(header, claims, own), Reason.FORM);
        assertThat(issuer.asked).as("nobody is asked").hasSize(before);
    }

    @Test
    void pointingToItsOwnKeys() {
        refusedHeader("jku", issuer.issuer() + "/keys");
    }

    @Test
    void pointingToItsOwnCertificate() {
        refusedHeader("x5u", issuer.issuer() + "/keys");
    }

    @Test
    void bringingItsOwnKey() {
        refusedHeader("jwk", FakeIssuer.rsa("own").toPublicJWK().toJSONObject());
    }

    @Test
    void bringingItsOwnCertificate() {
        refusedHeader("x5c", List.of("MIIB"));
    }

    @Test
    void withAnExtensionThatMustBeUnderstood() {
        refusedHeader("crit", List.of("exp"));
    }

    @Test
    void withAPayloadThatIsNotEncoded() {
        refusedHeader("b64", false);
    }

    @Test
    void withAChangedPayload() {
        String[] parts = issuer.token(claims).split("\\.");
        claims.put("sub", "root");
        refused(
                parts[0] + "." + Base64URL.encode(JSONObjectUtils.toJSONString(claims)) + "." + parts[2],
                Reason.SIGNATURE);
    }

    @Test
    void cutOffInTheSignature() {
        String token = issuer.token(claims);
        refused(token.substring(0, token.length() - 4), Reason.SIGNATURE);
    }

    @Test
    void cutOffInThePayload() {
        String token = issuer.token(claims);
        refused(token.substring(0, token.indexOf('.') + 20), Reason.MALFORMED);
    }

    @Test
    void encrypted() {
        refused("eyJhbGciOiJSU0EtT0FFUCJ9.a.b.c.d", Reason.FORM);
    }

    @Test
    void anIdToken() {
        claims.put("nonce", "n-1");
        claims.put("at_hash", "x");
        Map<String, Object> header = header("RS256", "rsa-1");
        header.put("typ", "JWT");
        refused(signed(header, claims, issuer.rsa), Reason.FORM);
    }

    @Test
    void anIdTokenThatSaysSo() {
        claims.put("typ", "ID");
        Map<String, Object> header = header("RS256", "rsa-1");
        header.put("typ", "JWT");
        refused(signed(header, claims, issuer.rsa), Reason.FORM);
    }

    @Test
    void aRefreshToken() {
        refusedWith("typ", "Refresh", Reason.FORM);
    }

    @Test
    void aLogoutToken() {
        Map<String, Object> header = header("RS256", "rsa-1");
        header.put("typ", "logout+jwt");
        claims.put("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));
        refused(signed(header, claims, issuer.rsa), Reason.FORM);
    }

    @Test
    void anAssertionOfSomeOtherService() {
        Map<String, Object> header = header("RS256", "rsa-1");
        header.put("typ", "hansa-assertion+jwt");
        refused(signed(header, claims, issuer.rsa), Reason.FORM);
    }

    @Test
    void tooLong() {
        refusedWith("padding", "x".repeat(16 * 1024), Reason.MALFORMED);
    }

    @Test
    void nestedTooDeeply() {
        String deep = "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000);
        refused(
                Base64URL.encode("{\"alg\":\"RS256\"}") + "."
                        + Base64URL.encode(deep).toString().substring(0, 15_000) + ".c2ln",
                Reason.MALFORMED);
    }

    @Test
    void selfMadeWithARoleThatNobodyGave() {
        claims.put("entitlements", List.of("urn:mace:egi.eu:group:vo:role=admin#aai.egi.eu"));
        refused(signed(header("RS256", "rsa-1"), claims, FakeIssuer.rsa("rsa-1")), Reason.SIGNATURE);
    }

    @Test
    void withGroupsThatAreNoTexts() {
        refusedWith("entitlements", new ArrayList<>(List.of(1, 2)), Reason.MALFORMED);
    }

    @Test
    void opaqueAndNotActive() {
        refused("opaque-7", Reason.REVOKED);
    }

    @Test
    void opaqueAndForSomebodyElse() {
        claims.put("active", true);
        claims.put("aud", "https://other.example.org");
        issuer.active.put("opaque-8", JSONObjectUtils.toJSONString(claims));
        refused("opaque-8", Reason.AUDIENCE);
    }

    @Test
    void opaqueAndVouchedForByTheWrongIssuer() {
        claims.put("active", true);
        claims.put("iss", "https://login.evil.example");
        issuer.active.put("opaque-9", JSONObjectUtils.toJSONString(claims));
        refused("opaque-9", Reason.FORGED);
    }

    @Test
    void activeInWordsOnly() {
        claims.put("active", "true");
        issuer.active.put("opaque-10", JSONObjectUtils.toJSONString(claims));
        refused("opaque-10", Reason.REVOKED);
    }
}
