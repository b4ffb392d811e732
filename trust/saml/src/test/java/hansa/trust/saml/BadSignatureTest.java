package hansa.trust.saml;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.trust.Rejected.Reason;
import org.apache.xml.security.signature.XMLSignature;
import org.apache.xml.security.transforms.Transforms;
import org.junit.jupiter.api.Test;

/** Documents whose signature proves nothing, or which are built so that readers see something else than was signed. */
final class BadSignatureTest {

    private final AssertionText text = new AssertionText();
    private final Provider provider = Provider.standard();

    private static Signer signer() {
        return new Signer(Keys.PROVIDER.getPrivate());
    }

    @Test
    void none() {
        assertThat(provider.refusal(text.xml())).isEqualTo(Reason.SIGNATURE);
    }

    @Test
    void overAnotherElement() throws Exception {
        text.content = "<saml:Advice><x:Else xmlns:x=\"urn:x\" ID=\"_else\"/></saml:Advice>";
        String signed = signer().over("#_else")
                .through(Transforms.TRANSFORM_C14N_EXCL_OMIT_COMMENTS)
                .sign(text.xml());
        assertThat(provider.refusal(signed)).isEqualTo(Reason.SIGNATURE);
    }

    @Test
    void overTheAssertionAndAnotherElement() throws Exception {
        text.content = "<saml:Advice><x:Else xmlns:x=\"urn:x\" ID=\"_else\"/></saml:Advice>";
        assertThat(provider.refusal(signer().over("#_a1", "#_else").sign(text.xml())))
                .isEqualTo(Reason.FORM);
    }

    @Test
    void overWhateverTheDocumentIs() throws Exception {
        String signed = signer().over("").sign(text.xml());
        assertThat(provider.refusal(signed)).isEqualTo(Reason.SIGNATURE);
    }

    @Test
    void throughAnotherTransform() throws Exception {
        String signed = signer().through(
                        Transforms.TRANSFORM_ENVELOPED_SIGNATURE, Transforms.TRANSFORM_C14N_OMIT_COMMENTS)
                .sign(text.xml());
        assertThat(provider.refusal(signed)).isEqualTo(Reason.FORM);
    }

    @Test
    void byAnotherKey() throws Exception {
        String signed = new Signer(Keys.STRANGER.getPrivate()).sign(text.xml());
        assertThat(provider.refusal(signed)).isEqualTo(Reason.SIGNATURE);
    }

    @Test
    void byAKeyThatTheDocumentBringsAlong() throws Exception {
        String signed = new Signer(Keys.STRANGER.getPrivate()).signTelling(text.xml(), Keys.STRANGER.getPublic());
        assertThat(provider.refusal(signed)).isEqualTo(Reason.SIGNATURE);
    }

    @Test
    void bySha1() throws Exception {
        String signed = signer().by(XMLSignature.ALGO_ID_SIGNATURE_RSA_SHA1, Signer.SHA256)
                .sign(text.xml());
        assertThat(provider.refusal(signed)).isEqualTo(Reason.ALGORITHM);
    }

    @Test
    void overADigestBySha1() throws Exception {
        String signed = signer().by(Signer.RSA_SHA256, "http://www.w3.org/2000/09/xmldsig#sha1")
                .sign(text.xml());
        assertThat(provider.refusal(signed)).isEqualTo(Reason.ALGORITHM);
    }

    @Test
    void byThePublicKeyTakenForASecret() throws Exception {
        String signed = new Signer(Keys.PROVIDER.getPublic())
                .by("http://www.w3.org/2001/04/xmldsig-more#hmac-sha256", Signer.SHA256)
                .sign(text.xml());
        assertThat(provider.refusal(signed)).isEqualTo(Reason.ALGORITHM);
    }

    @Test
    void underWhichAnAttributeWasChanged() throws Exception {
        String signed = signer().sign(text.xml()).replace(":role=member#", ":role=manager#");
        assertThat(signed).contains("role=manager");
        assertThat(provider.refusal(signed)).isEqualTo(Reason.SIGNATURE);
    }

    @Test
    void ofWhichSomethingWasChanged() throws Exception {
        String signed = signer().sign(text.xml());
        int at = signed.indexOf("SignatureValue>") + 20;
        String changed = signed.substring(0, at) + (signed.charAt(at) == 'A' ? 'B' : 'A') + signed.substring(at + 1);
        assertThat(provider.refusal(changed)).isEqualTo(Reason.SIGNATURE);
    }

    @Test
    void acrossAComment() throws Exception {
        text.nameId = "operator@example.org.evil.example";
        String signed = signer().sign(text.xml()).replace("example.org.evil", "example.org<!-- -->.evil");
        assertThat(signed).contains("<!-- -->");
        assertThat(provider.refusal(signed)).isEqualTo(Reason.FORM);
    }

    @Test
    void acrossAnInstruction() throws Exception {
        String signed = signer().sign(text.xml()).replace("user1@", "user1<?x?>@");
        assertThat(provider.refusal(signed)).isEqualTo(Reason.FORM);
    }

    @Test
    void twice() throws Exception {
        String both = signer().signResponse(
                        AssertionText.response(AssertionText.RECIPIENT, "Success", signer().sign(text.xml())));
        assertThat(provider.refusal(both)).isEqualTo(Reason.FORM);
    }

    @Test
    void overOneOfTwoAssertions() throws Exception {
        AssertionText second = new AssertionText();
        second.id = "_a2";
        String two =
                AssertionText.response(AssertionText.RECIPIENT, "Success", signer().sign(text.xml()), second.xml());
        assertThat(provider.refusal(two)).isEqualTo(Reason.FORM);
    }

    @Test
    void overOneOfTwoElementsWithTheSameIdentifier() throws Exception {
        String response = AssertionText.response(AssertionText.RECIPIENT, "Success", signer().sign(text.xml()));
        assertThat(provider.refusal(response.replace("_r1", "_a1"))).isEqualTo(Reason.FORM);
    }

    @Test
    void inADocumentThatFetchesAFile() throws Exception {
        String signed = signer().sign(text.xml()).replace("user1@example.org", "&file;");
        String hostile = "<!DOCTYPE a [<!ENTITY file SYSTEM \"file:///etc/hostname\">]>" + signed;
        assertThat(provider.refusal(hostile)).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void inADocumentThatGrows() {
        String bomb = "<!DOCTYPE a [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;&a;\"><!ENTITY c \"&b;&b;&b;&b;\">]>"
                + text.xml().replace("user1", "&c;");
        assertThat(provider.refusal(bomb)).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void inADocumentTooDeep() {
        text.content = "<saml:Advice>" + "<a>".repeat(40) + "</a>".repeat(40) + "</saml:Advice>";
        assertThat(provider.refusal(text.xml())).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void inADocumentTooLarge() {
        text.content = "<saml:Advice>" + "x".repeat(256 * 1024) + "</saml:Advice>";
        assertThat(provider.refusal(text.xml())).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void inADocumentOfSomethingElse() {
        assertThat(provider.refusal("<html/>")).isEqualTo(Reason.MALFORMED);
    }
}
