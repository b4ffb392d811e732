package hansa.trust.tokens;

import static hansa.trust.tokens.FakeIssuer.header;
import static hansa.trust.tokens.FakeIssuer.signed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.jwk.RSAKey;
import hansa.protocols.voms.Fqan;
import hansa.trust.Evidence;
import hansa.trust.GroupRule;
import hansa.trust.Rejected;
import hansa.trust.Rejected.Reason;
import hansa.trust.tokens.OidcSettings.Introspection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which tokens of an OpenID provider are taken, and how its keys and answers are got. {@link BadTokenTest} has the others. */
final class OidcTest {

    private final MovingClock clock = new MovingClock();
    private final FakeIssuer issuer = new FakeIssuer(clock);
    private ForeignTokens tokens = tokens(Introspection.NEVER, false);

    private ForeignTokens tokens(Introspection introspection, boolean userinfo) {
        return new ForeignTokens(
                List.of(new OidcVerifier(settings(issuer, introspection, userinfo), Optional.empty(), clock)),
                Optional.empty());
    }

    static OidcSettings settings(FakeIssuer issuer, Introspection introspection, boolean userinfo) {
        return new OidcSettings(
                issuer.issuer(),
                Set.of(FakeIssuer.AUDIENCE),
                Set.of("hansa-cli"),
                new GroupRule(Set.of("vo"), Set.of("*"), Set.of("*")),
                Optional.of("hansa"),
                Optional.of("s+cret"),
                introspection,
                userinfo,
                "sub",
                "name",
                List.of("entitlements", "eduperson_entitlement"),
                Duration.ofSeconds(30));
    }

    @AfterEach
    void close() {
        tokens.close();
        issuer.close();
    }

    private Evidence verified(String token) throws Rejected {
        return tokens.verify(token).orElseThrow();
    }

    private Rejected refused(String token) {
        return catchThrowableOfType(Rejected.class, () -> tokens.verify(token));
    }

    @Test
    void aTokenProvesItsUserWithGroupsAndRoles() throws Rejected {
        Evidence evidence = verified(issuer.token());
        assertThat(evidence.kind()).isEqualTo(Evidence.Kind.OIDC);
        assertThat(evidence.issuer()).isEqualTo(issuer.issuer());
        assertThat(evidence.subject()).isEqualTo("0123abcd@example.org");
        assertThat(evidence.name()).isEqualTo("Ada");
        assertThat(evidence.fqans()).containsExactly(Fqan.parse("/vo/Role=manager"));
        assertThat(evidence.attributes()).containsEntry("azp", List.of("hansa-cli"));
        assertThat(evidence.vo()).isEmpty();
        assertThat(evidence.expires()).isEqualTo(clock.instant().plusSeconds(3600));
    }

    @Test
    void plainTokensAndOtherAlgorithmsOfTheKeyAreTaken() throws Rejected {
        Map<String, Object> header = header("PS384", "rsa-1");
        header.remove("typ");
        assertThat(verified(signed(header, issuer.claims(), issuer.rsa)).name()).isEqualTo("Ada");
        assertThat(verified(signed(header("ES256", "ec-1"), issuer.claims(), issuer.ec))
                        .name())
                .isEqualTo("Ada");
        header = header("RS256", "rsa-1");
        header.remove("kid");
        assertThat(verified(signed(header, issuer.claims(), issuer.rsa)).name()).isEqualTo("Ada");
    }

    @Test
    void groupsOfOtherVirtualOrganisationsAreLeftOut() throws Rejected {
        Map<String, Object> claims = issuer.claims();
        claims.put(
                "entitlements",
                List.of("urn:mace:egi.eu:group:other:role=manager#aai.egi.eu", "urn:mace:egi.eu:group:vo:sub"));
        assertThat(verified(issuer.token(claims)).fqans()).containsExactly(Fqan.parse("/vo/sub"));
    }

    @Test
    void theClockOfTheIssuerMayDifferALittle() throws Rejected {
        Map<String, Object> claims = issuer.claims();
        claims.put("exp", clock.instant().getEpochSecond() - 29);
        claims.put("iat", clock.instant().getEpochSecond() + 29);
        assertThat(verified(issuer.token(claims)).name()).isEqualTo("Ada");
    }

    @Test
    void keysAreFetchedOnceAndAgainAfterTenMinutes() throws Rejected {
        verified(issuer.token());
        verified(issuer.token());
        assertThat(issuer.asked).containsExactly("/.well-known/openid-configuration", "/keys");
        clock.move(Duration.ofMinutes(11));
        verified(issuer.token());
        assertThat(issuer.asked).containsExactly("/.well-known/openid-configuration", "/keys", "/keys");
    }

    @Test
    void aNewKeyIsFetchedWhenATokenNamesItButNotForEveryToken() throws Rejected {
        verified(issuer.token());
        RSAKey fresh = FakeIssuer.rsa("rsa-2");
        String token = signed(header("RS256", "rsa-2"), issuer.claims(), fresh);
        clock.move(Duration.ofSeconds(11));
        assertThat(refused(token).reason()).isEqualTo(Reason.ALGORITHM);
        issuer.keys.add(fresh);
        for (int i = 0; i < 50; i++) {
            assertThat(refused(token).reason()).isEqualTo(Reason.ALGORITHM);
        }
        assertThat(issuer.asked).filteredOn("/keys"::equals).hasSize(2);
        clock.move(Duration.ofSeconds(11));
        assertThat(verified(token).name()).isEqualTo("Ada");
    }

