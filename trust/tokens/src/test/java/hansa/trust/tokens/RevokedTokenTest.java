package hansa.trust.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.util.JSONObjectUtils;
import hansa.trust.Rejected;
import hansa.trust.Rejected.Reason;
import hansa.trust.tokens.OidcSettings.Introspection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** JWTs about which the issuer is asked all the same. */
final class RevokedTokenTest {

    private final MovingClock clock = new MovingClock();
    private final FakeIssuer issuer = new FakeIssuer(clock);
    private final ForeignTokens tokens = new ForeignTokens(
            List.of(new OidcVerifier(OidcTest.settings(issuer, Introspection.ALWAYS, false), Optional.empty(), clock)),
            Optional.empty());

    @AfterEach
    void close() {
        tokens.close();
        issuer.close();
    }

    private Rejected refused(String token) {
        return catchThrowableOfType(Rejected.class, () -> tokens.verify(token));
    }

    @Test
    void anActiveOneIsTaken() throws Rejected {
        String token = issuer.token();
        Map<String, Object> answer = issuer.claims();
        answer.put("active", true);
        issuer.active.put(token, JSONObjectUtils.toJSONString(answer));
        assertThat(tokens.verify(token)).isPresent();
    }

    @Test
    void aRevokedOneIsRefused() {
        assertThat(refused(issuer.token()).reason()).isEqualTo(Reason.REVOKED);
    }

    @Test
    void oneThatIsSomebodyElsesIsForged() {
        String token = issuer.token();
        issuer.active.put(token, "{\"active\":true,\"sub\":\"eve\"}");
        assertThat(refused(token).reason()).isEqualTo(Reason.FORGED);
    }

    @Test
    void whereTheIssuerDoesNotAnswerItIsUnchecked() {
        issuer.replaced.put("/introspect", "no JSON");
        assertThat(refused(issuer.token()).reason()).isEqualTo(Reason.UNCHECKED);
    }
}
