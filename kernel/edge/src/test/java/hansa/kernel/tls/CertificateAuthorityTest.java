package hansa.kernel.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertificateAuthorityTest {

    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    @TempDir
    Path folder;

    private Path tls() {
        return folder.resolve("tls");
    }

    private CertificateAuthority openAt(Instant now, String... names) throws IOException {
        return CertificateAuthority.open(tls(), List.of(names), Clock.fixed(now, ZoneOffset.UTC));
    }

    private static X509Certificate shown(Certificates certificates) {
        return certificates.context().certificate();
    }

    @Test
    void makesAnAuthorityForTenYearsAndAServerCertificateForThirteenMonths() throws Exception {
        CertificateAuthority authority = openAt(START);
        Credential ca = Credential.read(authority.caFile(), tls().resolve("ca.key"));
        assertThat(ca.certificate().getNotAfter()).isEqualTo(START.plus(Duration.ofDays(3652)));
        assertThat(ca.certificate().getBasicConstraints()).isZero();
        X509Certificate server = shown(authority);
        assertThat(Duration.between(
                        server.getNotBefore().toInstant(), server.getNotAfter().toInstant()))
                .isLessThanOrEqualTo(Duration.ofDays(398));
        server.verify(ca.certificate().getPublicKey());
        assertThat(server.getBasicConstraints()).isEqualTo(-1);
        assertThat(server.getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactlyInAnyOrder("localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
    }

    @Test
    void letsOnlyTheOwnerReadKeys() throws IOException {
        openAt(START);
        for (String key : List.of("ca.key", "server.key")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tls().resolve(key))))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(tls())))
                .isEqualTo("rwx------");
    }

    @Test
    void keepsBothAtTheNextStart() throws IOException {
        X509Certificate first = shown(openAt(START, "cloud.example.org"));
        assertThat(shown(openAt(START.plus(Duration.ofDays(200)), "cloud.example.org")))
                .isEqualTo(first);
    }

    @Test
    void issuesAnewWhenLessThanAThirdOfTheLifeIsLeft() throws IOException {
        CertificateAuthority early = openAt(START);
        X509Certificate first = shown(early);
        Path ca = early.caFile();
        String authority = Files.readString(ca);
        X509Certificate second = shown(openAt(START.plus(Duration.ofDays(270))));
        assertThat(second).isNotEqualTo(first);
        assertThat(Files.readString(ca)).isEqualTo(authority);
    }

    @Test
    void showsTheNewCertificateWithoutARestart() throws IOException {
        Instant[] now = {START};
        InstantSource source = () -> now[0];
        CertificateAuthority authority = CertificateAuthority.open(tls(), List.of(), source.withZone(ZoneOffset.UTC));
        X509Certificate first = shown(authority);
        assertThat(authority.refresh()).isFalse();
        now[0] = START.plus(Duration.ofDays(300));
        assertThat(authority.refresh()).isTrue();
        assertThat(shown(authority)).isNotEqualTo(first);
    }

    @Test
    void issuesAnewForANewName() throws IOException {
        X509Certificate first = shown(openAt(START));
        X509Certificate second = shown(openAt(START, "cloud.example.org", "10.1.2.3"));
        assertThat(second).isNotEqualTo(first);
        assertThat(shown(openAt(START, "cloud.example.org"))).isEqualTo(second);
    }

    @Test
    void refusesNamesThatAreNone() {
        assertThatThrownBy(() -> openAt(START, "not a host"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"not a host\" is not a host name or address");
    }

    @Test
    void makesADamagedServerCertificateAnew() throws IOException {
        openAt(START);
        Files.writeString(tls().resolve("server.pem"), "rubbish");
        assertThat(shown(openAt(START))).isNotNull();
        assertThat(Credential.read(tls().resolve("server.pem"), tls().resolve("server.key"))
                        .chain())
                .hasSize(1);
    }

    @Test
    void saysWhatToDoWhenTheAuthoritysKeyIsGone() throws IOException {
        openAt(START);
        Files.delete(tls().resolve("ca.key"));
        Files.delete(tls().resolve("server.key"));
        assertThatThrownBy(() -> openAt(START))
                .isInstanceOf(IOException.class)
                .hasMessage(tls().resolve("ca.key") + " is missing; restore it, or remove " + tls().resolve("ca.pem")
                        + " to have a new authority made that clients must then trust");
    }

    @Test
    void marksWhatACertificateIsFor() throws Exception {
        CertificateAuthority authority = openAt(START);
        X509Certificate ca =
                Credential.read(authority.caFile(), tls().resolve("ca.key")).certificate();
        X509Certificate server = shown(authority);
        assertThat(ca.getKeyUsage()).containsExactly(false, false, false, false, false, true, true, false, false);
        assertThat(server.getKeyUsage()).containsExactly(true, false, false, false, false, false, false, false, false);
        assertThat(server.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(ca.getCriticalExtensionOIDs()).containsExactlyInAnyOrder("2.5.29.15", "2.5.29.19");
        assertThat(server.getIssuerX500Principal()).isEqualTo(ca.getSubjectX500Principal());
        assertThat(server.getSerialNumber()).isPositive();
        assertThat(server.getNotBefore()).isEqualTo(START.minus(Duration.ofHours(1)));
        byte[] subjectKeyId = ca.getExtensionValue("2.5.29.14");
        byte[] authorityKeyId = server.getExtensionValue("2.5.29.35");
        assertThat(Arrays.copyOfRange(authorityKeyId, authorityKeyId.length - 20, authorityKeyId.length))
                .isEqualTo(Arrays.copyOfRange(subjectKeyId, subjectKeyId.length - 20, subjectKeyId.length));
    }

    @Test
    void writesYearsFrom2050OnWithFourDigits() throws Exception {
        CertificateAuthority authority = openAt(Instant.parse("2049-06-01T00:00:00Z"));
        X509Certificate ca =
                Credential.read(authority.caFile(), tls().resolve("ca.key")).certificate();
        assertThat(ca.getNotAfter()).isEqualTo(Instant.parse("2059-06-01T00:00:00Z"));
        assertThat(shown(authority).getNotBefore()).isEqualTo(Instant.parse("2049-05-31T23:00:00Z"));
    }

    @Test
    void takesCertificateFilesOfTheOperatorAndSeesThemChange() throws IOException {
        openAt(START);
        Path certificate = tls().resolve("server.pem");
        Path key = tls().resolve("server.key");
        CertificateFiles files = CertificateFiles.open(certificate, key);
        assertThat(files.refresh()).isFalse();
        openAt(START, "other.example.org");
        assertThat(files.refresh()).isTrue();
        assertThatThrownBy(() -> CertificateFiles.open(tls().resolve("ca.pem"), key))
                .hasMessage(key + " is not the key of the certificate in " + tls().resolve("ca.pem"));
        assertThatThrownBy(() -> CertificateFiles.open(key, key))
                .hasMessage(key + " holds no certificate; it must be a PEM file");
        Path traditional = folder.resolve("old.key");
        Files.writeString(traditional, "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");
        assertThatThrownBy(() -> CertificateFiles.open(certificate, traditional))
                .hasMessage(traditional + " holds a key as \"EC PRIVATE KEY\"; turn it into PKCS #8 with:"
                        + " openssl pkcs8 -topk8 -nocrypt -in " + traditional);
    }
}