    @Test
    void aKeyThatIsNoLongerServedIsNoLongerGood() throws Rejected {
        verified(issuer.token());
        issuer.keys.remove(issuer.rsa);
        clock.move(Duration.ofMinutes(11));
        assertThat(refused(issuer.token()).reason()).isEqualTo(Reason.ALGORITHM);
    }

    @Test
    void knownKeysOutliveAShortOutageOnly() throws Rejected {
        verified(issuer.token());
        issuer.status = 503;
        clock.move(Duration.ofMinutes(30));
        assertThat(verified(issuer.token()).name()).isEqualTo("Ada");
        clock.move(Duration.ofMinutes(31));
        assertThat(refused(issuer.token()).reason()).isEqualTo(Reason.UNCHECKED);
        issuer.status = 200;
        clock.move(Duration.ofSeconds(11));
        assertThat(verified(issuer.token()).name()).isEqualTo("Ada");
    }

    @Test
    void anIssuerThatIsDownIsNotTheUsersFault() {
        issuer.status = 500;
        assertThat(refused(issuer.token()).reason()).isEqualTo(Reason.UNCHECKED);
        assertThat(refused(issuer.token()).reason()).isEqualTo(Reason.UNCHECKED);
        assertThat(issuer.asked).hasSize(1);
    }

    @Test
    void anIssuerOfAnotherNameIsNotBelieved() {
        issuer.replaced.put(
                "/.well-known/openid-configuration",
                "{\"issuer\":\"%1$s/\",\"jwks_uri\":\"%1$s/keys\"}".formatted(issuer.issuer()));
        assertThat(refused(issuer.token())).hasMessageContaining("calls itself by another name");
    }

    @Test
    void nobodyIsFollowedElsewhereOrWithoutTls() {
        issuer.replaced.put("/keys", issuer.issuer() + "/.well-known/jwks.json");
        assertThat(refused(issuer.token())).hasMessageContaining("/keys answers 302");
        issuer.replaced.put(
                "/.well-known/openid-configuration",
                "{\"issuer\":\"%1$s\",\"jwks_uri\":\"http://192.0.2.1/keys\"}".formatted(issuer.issuer()));
        clock.move(Duration.ofMinutes(61));
        assertThat(refused(issuer.token())).hasMessageContaining("http://192.0.2.1/keys is no https:// address");
    }

    @Test
    void anAnswerWithoutEndIsCutOff() {
        issuer.replaced.put("/keys", "{\"keys\":[" + " ".repeat(600 * 1024) + "]}");
        Rejected refused = refused(issuer.token());
        assertThat(refused.reason()).isEqualTo(Reason.UNCHECKED);
    }

    @Test
    void opaqueTokensAreShownToTheIssuerAndItsAnswerIsKeptForAWhile() throws Rejected {
        tokens = tokens(Introspection.OPAQUE, false);
        Map<String, Object> answer = issuer.claims();
        answer.put("active", true);
        issuer.active.put("opaque-1", com.nimbusds.jose.util.JSONObjectUtils.toJSONString(answer));
        assertThat(verified("opaque-1").fqans()).containsExactly(Fqan.parse("/vo/Role=manager"));
        issuer.active.clear();
        assertThat(verified("opaque-1").subject()).isEqualTo("0123abcd@example.org");
        assertThat(issuer.asked).filteredOn("/introspect"::equals).hasSize(1);
        clock.move(Duration.ofSeconds(61));
        assertThat(refused("opaque-1").reason()).isEqualTo(Reason.REVOKED);
    }

    @Test
    void withoutIntrospectionOpaqueTokensAreNobodys() throws Rejected {
        assertThat(tokens.verify("opaque-1")).isEmpty();
        assertThat(issuer.asked).isEmpty();
    }

    @Test
    void groupsComeFromUserinfoWhereTheTokenHasNone() throws Rejected {
        tokens = tokens(Introspection.NEVER, true);
        Map<String, Object> claims = issuer.claims();
        claims.remove("entitlements");
        issuer.userinfo = """
                {"sub":"0123abcd@example.org","name":"Ada L.",
                 "eduperson_entitlement":["urn:mace:egi.eu:group:vo:role=vm_operator#aai.egi.eu"]}""";
        Evidence evidence = verified(issuer.token(claims));
        assertThat(evidence.fqans()).containsExactly(Fqan.parse("/vo/Role=vm_operator"));
        assertThat(evidence.name()).isEqualTo("Ada L.");
        verified(issuer.token(claims));
        assertThat(issuer.asked).filteredOn("/userinfo"::equals).hasSize(1);
    }

    @Test
    void userinfoOfSomebodyElseIsForged() {
        tokens = tokens(Introspection.NEVER, true);
        Map<String, Object> claims = issuer.claims();
        claims.remove("entitlements");
        issuer.userinfo = "{\"sub\":\"eve@example.org\"}";
        assertThat(refused(issuer.token(claims)).reason()).isEqualTo(Reason.FORGED);
    }
}
