package hansa.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class XmlTest {

    @Test
    void everything_that_could_end_a_text_or_an_attribute_is_escaped() {
        Xml xml = Xml.element("a", "b", "'\"<>&\n").with(Xml.text("c", "]]><x/>&amp;\r"));
        assertThat(xml.render()).isEqualTo("""
                <a b='&apos;&quot;&lt;&gt;&amp;&#10;'>
                  <c>]]&gt;&lt;x/&gt;&amp;amp;&#13;</c>
                </a>
                """);
    }

    @Test
    void what_is_rendered_is_parsed_back_to_the_same() {
        long seed = System.nanoTime();
        RandomGenerator random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            Xml xml = tree(random, 3);
            assertThat(Xml.parse(xml.render())).as("seed %d, tree %d", seed, i).isEqualTo(xml);
        }
    }

    private static Xml tree(RandomGenerator random, int depth) {
        List<Xml> children = new ArrayList<>();
        for (int i = 0; depth > 0 && i < random.nextInt(4); i++) {
            children.add(tree(random, depth - 1));
        }
        Xml element = Xml.element("e" + random.nextInt(9), "one", anyText(random), "two", anyText(random));
        return children.isEmpty() ? element.withText(anyText(random)) : element.with(children);
    }

    /** Any characters that XML can hold. */
    private static String anyText(RandomGenerator random) {
        String special = "<>&'\"\n\t\r ]-!?;#ä€𝄞\u0085\u2028";
        int[] all = special.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(12); length > 0; length--) {
            text.appendCodePoint(random.nextBoolean() ? all[random.nextInt(all.length)] : random.nextInt(0x20, 0xD800));
        }
        return text.toString();
    }

    @Test
    void characters_that_xml_cannot_hold_become_replacement_characters() {
        String text = "a\u0000b\u001bc\uFFFEd" + (char) 0xD800 + "e";
        assertThat(Xml.parse(Xml.text("t", text).render()).text()).isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe");
    }

    @Test
    void document_types_are_refused() {
        assertThatThrownBy(() -> Xml.parse("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
