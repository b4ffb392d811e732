package hansa.trust.saml;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.protocols.voms.Fqan;
import hansa.trust.Rejected.Reason;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said in the assertion and must not be believed here, though its issuer signed it. */
final class BadAssertionTest {

    private final AssertionText text = new AssertionText();
    private final Provider provider = Provider.standard();

    private String signed() throws Exception {
        return new Signer(Keys.PROVIDER.getPrivate()).sign(text.xml());
    }

    @Test
    void expired() throws Exception {
        text.notOnOrAfter = AssertionText.NOW.minusSeconds(60);
        assertThat(provider.refusal(signed())).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void notYetValid() throws Exception {
        text.notBefore = AssertionText.NOW.plusSeconds(61);
        assertThat(provider.refusal(signed())).isEqualTo(Reason.NOT_YET_VALID);
    }

    @Test
    void issuedInTheFuture() throws Exception {
        text.issued = AssertionText.NOW.plusSeconds(600);
        assertThat(provider.refusal(signed())).isEqualTo(Reason.NOT_YET_VALID);
    }

    @Test
    void ofASessionThatHasEnded() throws Exception {
        text.session = " SessionNotOnOrAfter=\"2026-11-25T11:00:00Z\"";
        assertThat(provider.refusal(signed())).isEqualTo(Reason.EXPIRED);
    }

    @Test
    void forAnotherAudience() throws Exception {
        text.conditions = text.conditions.replace("cloud.example.org", "other.example.org");
        assertThat(provider.refusal(signed())).isEqualTo(Reason.AUDIENCE);
    }

    @Test
    void forTwoAudiencesThatMustBothBeMet() throws Exception {
        text.conditions += text.conditions.replace("cloud.example.org", "other.example.org");
        assertThat(provider.refusal(signed())).isEqualTo(Reason.AUDIENCE);
    }

    @Test
    void forNoAudience() throws Exception {
        text.conditions = "";
        assertThat(provider.refusal(signed())).isEqualTo(Reason.AUDIENCE);
    }

    @Test
    void ofAnUnknownIssuer() throws Exception {
        text.issuer = "https://unknown.example.org";
        assertThat(provider.refusal(signed())).isEqualTo(Reason.UNTRUSTED);
    }

    @Test
    void underAConditionThatNobodyKnows() throws Exception {
        text.conditions += "<x:Moon xmlns:x=\"urn:x\" phase=\"full\"/>";
        assertThat(provider.refusal(signed())).isEqualTo(Reason.FORM);
    }

    @Test
    void withoutAnEnd() throws Exception {
        text.confirmation = "<saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\"/>";
        assertThat(provider.refusal(signed())).isEqualTo(Reason.FORM);
    }

    @Test
    void usableForLongerThanADay() throws Exception {
        text.notOnOrAfter = AssertionText.NOW.plusSeconds(100_000);
        text.confirmation =
                AssertionText.bearer("").replace("12:05:00Z", "23:59:59Z").replace("2026-11-25T23", "2026-12-25T23");
        assertThat(provider.refusal(signed())).isEqualTo(Reason.FORM);
    }

    @Test
    void broughtTwice() throws Exception {
        String once = signed();
        provider.take(once);
        assertThat(provider.refusal(once)).isEqualTo(Reason.REPLAYED);
    }

    @Test
    void broughtTwiceByTheHolderThoughForOneUse(@TempDir Path folder) throws Exception {
        X509Certificate holder = Keys.certificate(folder, "holder");
        text.confirmation = AssertionText.holder(holder);
        text.conditions += "<saml:OneTimeUse/>";
        String once = signed();
        provider.take(once, holder);
        assertThat(provider.refusal(once, holder)).isEqualTo(Reason.REPLAYED);
    }

    @Test
    void ofAHolderWithoutTheCertificate(@TempDir Path folder) throws Exception {
        text.confirmation = AssertionText.holder(Keys.certificate(folder, "holder"));
        assertThat(provider.refusal(signed())).isEqualTo(Reason.HOLDER);
    }

    @Test
    void ofAHolderWithAnotherCertificate(@TempDir Path folder) throws Exception {
        text.confirmation = AssertionText.holder(Keys.certificate(folder, "holder"));
        assertThat(provider.refusal(signed(), Keys.certificate(folder, "thief")))
                .isEqualTo(Reason.HOLDER);
    }

    @Test
    void ofNobody() throws Exception {
        text.confirmation = "";
        assertThat(provider.refusal(signed())).isEqualTo(Reason.HOLDER);
    }

    @Test
    void confirmedByAMethodThatNobodyKnows() throws Exception {
        text.confirmation = AssertionText.bearer("").replace("cm:bearer", "cm:sender-vouches");
        assertThat(provider.refusal(signed())).isEqualTo(Reason.FORM);
    }

    @Test
    void forTheAddressOfAnotherSite() throws Exception {
        text.confirmation = AssertionText.bearer("https://other.example.org/api/v1/oauth/token");
        assertThat(provider.refusal(signed())).isEqualTo(Reason.AUDIENCE);
    }

    @Test
    void inAResponseToAnotherSite() throws Exception {
        String response = new Signer(Keys.PROVIDER.getPrivate())
                .signResponse(AssertionText.response("https://other.example.org", "Success", text.xml()));
        assertThat(provider.refusal(response)).isEqualTo(Reason.AUDIENCE);
    }

    @Test
    void inAResponseThatTellsOfAFailure() throws Exception {
        String response = new Signer(Keys.PROVIDER.getPrivate())
                .signResponse(AssertionText.response(AssertionText.RECIPIENT, "Responder", text.xml()));
        assertThat(provider.refusal(response)).isEqualTo(Reason.FORM);
    }

    @Test
    void namingAMemberOfAnOrganisationThatTheIssuerMayNotSpeakFor() throws Exception {
        text.attributes.put(
                "urn:oid:1.3.6.1.4.1.5923.1.1.1.7",
                List.of(AssertionText.MEMBER, "urn:mace:example.org:group:atlas:role=manager#aai.example.org"));
        assertThat(provider.take(signed()).fqans()).containsExactly(Fqan.member("/biomed"));
    }

    @Test
    void ofASubjectWithAPassingName() throws Exception {
        text.nameFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
        assertThat(provider.refusal(signed())).isEqualTo(Reason.FORM);
    }

    @Test
    void withTwoValuesOfWhatIdentifiesTheSubject() throws Exception {
        text.attributes.put("uid", List.of("one", "two"));
        assertThat(Provider.identifyingBy("uid").refusal(signed())).isEqualTo(Reason.FORM);
    }

    @Test
    void encrypted() throws Exception {
        text.content = "<saml:AttributeStatement><saml:EncryptedAttribute/></saml:AttributeStatement>";
        assertThat(provider.refusal(signed())).isEqualTo(Reason.FORM);
    }
}
