package hansa.trust.saml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.protocols.voms.Fqan;
import hansa.trust.Evidence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.apache.xml.security.signature.XMLSignature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GoodAssertionTest {

    private final AssertionText text = new AssertionText();

    private static Signer signer() {
        return new Signer(Keys.PROVIDER.getPrivate());
    }

    @Test
    void tellsWhoTheSubjectIsAndForHowLong() throws Exception {
        Evidence evidence = Provider.standard().take(signer().sign(text.xml()));
        assertThat(evidence.kind()).isEqualTo(Evidence.Kind.SAML);
        assertThat(evidence.issuer()).isEqualTo(AssertionText.ISSUER);
        assertThat(evidence.subject()).isEqualTo("user1@example.org");
        assertThat(evidence.name()).isEqualTo("A User");
        assertThat(evidence.fqans()).containsExactly(Fqan.member("/biomed"));
        assertThat(evidence.attributes()).containsKey("urn:oid:1.3.6.1.4.1.5923.1.1.1.7");
        assertThat(evidence.expires()).isEqualTo(AssertionText.NOW.plusSeconds(300));
    }

    @Test
    void endsWithTheSessionAtTheIssuer() throws Exception {
        text.session = " SessionNotOnOrAfter=\"2026-11-25T20:00:00Z\"";
        assertThat(Provider.standard().take(signer().sign(text.xml())).expires())
                .isEqualTo("2026-11-25T20:00:00Z");
    }

    @Test
    void isTakenWithinAResponseThatIsSignedItself() throws Exception {
        String response = signer().signResponse(AssertionText.response(AssertionText.RECIPIENT, "Success", text.xml()));
        assertThat(Provider.standard().take(response).subject()).isEqualTo("user1@example.org");
    }

    @Test
    void isTakenSignedWithinAResponseThatIsNot() throws Exception {
        String response = AssertionText.response("https://else.example.org", "Success", signer().sign(text.xml()));
        assertThat(Provider.standard().take(response).subject()).isEqualTo("user1@example.org");
    }

    @Test
    void isTakenByEllipticCurvesAndByTheSecondKeyOfTheIssuer() throws Exception {
        KeyPair curve = Keys.pair("EC", 256);
        String signed = new Signer(curve.getPrivate())
                .by(XMLSignature.ALGO_ID_SIGNATURE_ECDSA_SHA256, Signer.SHA256)
                .sign(text.xml());
        assertThat(Provider.with(Keys.PROVIDER.getPublic(), curve.getPublic())
                        .take(signed)
                        .subject())
                .isEqualTo("user1@example.org");
    }

    @Test
    void isTakenFromTheHolderOfTheKeyAgainAndAgain(@TempDir Path folder) throws Exception {
        X509Certificate holder = Keys.certificate(folder, "holder");
        text.confirmation = AssertionText.holder(holder);
        String signed = signer().sign(text.xml());
        Provider provider = Provider.standard();
        assertThat(provider.take(signed, holder).subject()).isEqualTo("user1@example.org");
        assertThat(provider.take(signed, holder).subject()).isEqualTo("user1@example.org");
    }

    @Test
    void isTakenWhenClocksDifferByLessThanAMinute() throws Exception {
        text.notBefore = AssertionText.NOW.plusSeconds(59);
        assertThat(Provider.standard().take(signer().sign(text.xml())).subject())
                .isEqualTo("user1@example.org");
    }

    @Test
    void mayIdentifyItsSubjectByAnAttribute() throws Exception {
        text.nameFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
        text.attributes.put("urn:oid:1.3.6.1.4.1.25178.4.1.6", List.of("0123@example.org"));
        assertThat(Provider.identifyingBy("urn:oid:1.3.6.1.4.1.25178.4.1.6")
                        .take(signer().sign(text.xml()))
                        .subject())
                .isEqualTo("0123@example.org");
    }

    @Test
    void keysAreReadFromCertificatesInAFile(@TempDir Path folder) throws Exception {
        X509Certificate one = Keys.certificate(folder, "one");
        X509Certificate two = Keys.certificate(folder, "two");
        Base64.Encoder mime = Base64.getMimeEncoder();
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : List.of(one, two)) {
            pem.append("-----BEGIN CERTIFICATE-----\n")
                    .append(mime.encodeToString(certificate.getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        Path file = Files.writeString(folder.resolve("idp.pem"), pem);
        assertThat(SigningKeys.read(file)).containsExactly(one.getPublicKey(), two.getPublicKey());
    }

    @Test
    void weakKeysAreNotConfigured() {
        PublicKey weak = Keys.rsa(1024).getPublic();
        assertThatThrownBy(() -> Provider.issuer(Optional.empty(), weak)).hasMessageContaining("2048 bits");
    }
}
