package hansa.trust.saml;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An assertion in the making, right in everything until a test makes one thing wrong. */
final class AssertionText {

    static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    static final String ISSUER = "https://idp.example.org/shibboleth";
    static final String AUDIENCE = "https://cloud.example.org/";
    static final String RECIPIENT = "https://cloud.example.org/api/v1/oauth/token";
    static final String MEMBER = "urn:mace:example.org:group:biomed:role=member#aai.example.org";

    private static final String NAMESPACES = "xmlns:saml=\"urn:oasis:names:tc:SAML:2.0:assertion\""
            + " xmlns:samlp=\"urn:oasis:names:tc:SAML:2.0:protocol\"";

    String id = "_a1";
    String issuer = ISSUER;
    String nameId = "user1@example.org";
    String nameFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
    Instant issued = NOW.minusSeconds(5);
    Instant notBefore = NOW.minusSeconds(5);
    Instant notOnOrAfter = NOW.plusSeconds(300);
    String conditions =
            "<saml:AudienceRestriction><saml:Audience>" + AUDIENCE + "</saml:Audience></saml:AudienceRestriction>";
    String confirmation = bearer(RECIPIENT);
    String session = "";
    String content = "";
    final Map<String, List<String>> attributes = new LinkedHashMap<>(Map.of(
            "urn:oid:1.3.6.1.4.1.5923.1.1.1.7",
            List.of(MEMBER),
            "urn:oid:2.16.840.1.113730.3.1.241",
            List.of("A User")));

    static String bearer(String recipient) {
        return "<saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\">"
                + "<saml:SubjectConfirmationData NotOnOrAfter=\"" + NOW.plusSeconds(300) + "\""
                + (recipient.isEmpty() ? "" : " Recipient=\"" + recipient + "\"") + "/></saml:SubjectConfirmation>";
    }

    static String holder(X509Certificate certificate) throws CertificateEncodingException {
        return "<saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:holder-of-key\">"
                + "<saml:SubjectConfirmationData><ds:KeyInfo xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">"
                + "<ds:X509Data><ds:X509Certificate>" + Base64.getEncoder().encodeToString(certificate.getEncoded())
                + "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></saml:SubjectConfirmationData>"
                + "</saml:SubjectConfirmation>";
    }

    String xml() {
        List<String> values = new ArrayList<>();
        attributes.forEach((name, texts) -> {
            StringBuilder attribute = new StringBuilder("<saml:Attribute Name=\"" + name + "\">");
            texts.forEach(text -> attribute.append("<saml:AttributeValue>" + text + "</saml:AttributeValue>"));
            values.add(attribute + "</saml:Attribute>");
        });
        return "<saml:Assertion " + NAMESPACES + " ID=\"" + id + "\" Version=\"2.0\" IssueInstant=\"" + issued + "\">"
                + "<saml:Issuer>" + issuer + "</saml:Issuer>"
                + "<saml:Subject><saml:NameID Format=\"" + nameFormat + "\">" + nameId + "</saml:NameID>"
                + confirmation + "</saml:Subject>"
                + "<saml:Conditions NotBefore=\"" + notBefore + "\" NotOnOrAfter=\"" + notOnOrAfter + "\">"
                + conditions + "</saml:Conditions>"
                + "<saml:AuthnStatement AuthnInstant=\"" + issued + "\"" + session + "><saml:AuthnContext>"
                + "<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef>"
                + "</saml:AuthnContext></saml:AuthnStatement>"
                + "<saml:AttributeStatement>" + String.join("", values) + "</saml:AttributeStatement>"
                + content + "</saml:Assertion>";
    }

    /** A response around assertions that are signed, or not, as they are. */
    static String response(String destination, String status, String... inside) {
        return "<samlp:Response " + NAMESPACES + " ID=\"_r1\" Version=\"2.0\" IssueInstant=\"" + NOW + "\""
                + " Destination=\"" + destination + "\"><saml:Issuer>" + ISSUER + "</saml:Issuer>"
                + "<samlp:Status><samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:" + status
                + "\"/></samlp:Status>"
                + String.join("", inside) + "</samlp:Response>";
    }
}
