package hansa.trust.saml;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.trust.Rejected.Reason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * The eight ways to wrap a signed element so that the signature is checked over it and the values are taken from another
 * one (Somorovsky and others, "On Breaking SAML: Be Whoever You Want to Be", 2012).
 */
final class WrappingTest {

    private static final String VICTIM = "operator@example.org";

    private final Provider provider = Provider.standard();
    private Document document;
    private Element response;
    private Element assertion;
    private Element signature;

    @BeforeEach
    void aSignedAssertionInAResponse() throws Exception {
        String signed = new Signer(Keys.PROVIDER.getPrivate()).sign(new AssertionText().xml());
        load(AssertionText.response(AssertionText.RECIPIENT, "Success", signed));
    }

    private void aSignedResponse() throws Exception {
        load(new Signer(Keys.PROVIDER.getPrivate())
                .signResponse(AssertionText.response(AssertionText.RECIPIENT, "Success", new AssertionText().xml())));
    }

    private void load(String xml) throws Exception {
        document = Xml.parse(xml);
        response = document.getDocumentElement();
        assertion = Xml.first(document, Xml.SAML, "Assertion");
        signature = Xml.first(document, Xml.DS, "Signature");
    }

    /** A copy without signature and with another identifier, about the victim. */
    private static Element forged(Element original) {
        Element copy = (Element) original.cloneNode(true);
        Element inside =
                (Element) copy.getElementsByTagNameNS(Xml.DS, "Signature").item(0);
        inside.getParentNode().removeChild(inside);
        copy.setAttribute("ID", "_forged");
        copy.getElementsByTagNameNS(Xml.SAML, "NameID").item(0).setTextContent(VICTIM);
        return copy;
    }

    private static Element withoutSignature(Element original) {
        Element copy = (Element) original.cloneNode(true);
        Element inside =
                (Element) copy.getElementsByTagNameNS(Xml.DS, "Signature").item(0);
        inside.getParentNode().removeChild(inside);
        return copy;
    }

    private void refused() throws Exception {
        assertThat(Xml.text(document)).contains(VICTIM);
        assertThat(provider.refusal(Xml.text(document))).isEqualTo(Reason.FORM);
    }

    @Test
    void unchangedItIsTaken() throws Exception {
        assertThat(provider.take(Xml.text(document)).subject()).isEqualTo("user1@example.org");
    }

    /** The signed response within the signature of the forged one. */
    @Test
    void xsw1() throws Exception {
        aSignedResponse();
        Element forged = forged(response);
        Element original = withoutSignature(response);
        document.replaceChild(forged, response);
        forged.insertBefore(signature, forged.getFirstChild().getNextSibling());
        signature.appendChild(original);
        refused();
    }

    /** The signed response beside the signature in the forged one. */
    @Test
    void xsw2() throws Exception {
        aSignedResponse();
        Element forged = forged(response);
        Element original = withoutSignature(response);
        document.replaceChild(forged, response);
        forged.insertBefore(signature, forged.getFirstChild().getNextSibling());
        forged.insertBefore(original, signature);
        refused();
    }

    /** A forged assertion before the signed one. */
    @Test
    void xsw3() throws Exception {
        response.insertBefore(forged(assertion), assertion);
        refused();
    }

    /** The signed assertion within a forged one. */
    @Test
    void xsw4() throws Exception {
        Element forged = forged(assertion);
        response.replaceChild(forged, assertion);
        forged.appendChild(assertion);
        refused();
    }

    /** The signature in a forged assertion, the signed one behind it. */
    @Test
    void xsw5() throws Exception {
        Element forged = forged(assertion);
        Element original = withoutSignature(assertion);
        response.replaceChild(forged, assertion);
        forged.insertBefore(signature, forged.getFirstChild().getNextSibling());
        response.appendChild(original);
        refused();
    }

    /** The signature in a forged assertion, the signed one within the signature. */
    @Test
    void xsw6() throws Exception {
        Element forged = forged(assertion);
        Element original = withoutSignature(assertion);
        response.replaceChild(forged, assertion);
        forged.insertBefore(signature, forged.getFirstChild().getNextSibling());
        signature.appendChild(original);
        refused();
    }

    /** A forged assertion within extensions, where a schema lets anything stand. */
    @Test
    void xsw7() throws Exception {
        Element extensions = document.createElementNS("urn:oasis:names:tc:SAML:2.0:protocol", "samlp:Extensions");
        extensions.appendChild(forged(assertion));
        response.insertBefore(extensions, assertion);
        refused();
    }

    /** The signed assertion within an object of the signature, which stands in a forged one. */
    @Test
    void xsw8() throws Exception {
        Element forged = forged(assertion);
        Element original = withoutSignature(assertion);
        response.replaceChild(forged, assertion);
        forged.insertBefore(signature, forged.getFirstChild().getNextSibling());
        Element object = document.createElementNS(Xml.DS, "ds:Object");
        object.appendChild(original);
        signature.appendChild(object);
        refused();
    }

    /** The signed assertion where the reader that looks for assertions by name does not see it. */
    @Test
    void theSignatureInAForgedAssertionAloneIsNotRight() throws Exception {
        Element forged = forged(assertion);
        response.replaceChild(forged, assertion);
        forged.insertBefore(signature, forged.getFirstChild().getNextSibling());
        assertThat(provider.refusal(Xml.text(document))).isEqualTo(Reason.SIGNATURE);
    }
}
