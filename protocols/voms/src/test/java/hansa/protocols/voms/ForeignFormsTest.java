package hansa.protocols.voms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what the programs of VOMS 2.1.0 in C wrote. */
final class ForeignFormsTest {

    private static SignedAttributeCertificate only(String name) throws Exception {
        List<SignedAttributeCertificate> all = VomsExtension.read(Golden.certificate(name));
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"c-default.der", "c-newformat.der", "c-attribute.der"})
    void every_form_says_whose_they_are_and_is_signed(String name) throws Exception {
        SignedAttributeCertificate signed = only(name);
        AttributeCertificate content = signed.content();
        X509Certificate authority = Golden.certificate("authority.der");
        assertThat(content.holder().is(Golden.certificate("user.der"))).isTrue();
        assertThat(content.holder().is(authority)).isFalse();
        assertThat(content.holder().serial()).isEqualTo(BigInteger.valueOf(77));
        assertThat(content.issuer()).isEqualTo(authority.getSubjectX500Principal());
        assertThat(content.authority()).isEqualTo(new PolicyAuthority("testvo", "voms.example.org", 15000));
        assertThat(content.fqans())
                .extracting(Fqan::toString)
                .containsExactly("/testvo", "/testvo/cloud/Role=VMOperator");
        assertThat(content.authorityChain()).containsExactly(authority);
        assertThat(signed.unknownCritical()).isEmpty();
        assertThat(signed.isSignedBy(new JcaContentVerifierProviderBuilder().build(authority.getPublicKey())))
                .isTrue();
        assertThat(signed.isSignedBy(new JcaContentVerifierProviderBuilder()
                        .build(Golden.certificate("user.der").getPublicKey())))
                .isFalse();
    }

    @Test
    void the_default_form_names_the_subject_and_the_new_form_the_issuer() throws Exception {
        X509Certificate user = Golden.certificate("user.der");
        assertThat(only("c-default.der").content().holder().name()).isEqualTo(user.getSubjectX500Principal());
        assertThat(only("c-newformat.der").content().holder().name()).isEqualTo(user.getIssuerX500Principal());
    }

    @Test
    void times_attributes_and_targets_are_read() throws Exception {
        AttributeCertificate plain = only("c-default.der").content();
        assertThat(plain.notBefore()).isEqualTo(Instant.parse("2026-11-25T21:09:44Z"));
        assertThat(plain.notAfter()).isEqualTo(Instant.parse("2026-11-26T21:09:44Z"));
        assertThat(plain.targets()).isEmpty();
        assertThat(plain.isFor("anybody.example.org")).isTrue();
        assertThat(only("c-attribute.der").content().attributes())
                .containsExactly(new GenericAttribute("nick", "ada ", "testvo"));
    }

    /** What the program wrote when it was told of a target: it lost the name, so it is meant for nobody. */
    @Test
    void targets_that_name_nobody_are_refused() {
        assertThatExceptionOfType(VomsSyntaxException.class)
                .isThrownBy(() -> only("c-target.der"))
                .withMessageContaining("targets");
    }

    @Test
    void a_certificate_without_the_extension_has_none() throws Exception {
        assertThat(VomsExtension.read(Golden.certificate("user.der"))).isEmpty();
    }
}
