package hansa.protocols.opennebula;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/**
 * Attributes as they are given to OpenNebula, for a machine, an image, a network or a part of them.
 *
 * <p>They are written as XML, which OpenNebula takes in place of its own syntax: that one has no way to end a value with
 * a backslash, so a name that does would swallow the attributes after it. Two things OpenNebula does to what it is given
 * matter to whoever writes it: an attribute with an empty value is dropped as if it were not there; and values are kept and
 * told in CDATA sections without any escape, so that {@code ]]>} in a value would end its section and let what follows
 * become elements of the machine's own document. Here it is written with a blank before its end.
 *
 * @param attributes in order; names may repeat
 */
public record Template(List<Attribute> attributes) {

    public static final Template EMPTY = new Template(List.of());

    public Template {
        attributes = List.copyOf(attributes);
    }

    /** An attribute. */
    public sealed interface Attribute {

        String name();

        /** {@code NAME="value"}. */
        record Single(String name, String value) implements Attribute {

            public Single {
                requireName(name);
            }
        }

        /** {@code NAME=[KEY="value", …]}. */
        record Vector(String name, SequencedMap<String, String> values) implements Attribute {

            public Vector {
                requireName(name);
                values = new LinkedHashMap<>(values);
                values.keySet().forEach(Attribute::requireName);
            }

            @Override
            public SequencedMap<String, String> values() {
                return Collections.unmodifiableSequencedMap(values);
            }
        }

        private static void requireName(String name) {
            if (!name.matches("[A-Z_][A-Z0-9_]{0,127}")) {
                throw new IllegalArgumentException("an attribute's name has A-Z, 0-9 and _: '" + name + "'");
            }
        }
    }

    public Template with(String name, String value) {
        return with(new Attribute.Single(name, value));
    }

    public Template with(String name, SequencedMap<String, String> values) {
        return with(new Attribute.Vector(name, values));
    }

    private Template with(Attribute attribute) {
        List<Attribute> all = new ArrayList<>(attributes);
        all.add(attribute);
        return new Template(all);
    }

    public String toXml() {
        StringBuilder out = new StringBuilder("<TEMPLATE>");
        for (Attribute attribute : attributes) {
            switch (attribute) {
                case Attribute.Single(String name, String value) -> element(out, name, value);
                case Attribute.Vector(String name, SequencedMap<String, String> values) -> {
                    out.append('<').append(name).append('>');
                    values.forEach((key, value) -> element(out, key, value));
                    out.append("</").append(name).append('>');
                }
            }
        }
        return out.append("</TEMPLATE>").toString();
    }

    /** What OpenNebula keeps of a value: a text that can stand in a CDATA section. */
    public static String kept(String value) {
        return value.replace("]]>", "]] >");
    }

    private static void element(StringBuilder out, String name, String value) {
        out.append('<').append(name).append('>');
        XmlText.write(out, kept(value));
        out.append("</").append(name).append('>');
    }
}
