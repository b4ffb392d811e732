package hansa.protocols.opennebula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class XmlRpcTest {

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void a_call_is_written_as_oned_reads_it() {
        MethodCall call = new MethodCall("one.vm.info", List.of(Value.of("ada:a<b"), Value.of(7), Value.of(false)));
        assertThat(new String(call.toXml(), StandardCharsets.UTF_8)).isEqualTo("""
                <?xml version="1.0" encoding="UTF-8"?>
                <methodCall><methodName>one.vm.info</methodName><params>\
                <param><value><string>ada:a&lt;b</string></value></param>\
                <param><value><i4>7</i4></value></param>\
                <param><value><boolean>0</boolean></value></param></params></methodCall>""");
    }

    @Test
    void a_call_does_not_show_its_session() {
        assertThat(new MethodCall("one.vm.info", List.of(Value.of("ada:secret"))))
                .hasToString("one.vm.info");
    }

    @Test
    void whatever_is_written_is_read_again() throws OpenNebulaSyntaxException {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 500; round++) {
            List<Value> parameters = new ArrayList<>();
            for (int i = random.nextInt(5); i > 0; i--) {
                parameters.add(anyValue(random, 3));
            }
            MethodCall call = new MethodCall("one.vm.m" + round, parameters);
            assertThat(MethodCall.read(call.toXml())).as("seed %d", seed).isEqualTo(call);
            MethodResponse.Returned response = new MethodResponse.Returned(anyValue(random, 4));
            assertThat(MethodResponse.read(response.toXml()))
                    .as("seed %d", seed)
                    .isEqualTo(response);
        }
    }

    private static Value anyValue(SplittableRandom random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 5)) {
            case 0 -> Value.of(random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L));
            case 1 -> Value.of(random.nextBoolean());
            case 2 -> new Value.Fraction(random.nextInt(-1_000_000, 1_000_000) / 64.0);
            case 3 -> Value.of(anyText(random));
            default -> {
                List<Value> values = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    values.add(anyValue(random, depth - 1));
                }
                yield new Value.Array(values);
            }
        };
    }

    static String anyText(SplittableRandom random) {
        String alphabet = "ab \"\\<>&'[]=,#\n\r\t]]>é€😀$";
        int[] points = alphabet.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }

    @Test
    void an_answer_is_done_or_refused_with_the_words_of_oned() throws OpenNebulaSyntaxException {
        String refused = """
                <?xml version="1.0" encoding="UTF-8"?><methodResponse><params><param><value><array><data>
                <value><boolean>0</boolean></value>
                <value><string>[one.vm.info] Error getting virtual machine [999].</string></value>
                <value><i4>1024</i4></value><value><i4>999</i4></value><value><i4>-1</i4></value>
                </data></array></value></param></params></methodResponse>""";
        MethodResponse.Returned returned = (MethodResponse.Returned) MethodResponse.read(utf8(refused));
        Reply.Refused reply = (Reply.Refused) Reply.of(returned.value());
        assertThat(reply.kind()).isEqualTo(ErrorKind.NO_EXISTS);
        assertThat(reply.message()).isEqualTo("[one.vm.info] Error getting virtual machine [999].");
        Value done = new Value.Array(List.of(Value.of(true), Value.of("7.4.0"), Value.of(0)));
        assertThat(Reply.of(done)).isEqualTo(new Reply.Done(Value.of("7.4.0")));
    }

    @Test
    void an_unknown_method_is_a_fault() throws OpenNebulaSyntaxException {
        MethodResponse.Fault fault = new MethodResponse.Fault(-506, "Method 'one.no' not defined");
        assertThat(MethodResponse.read(fault.toXml())).isEqualTo(fault);
    }

    @Test
    void documents_with_a_type_entities_or_too_much_depth_are_refused() {
        for (String bad : List.of(
                "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
                "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>",
                "<a>".repeat(100) + "</a>".repeat(100),
                "<a>&b;</a>",
                "<a><b></a>",
                "",
                "no xml")) {
            assertThatThrownBy(() -> Element.read(bad))
                    .as(bad)
                    .isInstanceOf(OpenNebulaSyntaxException.class)
                    .message()
                    .doesNotContain("\n");
        }
    }

    @Test
    void answers_of_another_form_are_refused() {
        for (String bad : List.of(
                "<html/>",
                "<methodResponse/>",
                "<methodResponse><params/></methodResponse>",
                "<methodResponse><params><param><value><i4>x</i4></value></param></params></methodResponse>",
                "<methodResponse><params><param><value><base64>eA==</base64></value></param></params></methodResponse>")) {
            assertThatThrownBy(() -> MethodResponse.read(utf8(bad)))
                    .as(bad)
                    .isInstanceOf(OpenNebulaSyntaxException.class);
        }
        assertThatThrownBy(() -> Reply.of(Value.of("hello"))).isInstanceOf(OpenNebulaSyntaxException.class);
    }
}
