package hansa.trust.x509;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.trust.Rejected.Reason;
import hansa.trust.kit.AnchorFolder;
import hansa.trust.kit.Credential;
import hansa.trust.kit.Order;
import hansa.trust.kit.Proxies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chains that prove nothing, each for a reason of its own. */
final class BadChainsTest {

    private static final String ADA = "/O=Grid/OU=People/CN=Ada Lovelace";

    @TempDir
    private Path folder;

    private Grid grid;

    @BeforeEach
    void setUp() throws IOException {
        grid = new Grid(folder);
    }

    private static Instant hoursAgo(int hours) {
        return Instant.now().minus(Duration.ofHours(hours));
    }

    @Test
    void an_expired_certificate() throws Exception {
        assertThat(grid.refused(
                        Order.endEntity(ADA).valid(hoursAgo(4), hoursAgo(1)).signedBy(grid.authority)))
                .isEqualTo(Reason.EXPIRED);
    }

    @Test
    void an_expired_proxy() throws Exception {
        assertThat(grid.refused(
                        Proxies.full(grid.user).valid(hoursAgo(4), hoursAgo(1)).signedBy(grid.user)))
                .isEqualTo(Reason.EXPIRED);
    }

    @Test
    void a_proxy_that_expired_a_minute_ago() throws Exception {
        assertThat(grid.refused(Proxies.full(grid.user)
                        .valid(hoursAgo(4), Instant.now().minus(Duration.ofMinutes(1)))
                        .signedBy(grid.user)))
                .isEqualTo(Reason.EXPIRED);
    }

    @Test
    void a_certificate_that_is_not_yet_valid() throws Exception {
        assertThat(grid.refused(Order.endEntity(ADA)
                        .valid(Grid.inHours(1), Grid.inHours(2))
                        .signedBy(grid.authority)))
                .isEqualTo(Reason.NOT_YET_VALID);
    }

    @Test
    void a_proxy_that_is_not_yet_valid() throws Exception {
        assertThat(grid.refused(Proxies.full(grid.user)
                        .valid(Grid.inHours(1), Grid.inHours(2))
                        .signedBy(grid.user)))
                .isEqualTo(Reason.NOT_YET_VALID);
    }

    @Test
    void a_certificate_of_an_authority_that_is_not_trusted() throws Exception {
        Credential other = Order.authority("/O=Other/CN=Authority").selfSigned();
        assertThat(grid.refused(Order.endEntity(ADA).signedBy(other))).isEqualTo(Reason.UNTRUSTED);
    }

    @Test
    void a_certificate_of_another_authority_with_the_name_of_a_trusted_one() throws Exception {
        Credential twin = Order.authority("/O=Grid/CN=Authority").selfSigned();
        assertThat(grid.refused(Order.endEntity(ADA).signedBy(twin))).isEqualTo(Reason.SIGNATURE);
    }

    @Test
    void a_certificate_that_signed_itself() throws Exception {
        assertThat(grid.refused(Order.endEntity(ADA).selfSigned())).isEqualTo(Reason.UNTRUSTED);
    }

    @Test
    void a_certificate_that_a_user_signed() throws Exception {
        assertThat(grid.refused(Order.endEntity("/O=Grid/CN=Mallory").signedBy(grid.user)))
                .isEqualTo(Reason.UNTRUSTED);
    }

    @Test
    void a_revoked_certificate() throws Exception {
        grid.anchors.revoke(grid.authority, grid.user.certificate());
        assertThat(grid.refused(grid.user)).isEqualTo(Reason.REVOKED);
    }

    @Test
    void a_proxy_whose_issuer_is_revoked() throws Exception {
        grid.anchors.revoke(grid.authority, grid.user.certificate());
        assertThat(grid.refused(Proxies.full(grid.user).signedBy(grid.user))).isEqualTo(Reason.REVOKED);
    }

    @Test
    void a_revoked_authority_between() throws Exception {
        Credential between = Order.authority("/O=Grid/CN=Between").signedBy(grid.authority);
        grid.anchors.revoke(grid.authority, between.certificate());
        assertThat(grid.refused(Order.endEntity(ADA).signedBy(between))).isEqualTo(Reason.REVOKED);
    }

