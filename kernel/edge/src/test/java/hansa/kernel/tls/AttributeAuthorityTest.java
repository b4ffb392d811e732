package hansa.kernel.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The certificate that attribute certificates are signed with, where the installation makes its own. */
final class AttributeAuthorityTest {

    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    Path folder;

    private PemFiles at(Instant now, String host) throws IOException {
        return CertificateAuthority.attributeAuthority(folder.resolve("tls"), host, Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void it_is_of_the_installations_own_authority_and_kept() throws Exception {
        PemFiles files = at(START, "voms.example.org");
        SigningCredential signing = SigningCredential.read(files);
        X509Certificate certificate = signing.certificate();
        certificate.verify(Credential.read(folder.resolve("tls/ca.pem"), folder.resolve("tls/ca.key"))
                .certificate()
                .getPublicKey());
        assertThat(certificate.getSubjectX500Principal()).hasToString("CN=voms.example.org, O=Hansa");
        assertThat(certificate.getKeyUsage()[0]).isTrue();
        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactly("voms.example.org");
        assertThat(signing.key().getAlgorithm()).isEqualTo("RSA");
        assertThat(signing).hasToString("SigningCredential[CN=voms.example.org, O=Hansa, key hidden]");
        assertThat(SigningCredential.read(at(START.plus(Duration.ofDays(500)), "voms.example.org")))
                .isEqualTo(signing);
    }

    @Test
    void only_its_owner_reads_its_key() throws Exception {
        PemFiles files = at(START, "voms.example.org");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.key())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("tls"))))
                .isEqualTo("rwx------");
    }

    /** The clients in C compute it and compare. */
    @Test
    void its_key_is_named_by_the_digest_of_the_key() throws Exception {
        X509Certificate certificate =
                SigningCredential.read(at(START, "voms.example.org")).certificate();
        byte[] encoded = certificate.getPublicKey().getEncoded();
        // RFC 5280 section 4.2.1.2: of the bits alone; what stands before them is as long for every RSA key of this
        // size
        byte[] bits = Arrays.copyOfRange(encoded, 24, encoded.length);
        byte[] extension = certificate.getExtensionValue("2.5.29.14");
        assertThat(Arrays.copyOfRange(extension, extension.length - 20, extension.length))
                .isEqualTo(MessageDigest.getInstance("SHA-1").digest(bits));
    }

    @Test
    void it_is_made_anew_before_it_ends_and_for_another_host() throws Exception {
        SigningCredential first = SigningCredential.read(at(START, "voms.example.org"));
        SigningCredential renewed = SigningCredential.read(at(START.plus(Duration.ofDays(800)), "voms.example.org"));
        assertThat(renewed).isNotEqualTo(first);
        assertThat(renewed.certificate().getSubjectX500Principal())
                .isEqualTo(first.certificate().getSubjectX500Principal());
        assertThat(SigningCredential.read(at(START.plus(Duration.ofDays(800)), "other.example.org"))
                        .certificate()
                        .getSubjectX500Principal())
                .hasToString("CN=other.example.org, O=Hansa");
    }

    @Test
    void it_does_not_take_the_place_of_the_servers_certificate() throws Exception {
        at(START, "voms.example.org");
        CertificateAuthority authority =
                CertificateAuthority.open(folder.resolve("tls"), List.of(), Clock.fixed(START, ZoneOffset.UTC));
        assertThat(authority.context().certificate().getSubjectX500Principal()).hasToString("CN=Hansa node, O=Hansa");
        assertThatIllegalArgumentException().isThrownBy(() -> at(START, "not a host"));
    }
}
