package hansa.protocols.occi.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.protocols.occi.Limits;
import hansa.protocols.occi.OcciSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileTextTest {
    private static final Limits WIDE = new Limits(1 << 26, 1 << 26, 1 << 26, 1 << 26, 16);

    private static long steps(String body) {
        FieldScanner scanner = new FieldScanner(WIDE);
        try {
            TextPlainReader.scan(body, scanner);
        } catch (OcciSyntaxException _) {
            // What is not accepted must not cost more either.
            return scanner.steps();
        }
        return scanner.steps();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-OCCI-Attribute: a=\"\\\"",
                "X-OCCI-Attribute: a=1,,,,,,\n",
                "X-OCCI-Attribute: a=\"b\n c\"\n",
                "Category: a;;;;;; scheme=\"x#\"\n",
                "Category: a; scheme=\"x#\"; attributes=\"a{b} a{\"\n",
                "Category: a; scheme=\"x#\"; actions=\"a#b a##b #\"\n",
                "Link: </a>; rel=\"a#b a#b\"; x=1; y=\"2\"\n",
                "Link: <",
                "Link: </a>, ",
                "X-OCCI-Location: /a ,\n \n",
                "\n",
                "OK\n",
                " \t",
                "\"",
                "\\",
                ";",
                "{",
            })
    void theWorkGrowsNoFasterThanTheInput(String piece) {
        for (int size : new int[] {1_000, 16_000}) {
            for (String start :
                    new String[] {"", "Category: a; scheme=\"", "X-OCCI-Attribute: a=\"", "Link: </a>; rel="}) {
                String body = start + piece.repeat(size);
                assertThat(steps(body)).isLessThanOrEqualTo(2L * body.length() + 2);
            }
        }
    }

    @Test
    void everyLimitIsKept() {
        TextPlainReader narrow = new TextPlainReader(new Limits(200, 3, 10, 20, 1));
        assertThatThrownBy(() -> narrow.read("X".repeat(201))).hasMessageContaining("longer than 200 characters");
        assertThatThrownBy(() -> narrow.read(new byte[201])).hasMessageContaining("longer than 200 characters");
        assertThatThrownBy(() -> narrow.read("X-OCCI-Attribute: a=1, b=1, c=1, d=1"))
                .hasMessageContaining("More than 3 entries");
        assertThatThrownBy(() -> narrow.read("Link: </a>; a=1; b=1; c=1")).hasMessageContaining("More than 3 entries");
        assertThatThrownBy(() -> narrow.read("X-OCCI-Attribute: abcdefghijk=1"))
                .hasMessageContaining("A name is longer than 10");
        assertThatThrownBy(() -> narrow.read("X-OCCI-Attribute: a=\"" + "x".repeat(21) + '"'))
                .hasMessageContaining("A value is longer than 20");
        assertThatThrownBy(() -> new UriListReader(new Limits(200, 2, 10, 20, 1)).read("/a\n/b\n/c"))
                .hasMessageContaining("More than 2 entries");
    }
}