    @Test
    void an_outdated_revocation_list_where_one_is_required() throws Exception {
        grid.anchors.revoke(grid.authority, hoursAgo(48), hoursAgo(24), List.of());
        assertThat(grid.refused(grid.requiringLists(), grid.user.chain())).isEqualTo(Reason.UNCHECKED);
    }

    @Test
    void an_outdated_revocation_list_where_none_is_required() throws Exception {
        grid.anchors.revoke(grid.authority, hoursAgo(48), hoursAgo(24), List.of());
        assertThat(grid.refused(grid.user)).isEqualTo(Reason.UNCHECKED);
    }

    @Test
    void no_revocation_list_where_one_is_required() throws Exception {
        assertThat(grid.refused(grid.requiringLists(), grid.user.chain())).isEqualTo(Reason.UNCHECKED);
    }

    @Test
    void a_revocation_list_that_cannot_be_read() throws Exception {
        for (String hash : AnchorFolder.hashes(grid.authority.certificate())) {
            grid.anchors.write(hash + ".r0", "<html>proxy error</html>");
        }
        assertThat(grid.refused(grid.user)).isEqualTo(Reason.UNCHECKED);
    }

    @Test
    void a_revocation_list_that_somebody_else_signed() throws Exception {
        Credential twin = Order.authority("/O=Grid/CN=Authority").selfSigned();
        grid.anchors.revoke(twin, grid.user.certificate());
        assertThat(grid.refused(grid.requiringLists(), grid.user.chain())).isEqualTo(Reason.UNCHECKED);
        assertThat(grid.refused(grid.user)).isEqualTo(Reason.UNCHECKED);
    }

    @Test
    void a_name_outside_of_the_namespaces() throws Exception {
        grid.anchors.namespaces(grid.authority, "/O=Grid/OU=Hosts/.*");
        assertThat(grid.refused(grid.user)).isEqualTo(Reason.NAMESPACE);
    }

    @Test
    void a_name_outside_of_the_signing_policy() throws Exception {
        grid.anchors.signingPolicy(grid.authority, "/O=Grid/OU=Hosts/*");
        assertThat(grid.refused(grid.user)).isEqualTo(Reason.NAMESPACE);
    }

    @Test
    void an_authority_without_namespaces_and_signing_policy() throws Exception {
        for (String hash : AnchorFolder.hashes(grid.authority.certificate())) {
            Files.delete(grid.anchors.path().resolve(hash + ".namespaces"));
            Files.delete(grid.anchors.path().resolve(hash + ".signing_policy"));
        }
        assertThat(grid.refused(grid.user)).isEqualTo(Reason.NAMESPACE);
    }

    @Test
    void an_authority_below_one_that_allows_none() throws Exception {
        Credential strict = Order.authority("/O=Grid/CN=Strict", 0).selfSigned();
        grid.anchors.trust(strict);
        Credential first = Order.authority("/O=Grid/CN=First", 0).signedBy(strict);
        Credential second = Order.authority("/O=Grid/CN=Second").signedBy(first);
        assertThat(grid.refused(Order.endEntity(ADA).signedBy(second))).isEqualTo(Reason.PATH_TOO_LONG);
    }

    @Test
    void a_proxy_below_one_that_allows_none() throws Exception {
        Credential proxy =
                Proxies.of(grid.user, Proxies.FULL, OptionalInt.of(0)).signedBy(grid.user);
        assertThat(grid.refused(Proxies.full(proxy).signedBy(proxy))).isEqualTo(Reason.PATH_TOO_LONG);
    }

    @Test
    void two_proxies_below_one_that_allows_one() throws Exception {
        Credential first =
                Proxies.of(grid.user, Proxies.FULL, OptionalInt.of(1)).signedBy(grid.user);
        Credential second = Proxies.full(first).signedBy(first);
        assertThat(grid.refused(Proxies.full(second).signedBy(second))).isEqualTo(Reason.PATH_TOO_LONG);
    }

    @Test
    void a_limited_proxy_where_it_is_refused() throws Exception {
        assertThat(grid.refused(Proxies.limited(grid.user).signedBy(grid.user))).isEqualTo(Reason.LIMITED);
    }

