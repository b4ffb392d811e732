package hansa.protocols.voms;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input of an attacker costs no more than its length, and is refused in one line. */
final class HostileDerTest {

    private static void refused(byte[] der, String why) {
        assertThatExceptionOfType(VomsSyntaxException.class)
                .isThrownBy(() -> VomsExtension.read(der))
                .withMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "30", "3080", "30800000", "308400000001", "3003020101ff", "30050201", "1f810100", "3005"})
    void what_is_no_der_is_refused(String hex) {
        assertThatExceptionOfType(VomsSyntaxException.class)
                .isThrownBy(() -> VomsExtension.read(HexFormat.of().parseHex(hex)));
    }

    @Test
    void depth_is_bounded() {
        byte[] der = {0x30, 0x00};
        for (int i = 0; i < 200; i++) {
            der = sequence(der);
        }
        refused(der, "nested more than");
    }

    @Test
    void the_number_of_elements_is_bounded() {
        byte[] many = new byte[60_000];
        for (int i = 0; i < many.length; i += 2) {
            many[i] = 0x05;
        }
        refused(sequence(many), "elements");
    }

    @Test
    void the_length_is_bounded() {
        refused(new byte[VomsExtension.MOST_BYTES + 1], "bytes");
    }

    @Test
    void the_number_of_attribute_certificates_is_bounded() throws Exception {
        byte[] one = VomsExtension.encode(VomsExtension.read(Golden.certificate("c-default.der")));
        byte[] inner = Arrays.copyOfRange(one, 8, one.length);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i <= VomsExtension.MOST; i++) {
            all.write(inner);
        }
        refused(sequence(sequence(all.toByteArray())), "more than " + VomsExtension.MOST);
    }

    @Test
    void something_else_than_attribute_certificates_is_refused() {
        refused(sequence(sequence(sequence(new byte[] {0x02, 0x01, 0x01}))), "");
        refused(sequence(new byte[] {0x02, 0x01, 0x01}), "no sequence of attribute certificates");
    }

    private static byte[] sequence(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x30);
        out.write(0x83);
        out.write(content.length >> 16);
        out.write(content.length >> 8);
        out.write(content.length);
        out.writeBytes(content);
        return out.toByteArray();
    }
}
