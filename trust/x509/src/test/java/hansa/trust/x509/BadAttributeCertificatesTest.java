package hansa.trust.x509;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.protocols.voms.AttributeCertificate;
import hansa.protocols.voms.Holder;
import hansa.protocols.voms.Lsc;
import hansa.protocols.voms.PolicyAuthority;
import hansa.protocols.voms.SignedAttributeCertificate;
import hansa.protocols.voms.VomsExtension;
import hansa.trust.Rejected.Reason;
import hansa.trust.kit.Credential;
import hansa.trust.kit.Order;
import hansa.trust.kit.Proxies;
import hansa.trust.kit.VomsServer;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.AttributeCertificateHolder;
import org.bouncycastle.cert.AttributeCertificateIssuer;
import org.bouncycastle.cert.X509AttributeCertificateHolder;
import org.bouncycastle.cert.X509v2AttributeCertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attribute certificates that make the proxy that carries them worthless, each for a reason of its own. */
final class BadAttributeCertificatesTest {

    @TempDir
    private Path folder;

    private Grid grid;

    @BeforeEach
    void setUp() throws IOException {
        grid = new Grid(folder);
    }

    private AttributeCertificate said() {
        return grid.voms.says(grid.user.certificate(), "/testvo", "/testvo/cloud/Role=VMOperator");
    }

    private static Instant minutesAgo(int minutes) {
        return Instant.now().minus(Duration.ofMinutes(minutes));
    }

    @Test
    void about_another_holder() throws Exception {
        Credential other = Order.endEntity("/O=Grid/OU=People/CN=Grace").signedBy(grid.authority);
        assertThat(grid.refused(grid.saying(Changed.holder(said(), Holder.of(other.certificate())))))
                .isEqualTo(Reason.HOLDER);
    }

    @Test
    void about_another_certificate_of_the_same_name() throws Exception {
        Credential earlier =
                Order.endEntity("/O=Grid/OU=People/CN=Ada Lovelace").signedBy(grid.authority);
        assertThat(grid.refused(grid.saying(Changed.holder(said(), Holder.of(earlier.certificate())))))
                .isEqualTo(Reason.HOLDER);
    }

    @Test
    void expired() throws Exception {
        assertThat(grid.refused(grid.saying(Changed.time(said(), minutesAgo(60), minutesAgo(1)))))
                .isEqualTo(Reason.EXPIRED);
    }

    @Test
    void not_yet_valid() throws Exception {
        assertThat(grid.refused(grid.saying(Changed.time(said(), Grid.inHours(1), Grid.inHours(2)))))
                .isEqualTo(Reason.NOT_YET_VALID);
    }

    @Test
    void of_a_server_that_no_file_allows() throws Exception {
        assertThat(grid.refused(grid.saying(
                        Changed.authority(said(), new PolicyAuthority("testvo", "unknown.example.org", 15000)))))
                .isEqualTo(Reason.UNTRUSTED);
    }

    @Test
    void of_an_organisation_that_no_folder_allows() throws Exception {
        assertThat(grid.refused(grid.saying(
                        Changed.authority(said(), new PolicyAuthority("unknown", "voms.example.org", 15000)))))
                .isEqualTo(Reason.UNTRUSTED);
    }

    @Test
    void of_an_organisation_whose_name_leads_out_of_the_folder() throws Exception {
        assertThat(grid.refused(grid.saying(
                        Changed.authority(said(), new PolicyAuthority("..", "../vomsdir/testvo/voms.example.org", 1)))))
                .isEqualTo(Reason.UNTRUSTED);
    }

    @Test
    void of_a_server_with_another_name_than_the_file_says() throws Exception {
        grid.voms.trustedBy(
                grid.vomsDirectory,
                new Lsc(List.of(List.of("/O=Grid/OU=Hosts/CN=other.example.org", "/O=Grid/CN=Authority"))));
        assertThat(grid.refused(grid.member("/testvo"))).isEqualTo(Reason.UNTRUSTED);
    }

    @Test
    void of_a_server_with_another_authority_than_the_file_says() throws Exception {
        grid.voms.trustedBy(
                grid.vomsDirectory,
                new Lsc(List.of(List.of("/O=Grid/OU=Hosts/CN=voms.example.org", "/O=Grid/CN=Other"))));
        assertThat(grid.refused(grid.member("/testvo"))).isEqualTo(Reason.UNTRUSTED);
    }

    @Test
    void signed_with_another_key() throws Exception {
        assertThat(grid.refused(grid.carrying(said().sign(VomsServer.signer(grid.user.key())))))
                .isEqualTo(Reason.SIGNATURE);
    }

    @Test
    void tampered_with() throws Exception {
        byte[] encoded = grid.voms.sign(said()).encoded();
        String text = new String(encoded, StandardCharsets.ISO_8859_1);
        byte[] forged = text.replace("Role=VMOperator", "Role=VMManagers").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(grid.refused(grid.carrying(SignedAttributeCertificate.read(forged))))
                .isEqualTo(Reason.SIGNATURE);
    }

    @Test
    void with_groups_of_another_organisation() throws Exception {
        assertThat(grid.refused(grid.member("/testvo", "/other/Role=admin"))).isEqualTo(Reason.FORGED);
    }

    @Test
    void with_groups_of_an_organisation_whose_name_begins_alike() throws Exception {
        assertThat(grid.refused(grid.member("/testvo2"))).isEqualTo(Reason.FORGED);
    }

    @Test
    void of_a_server_below_an_authority_that_is_not_trusted() throws Exception {
        Credential twin = Order.authority("/O=Elsewhere/CN=Authority").selfSigned();
        VomsServer server = new VomsServer(
                        Order.endEntity("/O=Elsewhere/CN=voms.example.org").signedBy(twin),
                        "testvo",
                        "evil.example.org")
                .trustedBy(grid.vomsDirectory);
        assertThat(grid.refused(grid.carrying(server.sign(server.says(grid.user.certificate(), "/testvo")))))
                .isEqualTo(Reason.UNTRUSTED);
    }