    @Test
    void a_full_proxy_below_a_limited_one() throws Exception {
        Credential limited = Proxies.limited(grid.user).signedBy(grid.user);
        List<X509Certificate> chain = Proxies.full(limited).signedBy(limited).chain();
        assertThat(grid.refused(grid.takingLimited(), chain)).isEqualTo(Reason.FORGED);
        assertThat(grid.refused(grid.settings(), chain)).isEqualTo(Reason.LIMITED);
    }

    @Test
    void a_proxy_of_the_second_toolkit_known_by_its_name() throws Exception {
        assertThat(grid.refused(Proxies.named(Proxies.below(grid.user, "proxy")).signedBy(grid.user)))
                .isEqualTo(Reason.FORM);
        assertThat(grid.refused(
                        Proxies.named(Proxies.below(grid.user, "limited proxy")).signedBy(grid.user)))
                .isEqualTo(Reason.FORM);
    }

    @Test
    void a_proxy_of_the_third_toolkit_after_a_draft() throws Exception {
        assertThat(grid.refused(Proxies.named(Proxies.below(grid.user, "123"))
                        .extension(Proxies.GT3_DRAFT, true, Proxies.information(Proxies.FULL, OptionalInt.empty()))
                        .signedBy(grid.user)))
                .isEqualTo(Reason.FORM);
    }

    @Test
    void a_proxy_whose_policy_is_not_understood() throws Exception {
        assertThat(grid.refused(
                        Proxies.of(grid.user, "1.2.3.4.5", OptionalInt.empty()).signedBy(grid.user)))
                .isEqualTo(Reason.FORM);
    }

