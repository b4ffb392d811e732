package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** A SAML identity provider that makes out assertions to {@code https://cloud.example.org}. */
final class SamlIdp {

    static final String ISSUER = "https://idp.example.org/metadata";
    static final String GRANT = "urn:ietf:params:oauth:grant-type:saml2-bearer";
    static final List<String> GROUPS = List.of(
            "urn:mace:example.org:group:biomed:role=vm_operator#idp",
            "urn:mace:example.org:group:atlas:role=manager#idp");

    private final PrivateKey key;
    private final Path certificates;
    private int made;

    private SamlIdp(PrivateKey key, Path certificates) {
        this.key = key;
        this.certificates = certificates;
    }

    /** Its certificates, as a PEM file. */
    Path certificates() {
        return certificates;
    }

    static SamlIdp in(Path folder) throws Exception {
        Path store = folder.resolve("idp.p12");
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "RSA",
                        "-alias",
                        "idp",
                        "-dname",
                        "CN=idp",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .start();
        String said = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(tool.waitFor()).as(said).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        PrivateKey key = (PrivateKey) keys.getKey("idp", "changeit".toCharArray());
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(keys.getCertificate("idp").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        return new SamlIdp(key, Files.writeString(folder.resolve("idp.pem"), pem));
    }

    /** Confirmed by whoever brings it, within five minutes. */
    static String bearer() {
        return "<saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\"><saml:SubjectConfirmationData"
                + " NotOnOrAfter=\"" + now().plus(5, ChronoUnit.MINUTES)
                + "\" Recipient=\"https://cloud.example.org/api/v1/oauth/token\"/></saml:SubjectConfirmation>";
    }

    /** Confirmed by whoever has the key of a certificate. */
    static String holder(X509Certificate certificate) throws CertificateEncodingException {
        return "<saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:holder-of-key\">"
                + "<saml:SubjectConfirmationData NotOnOrAfter=\"" + now().plus(5, ChronoUnit.MINUTES) + "\">"
                + "<ds:KeyInfo xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\"><ds:X509Data><ds:X509Certificate>"
                + Base64.getEncoder().encodeToString(certificate.getEncoded())
                + "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></saml:SubjectConfirmationData>"
                + "</saml:SubjectConfirmation>";
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * About {@code user1}.
     *
     * @param sessionMinutes how long their session at the provider lasts
     */
    String assertion(String confirmation, int sessionMinutes, List<String> groups) throws Exception {
        String id = "_a" + ++made;
        String values = groups.stream()
                .map(group -> "<saml:AttributeValue>" + group + "</saml:AttributeValue>")
                .collect(Collectors.joining());
        String xml = """
                <saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="%s" Version="2.0" IssueInstant="%s">\
                <saml:Issuer>%s</saml:Issuer><saml:Subject><saml:NameID>user1</saml:NameID>%s\
                </saml:Subject><saml:Conditions><saml:AudienceRestriction><saml:Audience>https://cloud.example.org\
                </saml:Audience></saml:AudienceRestriction></saml:Conditions>\
                <saml:AuthnStatement AuthnInstant="%s" SessionNotOnOrAfter="%s"/><saml:AttributeStatement>\
                <saml:Attribute Name="urn:oid:1.3.6.1.4.1.5923.1.1.1.7">%s\
                </saml:Attribute></saml:AttributeStatement></saml:Assertion>""".formatted(
                        id, now(), ISSUER, confirmation, now(), now().plus(sessionMinutes, ChronoUnit.MINUTES), values);
        return signed(xml, id);
    }

    /** The form in which it is exchanged. */
    static String form(String assertion) {
        String encoded = Base64.getUrlEncoder().encodeToString(assertion.getBytes(StandardCharsets.UTF_8));
        return "grant_type=" + URLEncoder.encode(GRANT, StandardCharsets.UTF_8) + "&assertion="
                + URLEncoder.encode(encoded, StandardCharsets.UTF_8);
    }

    private String signed(String xml, String id) throws Exception {
        Document document = DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        Element assertion = document.getDocumentElement();
        XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
        Reference reference = factory.newReference(
                "#" + id,
                factory.newDigestMethod(DigestMethod.SHA256, null),
                List.of(
                        factory.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null),
                        factory.newTransform(CanonicalizationMethod.EXCLUSIVE, (TransformParameterSpec) null)),
                null,
                null);
        DOMSignContext context =
                new DOMSignContext(key, assertion, assertion.getFirstChild().getNextSibling());
        context.setIdAttributeNS(assertion, null, "ID");
        factory.newXMLSignature(
                        factory.newSignedInfo(
                                factory.newCanonicalizationMethod(
                                        CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
                                factory.newSignatureMethod(SignatureMethod.RSA_SHA256, null),
                                List.of(reference)),
                        null)
                .sign(context);
        StringWriter out = new StringWriter();
        TransformerFactory.newDefaultInstance()
                .newTransformer()
                .transform(new DOMSource(document), new StreamResult(out));
        return out.toString();
    }
}
