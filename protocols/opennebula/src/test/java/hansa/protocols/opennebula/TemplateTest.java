package hansa.protocols.opennebula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TemplateTest {

    private static SequencedMap<String, String> of(String key, String value) {
        SequencedMap<String, String> map = new LinkedHashMap<>();
        map.put(key, value);
        return map;
    }

    @Test
    void attributes_are_written_in_order() {
        Template template = Template.EMPTY
                .with("NAME", "a & b")
                .with("DISK", of("IMAGE_ID", "0"))
                .with("DISK", of("IMAGE_ID", "1"));
        assertThat(template.toXml())
                .isEqualTo("<TEMPLATE><NAME>a &amp; b</NAME><DISK><IMAGE_ID>0</IMAGE_ID></DISK>"
                        + "<DISK><IMAGE_ID>1</IMAGE_ID></DISK></TEMPLATE>");
    }

    /** No value becomes an attribute, and none is lost. */
    @Test
    void no_value_breaks_out_of_its_attribute() throws OpenNebulaSyntaxException {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 500; round++) {
            String single = XmlRpcTest.anyText(random);
            String inside = XmlRpcTest.anyText(random);
            Element read = Element.read(Template.EMPTY
                    .with("NAME", single)
                    .with("NIC", of("X", inside))
                    .toXml());
            assertThat(read.children()).as("seed %d", seed).hasSize(2);
            assertThat(read.children().getFirst().text()).as("seed %d", seed).isEqualTo(Template.kept(single));
            assertThat(read.children().getLast().children()).as("seed %d", seed).hasSize(1);
            assertThat(read.children().getLast().child("X").orElseThrow().text())
                    .as("seed %d", seed)
                    .isEqualTo(Template.kept(inside));
        }
    }

    /** OpenNebula puts values into CDATA sections as they are. */
    @Test
    void no_value_ends_the_section_that_it_is_kept_in() throws OpenNebulaSyntaxException {
        String hostile = "x]]></NAME><HANSA_TOKEN>other</HANSA_TOKEN><NAME><![CDATA[]]]>";
        String kept = Element.read(Template.EMPTY.with("NAME", hostile).toXml())
                .text("NAME")
                .orElseThrow();
        Element told = Element.read("<USER_TEMPLATE><NAME><![CDATA[" + kept + "]]></NAME></USER_TEMPLATE>");
        assertThat(told.children()).singleElement().extracting(Element::text).isEqualTo(kept);
        assertThat(Template.kept("a]]>b")).isEqualTo("a]] >b");
        assertThat(Template.kept("a]] > ] b")).isEqualTo("a]] > ] b");
    }

    @Test
    void what_xml_cannot_hold_is_replaced() throws OpenNebulaSyntaxException {
        String xml = Template.EMPTY.with("NAME", "a\u0000\u001bb\ud800c").toXml();
        assertThat(Element.read(xml).text("NAME")).contains("a\ufffd\ufffdb\ufffdc");
    }

    @Test
    void names_of_attributes_are_words() {
        for (String bad : new String[] {"", "a", "A B", "A><B", "A=\"B\"", "1A"}) {
            assertThatThrownBy(() -> Template.EMPTY.with(bad, "x")).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
