package hansa.protocols.voms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VomsAnswerTest {

    private static SignedAttributeCertificate certificate() throws Exception {
        return VomsExtension.read(Golden.certificate("c-default.der")).getFirst();
    }

    @Test
    void a_certificate_is_answered_with_its_warnings() throws Exception {
        VomsAnswer answer = new VomsAnswer.Granted(certificate(), List.of("validity < 24 hours & \u00fc"));
        byte[] xml = answer.write();
        assertThat(new String(xml, StandardCharsets.UTF_8))
                .startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<voms><version>3</version><ac>MII")
                .endsWith("\n</ac><warning>validity &lt; 24 hours &amp; \u00fc</warning></voms>\n");
        assertThat(VomsAnswer.read(xml)).isEqualTo(answer);
    }

    @Test
    void base_64_is_written_in_lines_that_openssl_reads() throws Exception {
        String xml = new String(new VomsAnswer.Granted(certificate(), List.of()).write(), StandardCharsets.UTF_8);
        List<String> lines = xml.substring(xml.indexOf("<ac>") + 4, xml.indexOf("</ac>"))
                .lines()
                .toList();
        assertThat(lines).hasSizeGreaterThan(10).allMatch(line -> line.length() <= 64);
        assertThat(xml).contains(lines.getLast() + "\n</ac>");
    }

    @Test
    void an_error_has_a_code_and_a_message() throws Exception {
        VomsAnswer answer = new VomsAnswer.Refused(VomsAnswer.Code.NO_SUCH_USER, "Who is <that>?\u0001");
        assertThat(new String(answer.write(), StandardCharsets.UTF_8))
                .contains("<error><code>NoSuchUser</code><message>Who is &lt;that&gt;??</message></error>");
        assertThat(VomsAnswer.read(answer.write()))
                .isEqualTo(new VomsAnswer.Refused(VomsAnswer.Code.NO_SUCH_USER, "Who is <that>??"));
        assertThat(VomsAnswer.read(bytes("<voms><error><code>New</code><message>m</message></error></voms>")))
                .isEqualTo(new VomsAnswer.Refused(VomsAnswer.Code.INTERNAL_ERROR, "m"));
    }

    @Test
    void lines_of_base_64_are_read() throws Exception {
        String text = Base64.getMimeEncoder().encodeToString(certificate().encoded());
        assertThat(VomsAnswer.read(bytes("<voms><ac>\n" + text + "\n</ac></voms>")))
                .isEqualTo(new VomsAnswer.Granted(certificate(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<voms/>",
                "<html/>",
                "<voms><ac>AAAA</ac></voms>",
                "<voms><ac>!</ac></voms>",
                "<!DOCTYPE voms><voms><ac>AAAA</ac></voms>",
                "<!DOCTYPE voms [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><voms><ac>&a;</ac></voms>",
                "<voms><error><code><b/></code></error></voms>"
            })
    void what_is_no_answer_is_refused(String xml) {
        assertThatExceptionOfType(VomsSyntaxException.class).isThrownBy(() -> VomsAnswer.read(bytes(xml)));
    }

    private static byte[] bytes(String xml) {
        return xml.getBytes(StandardCharsets.UTF_8);
    }
}