    @Test
    void a_proxy_whose_policy_is_malformed() throws Exception {
        assertThat(grid.refused(Proxies.named(Proxies.below(grid.user, "123"))
                        .extension(Proxies.RFC_3820, true, new DERUTF8String("anything"))
                        .signedBy(grid.user)))
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void a_proxy_whose_name_is_not_below_its_issuers() throws Exception {
        assertThat(grid.refused(Proxies.named(Order.name("/O=Grid/OU=People/CN=Grace Hopper/CN=123"))
                        .extension(Proxies.RFC_3820, true, Proxies.information(Proxies.FULL, OptionalInt.empty()))
                        .signedBy(grid.user)))
                .isEqualTo(Reason.FORGED);
    }

    @Test
    void a_proxy_that_the_key_of_another_user_signed() throws Exception {
        Credential mallory = Order.endEntity("/O=Grid/OU=People/CN=Mallory").signedBy(grid.authority);
        assertThat(grid.refused(Proxies.full(grid.user).signedBy(grid.user, mallory.key())))
                .isEqualTo(Reason.SIGNATURE);
    }

    @Test
    void a_proxy_of_a_certificate_that_may_not_sign() throws Exception {
        Credential silent = Order.plain(Order.name(ADA))
                .extension(Extension.keyUsage.getId(), true, new KeyUsage(KeyUsage.keyEncipherment))
                .signedBy(grid.authority);
        assertThat(grid.refused(Proxies.full(silent).signedBy(silent))).isEqualTo(Reason.FORGED);
    }

    @Test
    void a_proxy_that_says_it_is_an_authority() throws Exception {
        assertThat(grid.refused(Proxies.full(grid.user)
                        .extension(Extension.basicConstraints.getId(), true, new BasicConstraints(true))
                        .signedBy(grid.user)))
                .isEqualTo(Reason.FORM);
    }

    @Test
    void a_proxy_with_another_name_besides() throws Exception {
        assertThat(grid.refused(Proxies.full(grid.user)
                        .extension(
                                Extension.subjectAlternativeName.getId(),
                                false,
                                new GeneralNames(new GeneralName(GeneralName.dNSName, "host.example.org")))
                        .signedBy(grid.user)))
                .isEqualTo(Reason.FORM);
    }

    @Test
    void a_proxy_above_the_certificate() throws Exception {
        Credential proxy = Proxies.full(grid.user).signedBy(grid.user);
        List<X509Certificate> chain = new ArrayList<>(proxy.chain());
        Collections.swap(chain, 0, 1);
        assertThat(grid.refused(grid.settings(), chain)).isEqualTo(Reason.FORM);
    }

    @Test
    void a_proxy_without_the_certificate_that_made_it() throws Exception {
        Credential proxy = Proxies.full(grid.user).signedBy(grid.user);
        assertThat(grid.refused(grid.settings(), proxy.chain().subList(0, 1))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void an_authority_as_a_client() throws Exception {
        assertThat(grid.refused(grid.authority)).isEqualTo(Reason.FORM);
        assertThat(grid.refused(Order.authority("/O=Grid/CN=Between").signedBy(grid.authority)))
                .isEqualTo(Reason.FORM);
    }

    @Test
    void a_certificate_that_is_for_servers_only() throws Exception {
        assertThat(grid.refused(Order.endEntity("/O=Grid/CN=host.example.org")
                        .extension(
                                Extension.extendedKeyUsage.getId(),
                                false,
                                new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                        .signedBy(grid.authority)))
                .isEqualTo(Reason.FORM);
    }

    @Test
    void a_name_that_reads_like_that_of_somebody_else() throws Exception {
        X500Name twin = new X500NameBuilder()
                .addRDN(BCStyle.O, "Grid/OU=People")
                .addRDN(BCStyle.CN, "Ada Lovelace")
                .build();
        assertThat(grid.refused(Order.plain(twin).signedBy(grid.authority))).isEqualTo(Reason.FORM);
    }

    @Test
    void a_weak_key() throws Exception {
        assertThat(grid.refused(
                        Order.endEntity(ADA).keys(Order.newRsaKeys(1024)).signedBy(grid.authority)))
                .isEqualTo(Reason.ALGORITHM);
    }

    @Test
    void a_proxy_with_a_weak_key() throws Exception {
        assertThat(grid.refused(
                        Proxies.full(grid.user).keys(Order.newRsaKeys(1024)).signedBy(grid.user)))
                .isEqualTo(Reason.ALGORITHM);
    }

    @Test
    void a_signature_with_sha_1() throws Exception {
        assertThat(grid.refused(Order.endEntity(ADA).algorithm("SHA1withECDSA").signedBy(grid.authority)))
                .isEqualTo(Reason.ALGORITHM);
    }

    @Test
    void a_signature_with_md5() throws Exception {
        Credential old = Order.authority("/O=Old/CN=Authority")
                .keys(Order.newRsaKeys(2048))
                .selfSigned();
        grid.anchors.trust(old);
        assertThat(grid.refused(
                        Order.endEntity("/O=Old/CN=Ada").algorithm("MD5withRSA").signedBy(old)))
                .isEqualTo(Reason.ALGORITHM);
    }

    @Test
    void a_certificate_that_insists_on_something_unknown() throws Exception {
        assertThat(grid.refused(Order.endEntity(ADA)
                        .extension("1.2.3.4", true, new DERUTF8String("anything"))
                        .signedBy(grid.authority)))
                .isEqualTo(Reason.FORM);
    }

    @Test
    void an_extension_that_is_nested_without_end() throws Exception {
        ASN1Encodable nested = new DERSequence();
        for (int i = 0; i < 2000; i++) {
            nested = new DERSequence(nested);
        }
        assertThat(grid.refused(Order.endEntity(ADA)
                        .extension("2.5.29.17", false, nested)
                        .signedBy(grid.authority)))
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void more_certificates_than_anybody_needs() throws Exception {
        assertThat(grid.refused(grid.settings(), Collections.nCopies(21, grid.user.certificate())))
                .isEqualTo(Reason.PATH_TOO_LONG);
    }

    @Test
    void more_bytes_than_anybody_needs() throws Exception {
        Credential large = Order.endEntity(ADA)
                .extension("1.2.3.4", false, new DEROctetString(new byte[200_000]))
                .signedBy(grid.authority);
        assertThat(grid.refused(Proxies.full(large)
                        .extension("1.2.3.4", false, new DEROctetString(new byte[100_000]))
                        .signedBy(large)))
                .isEqualTo(Reason.PATH_TOO_LONG);
    }

    @Test
    void no_certificate_at_all() throws Exception {
        assertThat(grid.refused(grid.settings(), List.of())).isEqualTo(Reason.MALFORMED);
    }
}
