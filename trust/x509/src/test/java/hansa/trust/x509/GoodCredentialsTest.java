package hansa.trust.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import hansa.protocols.voms.AttributeCertificate;
import hansa.protocols.voms.Fqan;
import hansa.protocols.voms.GenericAttribute;
import hansa.protocols.voms.Holder;
import hansa.trust.Evidence;
import hansa.trust.Rejected;
import hansa.trust.kit.AnchorFolder;
import hansa.trust.kit.Credential;
import hansa.trust.kit.Order;
import hansa.trust.kit.Proxies;
import hansa.trust.kit.VomsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken, and what it proves. */
final class GoodCredentialsTest {

    private static final String ADA = "/O=Grid/OU=People/CN=Ada Lovelace";

    @TempDir
    private Path folder;

    private Grid grid;

    @BeforeEach
    void setUp() throws IOException {
        grid = new Grid(folder);
    }

    @Test
    void a_certificate_proves_its_subject_at_its_authority() throws Exception {
        Credential user = Order.endEntity(ADA)
                .extension(
                        Extension.subjectAlternativeName.getId(),
                        false,
                        new GeneralNames(new GeneralName(GeneralName.rfc822Name, "ada@example.org")))
                .signedBy(grid.authority);
        Evidence evidence = grid.accepted(user);
        assertThat(evidence)
                .isEqualTo(new Evidence(
                        Evidence.Kind.CERTIFICATE,
                        "/O=Grid/CN=Authority",
                        ADA,
                        "Ada Lovelace",
                        List.of(),
                        Map.of("email", List.of("ada@example.org")),
                        Optional.empty(),
                        user.certificate().getNotAfter().toInstant()));
    }

    @Test
    void a_proxy_proves_who_made_it() throws Exception {
        Credential proxy =
                Proxies.full(grid.user).valid(Grid.yearAgo(), Grid.inHours(1)).signedBy(grid.user);
        Credential second = Proxies.full(proxy).signedBy(proxy);
        Evidence evidence = grid.accepted(second);
        assertThat(evidence.kind()).isEqualTo(Evidence.Kind.PROXY);
        assertThat(evidence.subject()).isEqualTo(ADA);
        assertThat(evidence.issuer()).isEqualTo("/O=Grid/CN=Authority");
        assertThat(evidence.expires())
                .isEqualTo(proxy.certificate().getNotAfter().toInstant());
        assertThat(evidence.attributes()).isEmpty();
    }

    @Test
    void a_proxy_may_be_made_below_one_that_allows_one_more() throws Exception {
        Credential proxy =
                Proxies.of(grid.user, Proxies.FULL, OptionalInt.of(1)).signedBy(grid.user);
        assertThat(grid.accepted(Proxies.full(proxy).signedBy(proxy)).subject()).isEqualTo(ADA);
    }

    @Test
    void a_limited_proxy_is_taken_where_that_is_set_and_says_so() throws Exception {
        Credential proxy = Proxies.limited(grid.user).signedBy(grid.user);
        Evidence evidence = new X509Verifier(grid.takingLimited(), Clock.systemUTC()).verify(proxy.chain());
        assertThat(evidence.subject()).isEqualTo(ADA);
        assertThat(evidence.attributes()).containsEntry("limited", List.of("true"));
    }

    @Test
    void an_independent_proxy_is_somebody_of_its_own_and_inherits_no_groups() throws Exception {
        Credential proxy = Proxies.independent(grid.user).signedBy(grid.user);
        Credential below = Proxies.carrying(
                        proxy, List.of(grid.voms.sign(grid.voms.says(grid.user.certificate(), "/testvo"))))
                .signedBy(proxy);
        Evidence evidence = grid.accepted(below);
        assertThat(evidence.subject()).startsWith(ADA + "/CN=").isNotEqualTo(ADA);
        assertThat(evidence.fqans()).isEmpty();
        assertThat(evidence.attributes()).containsEntry("independent", List.of("true"));
    }

    @Test
    void groups_and_roles_come_in_order_and_once() throws Exception {
        VomsServer other = new VomsServer(
                        Order.endEntity("/O=Grid/OU=Hosts/CN=voms2.example.org").signedBy(grid.authority),
                        "other",
                        "voms2.example.org")
                .trustedBy(grid.vomsDirectory);
        Credential proxy = grid.carrying(
                grid.voms.sign(grid.voms.says(
                        grid.user.certificate(), "/testvo/cloud/Role=VMOperator/Capability=NULL", "/testvo/Role=NULL")),
                other.sign(other.says(grid.user.certificate(), "/other")));
        Credential below = Proxies.full(proxy).signedBy(proxy);
        Evidence evidence = grid.accepted(below);
        assertThat(evidence.fqans())
                .extracting(Fqan::toString)
                .containsExactly("/testvo/cloud/Role=VMOperator", "/testvo", "/other");
        assertThat(evidence.attributes())
                .containsEntry("voms", List.of("testvo://voms.example.org:15000", "other://voms2.example.org:15000"));
    }

    @Test
    void the_new_form_of_the_holder_is_taken_too() throws Exception {
        AttributeCertificate content = grid.voms.says(grid.user.certificate(), "/testvo");
        Holder holder = new Holder(
                grid.authority.certificate().getSubjectX500Principal(),
                grid.user.certificate().getSerialNumber());
        assertThat(grid.accepted(grid.saying(Changed.holder(content, holder))).fqans())
                .containsExactly(Fqan.member("/testvo"));
    }