    @Test
    void of_a_server_that_made_its_certificate_itself_with_the_right_names() throws Exception {
        Credential twin = Order.authority("/O=Grid/CN=Authority").selfSigned();
        VomsServer server = new VomsServer(
                Order.endEntity("/O=Grid/OU=Hosts/CN=voms.example.org").signedBy(twin), "testvo", "voms.example.org");
        assertThat(grid.refused(grid.carrying(server.sign(server.says(grid.user.certificate(), "/testvo")))))
                .isEqualTo(Reason.SIGNATURE);
    }

    @Test
    void that_a_member_signed_for_themselves() throws Exception {
        VomsServer self = new VomsServer(grid.user, "testvo", "voms.example.org");
        assertThat(grid.refused(grid.carrying(self.sign(self.says(grid.user.certificate(), "/testvo")))))
                .isEqualTo(Reason.UNTRUSTED);
    }

    @Test
    void of_a_server_that_is_revoked() throws Exception {
        grid.anchors.revoke(grid.authority, grid.voms.credential().certificate());
        assertThat(grid.refused(grid.member("/testvo"))).isEqualTo(Reason.REVOKED);
    }

    @Test
    void of_a_server_whose_certificate_has_expired() throws Exception {
        VomsServer server = new VomsServer(
                Order.endEntity("/O=Grid/OU=Hosts/CN=voms.example.org")
                        .valid(minutesAgo(120), minutesAgo(60))
                        .signedBy(grid.authority),
                "testvo",
                "voms.example.org");
        assertThat(grid.refused(grid.carrying(server.sign(server.says(grid.user.certificate(), "/testvo")))))
                .isEqualTo(Reason.EXPIRED);
    }

    @Test
    void without_the_chain_of_its_server() throws Exception {
        assertThat(grid.refused(grid.saying(Changed.chain(said(), List.of())))).isEqualTo(Reason.UNTRUSTED);
    }

    @Test
    void meant_for_another_site() throws Exception {
        assertThat(grid.refused(grid.saying(Changed.targets(said(), List.of("elsewhere.example.org")))))
                .isEqualTo(Reason.AUDIENCE);
    }

    @Test
    void that_insists_on_something_unknown() throws Exception {
        assertThat(grid.refused(grid.carrying(SignedAttributeCertificate.read(unusual("1.2.3.4", "SHA256withECDSA")))))
                .isEqualTo(Reason.FORM);
    }

    @Test
    void signed_by_a_weak_algorithm() throws Exception {
        assertThat(grid.refused(grid.carrying(SignedAttributeCertificate.read(unusual("", "SHA1withECDSA")))))
                .isEqualTo(Reason.ALGORITHM);
    }

    @Test
    void beside_one_that_is_right() throws Exception {
        VomsServer unknown = new VomsServer(grid.voms.credential(), "unknown", "voms.example.org");
        assertThat(grid.refused(grid.carrying(
                        grid.voms.sign(said()), unknown.sign(unknown.says(grid.user.certificate(), "/unknown")))))
                .isEqualTo(Reason.UNTRUSTED);
    }

    @Test
    void that_are_none() throws Exception {
        assertThat(grid.refused(Proxies.full(grid.user)
                        .extension(VomsExtension.OID, false, new DERSequence(new DERUTF8String("anything")))
                        .signedBy(grid.user)))
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void with_something_that_is_no_group() throws Exception {
        byte[] encoded = grid.voms.sign(said()).encoded();
        String text = new String(encoded, StandardCharsets.ISO_8859_1);
        byte[] odd = text.replace("/testvo/cloud", "/testvo/cl ud").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(grid.refused(Proxies.full(grid.user)
                        .extension(
                                VomsExtension.OID,
                                false,
                                new DERSequence(
                                        new DERSequence(new X509AttributeCertificateHolder(odd).toASN1Structure())))
                        .signedBy(grid.user)))
                .isEqualTo(Reason.MALFORMED);
    }

    /** As other programs write it, with the authority not tagged. */
    private byte[] unusual(String critical, String algorithm) throws Exception {
        AttributeCertificate said = said();
        X509v2AttributeCertificateBuilder builder = new X509v2AttributeCertificateBuilder(
                new AttributeCertificateHolder(
                        X500Name.getInstance(said.holder().name().getEncoded()),
                        said.holder().serial()),
                new AttributeCertificateIssuer(
                        X500Name.getInstance(said.issuer().getEncoded())),
                BigInteger.TEN,
                Date.from(said.notBefore()),
                Date.from(said.notAfter()));
        builder.addAttribute(
                new ASN1ObjectIdentifier("1.3.6.1.4.1.8005.100.100.4"), new DERSequence(new ASN1Encodable[] {
                    new GeneralNames(new GeneralName(
                            GeneralName.uniformResourceIdentifier,
                            said.authority().toString())),
                    new DERSequence(new DEROctetString("/testvo".getBytes(StandardCharsets.US_ASCII)))
                }));
        builder.addExtension(
                new ASN1ObjectIdentifier("1.3.6.1.4.1.8005.100.100.10"),
                false,
                new DERSequence(new DERSequence(Certificate.getInstance(
                        grid.voms.credential().certificate().getEncoded()))));
        if (!critical.isEmpty()) {
            builder.addExtension(new ASN1ObjectIdentifier(critical), true, DERNull.INSTANCE);
        }
        return builder.build(new JcaContentSignerBuilder(algorithm)
                        .build(grid.voms.credential().key()))
                .getEncoded();
    }
}
