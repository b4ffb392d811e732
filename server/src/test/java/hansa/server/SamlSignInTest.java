package hansa.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Somebody of an identity provider signs in at a whole node. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SamlSignInTest {

    private static final String GRANT = "urn:ietf:params:oauth:grant-type:saml2-bearer";
    private static final String ISSUER = "https://idp.example.org/metadata";

    private final HttpClient client = HttpClient.newHttpClient();
    private RunningNode node;
    private PrivateKey key;
    private int made;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Path certificates = provider(folder);
        node = RunningNode.start(
                folder.resolve("data"),
                "site.url=https://cloud.example.org",
                "identity.saml.kit.entity=" + ISSUER,
                "identity.saml.kit.audience=https://cloud.example.org",
                "identity.saml.kit.vos=biomed",
                "identity.saml.kit.certificates=" + certificates);
    }

    @AfterAll
    void stop() {
        node.close();
        client.close();
    }

    private Path provider(Path folder) throws Exception {
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
        key = (PrivateKey) keys.getKey("idp", "changeit".toCharArray());
        String pem = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(keys.getCertificate("idp").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        return Files.writeString(folder.resolve("idp.pem"), pem);
    }

    /** An assertion for the next five minutes, of a session of as many as are given. */
    private String assertion(int sessionMinutes) throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String xml = """
                <saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a%d" Version="2.0" IssueInstant="%s">\
                <saml:Issuer>%s</saml:Issuer><saml:Subject><saml:NameID>user1</saml:NameID>\
                <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData\
                 NotOnOrAfter="%s" Recipient="https://cloud.example.org/api/v1/oauth/token"/></saml:SubjectConfirmation>\
                </saml:Subject><saml:Conditions><saml:AudienceRestriction><saml:Audience>https://cloud.example.org\
                </saml:Audience></saml:AudienceRestriction></saml:Conditions>\
                <saml:AuthnStatement AuthnInstant="%s" SessionNotOnOrAfter="%s"/><saml:AttributeStatement>\
                <saml:Attribute Name="urn:oid:1.3.6.1.4.1.5923.1.1.1.7">\
                <saml:AttributeValue>urn:mace:example.org:group:biomed:role=vm_operator#idp</saml:AttributeValue>\
                <saml:AttributeValue>urn:mace:example.org:group:atlas:role=manager#idp</saml:AttributeValue>\
                </saml:Attribute></saml:AttributeStatement></saml:Assertion>""".formatted(
                        ++made,
                        now,
                        ISSUER,
                        now.plus(5, ChronoUnit.MINUTES),
                        now,
                        now.plus(sessionMinutes, ChronoUnit.MINUTES));
        return signed(xml, "_a" + made);
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

    private HttpResponse<String> exchange(String assertion) throws IOException, InterruptedException {
        String encoded = Base64.getUrlEncoder().encodeToString(assertion.getBytes(StandardCharsets.UTF_8));
        return form("grant_type=" + URLEncoder.encode(GRANT, StandardCharsets.UTF_8) + "&assertion="
                + URLEncoder.encode(encoded, StandardCharsets.UTF_8));
    }

    private HttpResponse<String> form(String body) throws IOException, InterruptedException {
        URI uri = node.endpoint("main").resolve("/api/v1/oauth/token");
        return client.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> whoami(String token, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        node.endpoint("main").resolve("/api/v1/whoami"))
                .header("Authorization", "Bearer " + token);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String member(String json, String name) {
        return json.replaceFirst(".*\"" + name + "\":\"?([^\",}]*).*", "$1");
    }

    @Test
    void getsATokenForAnAssertionAndIsKnownByIt() throws Exception {
        HttpResponse<String> answer = exchange(assertion(480));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().allValues("Cache-Control")).contains("no-store");
        assertThat(member(answer.body(), "token_type")).isEqualTo("Bearer");
        assertThat(Long.parseLong(member(answer.body(), "expires_in"))).isBetween(3590L, 3600L);
        HttpResponse<String> whoami = whoami(member(answer.body(), "access_token"));
        assertThat(whoami.statusCode()).isEqualTo(200);
        assertThat(whoami.body()).contains("\"subject\":\"user1\"", "\"issuer\":\"" + ISSUER + "\"");
    }

    @Test
    void theTokenEndsWithTheSessionAtTheProvider() throws Exception {
        HttpResponse<String> answer = exchange(assertion(10));
        assertThat(Long.parseLong(member(answer.body(), "expires_in"))).isBetween(580L, 600L);
    }

    @Test
    void whyAnAssertionIsNotAcceptedIsNotToldToWhoSentIt() throws Exception {
        String good = assertion(60);
        assertThat(exchange(good).statusCode()).isEqualTo(200);
        String tampered = assertion(60).replace(">user1<", ">root<");
        for (String bad : List.of(good, tampered, "<saml/>")) {
            HttpResponse<String> answer = exchange(bad);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body())
                    .isEqualTo("{\"error\":\"invalid_grant\",\"error_description\":\"The credentials were not accepted;"
                            + " get fresh ones, or ask an operator for the reason in the log.\"}");
        }
    }

    @Test
    void actsForTheOrganisationsThatTheProviderMaySpeakForAndForNoOther() throws Exception {
        String token = member(exchange(assertion(60)).body(), "access_token");
        HttpResponse<String> biomed = whoami(token, "Hansa-VO", "biomed");
        assertThat(biomed.statusCode()).isEqualTo(200);
        assertThat(biomed.body()).contains("\"groups\":[\"/biomed/Role=vm_operator\"]", "\"vo\":\"biomed\"");
        assertThat(whoami(token, "Hansa-VO", "atlas").statusCode()).isEqualTo(403);
    }

    @Test
    void refusesInTheFormOfOauth() throws Exception {
        assertThat(form("grant_type=password").body()).startsWith("{\"error\":\"unsupported_grant_type\"");
        assertThat(form("grant_type=" + GRANT).body()).startsWith("{\"error\":\"invalid_request\"");
        assertThat(form("grant_type=" + GRANT + "&grant_type=" + GRANT).statusCode())
                .isEqualTo(400);
        assertThat(form("grant_type=" + GRANT + "&assertion=eHg&scope=%21").body())
                .startsWith("{\"error\":\"invalid_scope\"");
        assertThat(form("a=" + "x".repeat(400 * 1024)).statusCode()).isEqualTo(413);
    }

    @Test
    void aNodeWithoutTheProvidersCertificatesDoesNotStart(@TempDir Path folder) {
        assertThatThrownBy(() -> RunningNode.start(
                        folder,
                        "identity.saml.kit.entity=" + ISSUER,
                        "identity.saml.kit.audience=a",
                        "identity.saml.kit.certificates=" + folder.resolve("none.pem")))
                .hasMessageContaining("identity.saml.kit")
                .hasMessageContaining("cannot be read");
    }
}