    @Test
    void generic_attributes_targets_and_the_end_of_what_was_said_are_heeded() throws Exception {
        AttributeCertificate content = grid.voms.says(grid.user.certificate(), "/testvo");
        Instant soon = Instant.now().plus(Duration.ofMinutes(20));
        AttributeCertificate changed = Changed.targets(
                Changed.attributes(
                        Changed.time(content, content.notBefore(), soon),
                        List.of(new GenericAttribute("nick", "ada", "testvo"))),
                List.of("elsewhere.example.org", Grid.SITE));
        Evidence evidence = grid.accepted(grid.saying(changed));
        assertThat(evidence.attributes()).containsEntry("voms:nick", List.of("ada"));
        assertThat(evidence.expires()).isEqualTo(soon.truncatedTo(ChronoUnit.SECONDS));
    }

    @Test
    void attribute_certificates_are_not_looked_at_without_a_directory() throws Exception {
        X509Settings settings =
                new X509Settings(grid.anchors.path(), Optional.empty(), false, false, Duration.ZERO, Set.of());
        assertThat(new X509Verifier(settings, Clock.systemUTC())
                        .verify(grid.member("/testvo").chain())
                        .fqans())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void either_hash_name_is_enough(int which) throws Exception {
        Path only = Files.createDirectories(folder.resolve("only"));
        String hash = AnchorFolder.hashes(grid.authority.certificate()).get(which);
        for (String suffix : List.of(".0", ".signing_policy", ".namespaces")) {
            Files.copy(grid.anchors.path().resolve(hash + suffix), only.resolve(hash + suffix));
        }
        X509Settings settings = new X509Settings(only, Optional.empty(), false, false, Duration.ZERO, Set.of());
        assertThat(new X509Verifier(settings, Clock.systemUTC())
                        .verify(grid.user.chain())
                        .subject())
                .isEqualTo(ADA);
    }

    @Test
    void an_authority_between_is_brought_by_the_client() throws Exception {
        Credential between = Order.authority("/O=Grid/CN=Between").signedBy(grid.authority);
        grid.anchors.namespaces(grid.authority, "/O=Grid/.*");
        Path signing = grid.anchors.path();
        for (String hash : AnchorFolder.hashes(grid.authority.certificate())) {
            Files.writeString(
                    signing.resolve(hash + ".namespaces"),
                    "TO Issuer \"/O=Grid/CN=Between\" \\\n  PERMIT Subject \"/O=Grid/.*\"\n",
                    StandardOpenOption.APPEND);
        }
        Credential user = Order.endEntity(ADA).signedBy(between);
        assertThat(grid.accepted(user).issuer()).isEqualTo("/O=Grid/CN=Between");
    }

    @Test
    void rsa_keys_are_taken() throws Exception {
        Credential user = Order.endEntity(ADA).keys(Order.newRsaKeys(2048)).signedBy(grid.authority);
        Credential proxy = Proxies.full(user).keys(Order.newRsaKeys(2048)).signedBy(user);
        assertThat(grid.accepted(proxy).subject()).isEqualTo(ADA);
    }

    @Test
    void a_revocation_list_that_appears_is_heeded_and_one_that_no_longer_names_somebody_too() throws Exception {
        X509Verifier verifier = new X509Verifier(grid.settings(), Clock.systemUTC());
        assertThat(verifier.verify(grid.user.chain()).subject()).isEqualTo(ADA);
        grid.anchors.revoke(grid.authority, grid.user.certificate());
        assertThatExceptionOfType(Rejected.class)
                .isThrownBy(() -> verifier.verify(grid.user.chain()))
                .extracting(Rejected::reason)
                .isEqualTo(Rejected.Reason.REVOKED);
        grid.anchors.revoke(grid.authority);
        assertThat(verifier.verify(grid.user.chain()).subject()).isEqualTo(ADA);
    }

    @Test
    void an_authority_and_a_server_that_appear_are_trusted_and_those_that_go_no_longer() throws Exception {
        X509Verifier verifier = new X509Verifier(grid.settings(), Clock.systemUTC());
        Credential authority = Order.authority("/O=New/CN=Authority").selfSigned();
        Credential user = Order.endEntity("/O=New/CN=Grace").signedBy(authority);
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> verifier.verify(user.chain()));
        grid.anchors.trust(authority);
        assertThat(verifier.verify(user.chain()).subject()).isEqualTo("/O=New/CN=Grace");
        for (String hash : AnchorFolder.hashes(authority.certificate())) {
            Files.delete(grid.anchors.path().resolve(hash + ".0"));
        }
        assertThatExceptionOfType(Rejected.class).isThrownBy(() -> verifier.verify(user.chain()));
    }

    @Test
    void links_into_nowhere_and_files_of_others_in_the_folder_do_no_harm() throws Exception {
        Files.createSymbolicLink(grid.anchors.path().resolve("01234567.0"), Path.of("missing.pem"));
        Files.writeString(grid.anchors.path().resolve("89abcdef.0"), "no certificate");
        Files.writeString(grid.anchors.path().resolve("README"), "anything");
        assertThat(grid.accepted(grid.user).subject()).isEqualTo(ADA);
    }

    @Test
    void the_folder_is_not_looked_at_more_often_than_set() throws Exception {
        X509Settings settings =
                new X509Settings(grid.anchors.path(), Optional.empty(), false, false, Duration.ofHours(1), Set.of());
        X509Verifier verifier = new X509Verifier(settings, Clock.systemUTC());
        try (Stream<Path> files = Files.list(grid.anchors.path())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        assertThat(verifier.verify(grid.user.chain()).subject()).isEqualTo(ADA);
    }
}
