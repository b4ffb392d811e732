package hansa.protocols.occi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SinkTest {
    private final Sink sink = new Sink(0);

    @Test
    void textIsUtf8() {
        assertThat(sink.put("aü€😀").toBytes()).isEqualTo("aü€😀".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aQuotedStringStaysOnItsLine() {
        assertThat(sink.quoted("a\"b\\c\r\nd\u007fü").toString()).isEqualTo("\"a\\\"b\\\\c  d ü\"");
    }

    @Test
    void aUriCannotEndEarly() {
        assertThat(sink.uri("/a b>\"\r\n<ü?x=1&y#z%20").toString()).isEqualTo("/a%20b%3E%22%0D%0A%3C%C3%BC?x=1&y#z%20");
    }

    @Test
    void aJsonStringEscapesWhatItMust() {
        assertThat(sink.jsonString("a\"\\\n\u0001ü😀/").toString()).isEqualTo("\"a\\\"\\\\\\u000a\\u0001ü😀/\"");
    }

    @Test
    void itGrowsAndIsUsedAgain() throws IOException {
        for (int i = 0; i < 1000; i++) {
            sink.put("0123456789");
        }
        assertThat(sink.size()).isEqualTo(10_000);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sink.writeTo(out);
        assertThat(out.size()).isEqualTo(10_000);
        assertThat(sink.reset().put('x').toString()).isEqualTo("x");
    }

    @Test
    void valuesMatchAsAFilterMeansIt() {
        assertThat(AttributeValue.of(2).matches(AttributeValue.of(new BigDecimal("2.00"))))
                .isTrue();
        assertThat(AttributeValue.of("2").matches(AttributeValue.of(2))).isTrue();
        assertThat(AttributeValue.of(2).matches(AttributeValue.of("2"))).isTrue();
        assertThat(AttributeValue.of(true).matches(AttributeValue.of("true"))).isTrue();
        assertThat(AttributeValue.of("a").matches(AttributeValue.of("b"))).isFalse();
    }
}
