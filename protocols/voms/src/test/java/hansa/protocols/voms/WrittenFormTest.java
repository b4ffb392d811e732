package hansa.protocols.voms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The form that is written does not change by chance, since readers elsewhere depend on it. */
final class WrittenFormTest {

    private static AttributeCertificate content(List<Fqan> fqans, Instant from, Instant until) throws Exception {
        X509Certificate authority = Golden.certificate("authority.der");
        return new AttributeCertificate(
                Holder.of(Golden.certificate("user.der")),
                authority.getSubjectX500Principal(),
                BigInteger.ONE,
                from,
                until,
                new PolicyAuthority("testvo", "voms.example.org", 15000),
                fqans,
                List.of(),
                List.of(),
                List.of(authority));
    }

    @Test
    void it_is_byte_for_byte_what_a_server_in_c_writes_up_to_the_signature() throws Exception {
        AttributeCertificate theirs = VomsExtension.read(Golden.certificate("c-default.der"))
                .getFirst()
                .content();
        byte[] ours = content(
                        List.of(Fqan.parse("/testvo"), Fqan.parse("/testvo/cloud/Role=VMOperator")),
                        theirs.notBefore(),
                        theirs.notAfter())
                .sign(MadeUp.constantSigner())
                .encoded();
        String signedPart = signedPart(ours);
        assertThat(HexFormat.of().formatHex(Golden.certificate("c-default.der").getEncoded()))
                .contains(signedPart);
    }

    @Test
    void attributes_and_targets_are_wrapped_as_a_server_in_c_does() throws Exception {
        AttributeCertificate plain = content(List.of(Fqan.member("/testvo")), Instant.EPOCH, Instant.EPOCH);
        String ours = HexFormat.of()
                .formatHex(new AttributeCertificate(
                                plain.holder(),
                                plain.issuer(),
                                plain.serial(),
                                plain.notBefore(),
                                plain.notAfter(),
                                plain.authority(),
                                plain.fqans(),
                                List.of(new GenericAttribute("nick", "ada ", "testvo")),
                                List.of("site.example.org"),
                                List.of())
                        .sign(MadeUp.constantSigner())
                        .encoded());
        String theirs =
                HexFormat.of().formatHex(Golden.certificate("c-attribute.der").getEncoded());
        String identifier = "060a2b06010401be4564640b";
        int at = theirs.indexOf(identifier);
        int octets = at + identifier.length();
        int length = Integer.parseInt(theirs.substring(octets + 2, octets + 4), 16);
        assertThat(ours).contains(theirs.substring(at, octets + 4 + 2 * length));
        String host = HexFormat.of().formatHex("site.example.org".getBytes(StandardCharsets.US_ASCII));
        assertThat(ours).contains("0603551d370101ff041a" + "3018" + "3016" + "3014" + "a012" + "8610" + host);
    }

    /** The first element in it, with two bytes of length. */
    private static String signedPart(byte[] encoded) {
        int length = (encoded[6] & 0xff) << 8 | encoded[7] & 0xff;
        return HexFormat.of().formatHex(encoded, 4, 8 + length);
    }

    @Test
    void what_cannot_be_encoded_is_no_content() throws Exception {
        Instant now = Instant.parse("2026-11-25T12:00:00Z");
        assertThatIllegalArgumentException().isThrownBy(() -> content(List.of(), now, now));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> content(List.of(Fqan.member("/vo")), now, now.minusSeconds(1)));
    }
}
