package hansa.trust.voms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import hansa.protocols.voms.AttributeCertificate;
import hansa.protocols.voms.Fqan;
import hansa.protocols.voms.GenericAttribute;
import hansa.protocols.voms.Holder;
import hansa.trust.kit.Credential;
import hansa.trust.kit.Order;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.junit.jupiter.api.Test;

final class AttributeAuthorityTest {

    private static final Instant NOW = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS);

    private final Credential root = Order.authority("/O=Grid/CN=Authority")
            .valid(NOW.minus(Duration.ofDays(10)), NOW.plus(Duration.ofDays(100)))
            .selfSigned();
    private final Credential host = Order.endEntity("/O=Grid/CN=voms.example.org")
            .valid(NOW.minus(Duration.ofDays(9)), NOW.plus(Duration.ofDays(90)))
            .signedBy(root);
    private final Credential user =
            Order.endEntity("/O=Grid/OU=People/CN=Ada Lovelace").signedBy(root);
    private final AttributeAuthority authority = authority(host, Duration.ofHours(24), NOW);

    private static AttributeAuthority authority(Credential of, Duration most, Instant now) {
        return new AttributeAuthority(
                of.certificate(), of.key(), "voms.example.org", most, Clock.fixed(now, ZoneOffset.UTC));
    }

    private Attested member(String... fqans) {
        return member(Optional.empty(), fqans);
    }

    private Attested member(Optional<Instant> until, String... fqans) {
        return new Attested(
                user.certificate(), "vo", Stream.of(fqans).map(Fqan::parse).toList(), List.of(), until);
    }

    private static Wish wish(String... fqans) {
        return new Wish(Stream.of(fqans).map(Fqan::parse).toList(), List.of(), Optional.empty(), List.of());
    }

    private static Wish lasting(Duration lifetime) {
        return new Wish(List.of(), List.of(), Optional.of(lifetime), List.of());
    }

    private static List<String> fqans(Issued issued) {
        return issued.certificate().content().fqans().stream()
                .map(Fqan::toString)
                .toList();
    }

    private static Duration lifetime(Issued issued) {
        return Duration.between(NOW, issued.certificate().content().notAfter());
    }

    @Test
    void a_certificate_says_whose_attributes_they_are_and_who_says_so() throws Exception {
        AttributeCertificate content =
                authority.issue(member("/vo"), wish(), 15_000).certificate().content();
        assertThat(content.holder()).isEqualTo(Holder.of(user.certificate()));
        assertThat(content.issuer()).isEqualTo(host.certificate().getSubjectX500Principal());
        assertThat(content.authority()).hasToString("vo://voms.example.org:15000");
        assertThat(content.authorityChain()).containsExactly(host.certificate());
        assertThat(content.notBefore()).isEqualTo(NOW.minus(Duration.ofMinutes(5)));
    }

    @Test
    void its_signature_is_that_of_the_authority() throws Exception {
        for (Credential each : List.of(
                host,
                Order.endEntity("/O=Grid/CN=voms.example.org")
                        .keys(Order.newRsaKeys(2048))
                        .signedBy(root))) {
            Issued issued = authority(each, Duration.ofHours(24), NOW).issue(member("/vo"), wish(), 1);
            assertThat(issued.certificate()
                            .isSignedBy(new JcaContentVerifierProviderBuilder().build(each.certificate())))
                    .isTrue();
        }
    }

    @Test
    void without_a_choice_it_has_all_groups_and_no_role() throws Exception {
        Attested member = member("/vo", "/vo/a", "/vo/a/Role=admin", "/vo/b", "/vo/Role=manager");
        assertThat(fqans(authority.issue(member, wish(), 1))).containsExactly("/vo", "/vo/a", "/vo/b");
        assertThat(fqans(authority.issue(member, wish("/vo"), 1))).containsExactly("/vo", "/vo/a", "/vo/b");
    }

    @Test
    void what_was_chosen_comes_as_it_was_chosen_and_once() throws Exception {
        Attested member = member("/vo", "/vo/a", "/vo/a/Role=admin", "/vo/b");
        Issued issued = authority.issue(member, wish("/vo/b", "/vo/a/Role=admin", "/vo/b"), 1);
        assertThat(fqans(issued)).containsExactly("/vo/b", "/vo/a/Role=admin");
        assertThat(issued.warnings()).isEmpty();
    }

    @Test
    void an_order_puts_what_is_there_first_and_tells_what_is_not() throws Exception {
        Attested member = member("/vo", "/vo/a", "/vo/b");
        Wish wish = new Wish(
                List.of(), List.of(Fqan.parse("/vo/b"), Fqan.parse("/vo/Role=x")), Optional.empty(), List.of());
        Issued issued = authority.issue(member, wish, 1);
        assertThat(fqans(issued)).containsExactly("/vo/b", "/vo", "/vo/a");
        assertThat(issued.warnings()).singleElement().asString().contains("selected");
    }

    @Test
    void a_group_or_role_that_is_not_held_is_never_certified() {
        Attested member = member("/vo", "/vo/a");
        for (String wanted : List.of("/vo/b", "/vo/a/Role=admin", "/vo/a/b", "/other")) {
            assertThatExceptionOfType(NotHeld.class)
                    .isThrownBy(() -> authority.issue(member, wish("/vo/a", wanted), 1))
                    .satisfies(e -> assertThat(e.fqan()).hasToString(wanted));
        }
        assertThatExceptionOfType(NotHeld.class).isThrownBy(() -> authority.issue(member(), wish(), 1));
    }

    @Test
    void nobody_is_attested_what_another_organisation_says() {
        assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> member("/vo", "/other"));
    }

    @Test
    void it_is_good_for_twelve_hours_unless_another_time_is_wanted() throws Exception {
        assertThat(lifetime(authority.issue(member("/vo"), wish(), 1))).isEqualTo(Duration.ofHours(12));
        Issued shorter = authority.issue(member("/vo"), lasting(Duration.ofMinutes(90)), 1);
        assertThat(lifetime(shorter)).isEqualTo(Duration.ofMinutes(90));
        assertThat(shorter.warnings()).isEmpty();
    }

    @Test
    void a_time_that_is_too_long_is_shortened_and_said() throws Exception {
        Issued issued = authority.issue(member("/vo"), lasting(Duration.ofHours(25)), 1);
        assertThat(lifetime(issued)).isEqualTo(Duration.ofHours(24));
        assertThat(issued.warnings()).containsExactly("The validity of this VOMS AC is shortened to 86400 seconds.");
        Issued strict = authority(host, Duration.ofHours(1), NOW).issue(member("/vo"), wish(), 1);
        assertThat(lifetime(strict)).isEqualTo(Duration.ofHours(1));
        assertThat(strict.warnings()).isEmpty();
    }

    @Test
    void it_ends_with_the_membership_and_with_the_authority() throws Exception {
        Issued member = authority.issue(member(Optional.of(NOW.plusSeconds(600)), "/vo"), wish(), 1);
        assertThat(lifetime(member)).isEqualTo(Duration.ofMinutes(10));
        assertThat(member.warnings()).singleElement().asString().contains("validity", "600");
        Instant late = NOW.plus(Duration.ofDays(90)).minusSeconds(60);
        assertThat(authority(host, Duration.ofHours(24), late)
                        .issue(member("/vo"), wish(), 1)
                        .certificate()
                        .content()
                        .notAfter())
                .isEqualTo(NOW.plus(Duration.ofDays(90)));
    }

    @Test
    void an_authority_that_is_not_valid_issues_nothing() {
        Instant late = NOW.plus(Duration.ofDays(90));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> authority(host, Duration.ofHours(24), late).issue(member("/vo"), wish(), 1))
                .withMessageContaining("/O=Grid/CN=voms.example.org");
    }

    @Test
    void serial_numbers_are_long_and_never_the_same() throws Exception {
        Set<BigInteger> serials = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            BigInteger serial = authority
                    .issue(member("/vo"), wish(), 1)
                    .certificate()
                    .content()
                    .serial();
            assertThat(serial.bitLength()).isEqualTo(127);
            serials.add(serial);
        }
        assertThat(serials).hasSize(50);
    }

    @Test
    void targets_and_attributes_are_certified_too() throws Exception {
        GenericAttribute nickname = new GenericAttribute("nickname", "ada", "vo");
        Attested member =
                new Attested(user.certificate(), "vo", List.of(Fqan.parse("/vo")), List.of(nickname), Optional.empty());
        Wish wish = new Wish(List.of(), List.of(), Optional.empty(), List.of("https://site.example.org"));
        AttributeCertificate content =
                authority.issue(member, wish, 1).certificate().content();
        assertThat(content.attributes()).containsExactly(nickname);
        assertThat(content.targets()).containsExactly("https://site.example.org");
    }

    @Test
    void sites_know_it_by_its_name_and_that_of_its_authority() {
        assertThat(authority.lsc()).hasToString("/O=Grid/CN=voms.example.org\n/O=Grid/CN=Authority\n");
    }

    @Test
    void what_cannot_sign_is_refused_from_the_start() {
        Credential encipherment = Order.plain(Order.name("/O=Grid/CN=h"))
                .extension(Extension.basicConstraints.getId(), true, new BasicConstraints(false))
                .extension(Extension.keyUsage.getId(), true, new KeyUsage(KeyUsage.keyEncipherment))
                .signedBy(root);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> authority(encipherment, Duration.ofHours(1), NOW))
                .withMessageContaining("digitalSignature");
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> authority(host, Duration.ofHours(25), NOW));
    }
}
