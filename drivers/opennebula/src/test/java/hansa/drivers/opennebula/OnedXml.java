package hansa.drivers.opennebula;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Documents as oned writes them: values in CDATA, without any escape. */
final class OnedXml {

    private final StringBuilder out = new StringBuilder();

    OnedXml value(String name, Object value) {
        out.append('<')
                .append(name)
                .append("><![CDATA[")
                .append(value)
                .append("]]></")
                .append(name)
                .append('>');
        return this;
    }

    OnedXml number(String name, long value) {
        out.append('<')
                .append(name)
                .append('>')
                .append(value)
                .append("</")
                .append(name)
                .append('>');
        return this;
    }

    OnedXml in(String name, Consumer<OnedXml> content) {
        out.append('<').append(name).append('>');
        content.accept(this);
        out.append("</").append(name).append('>');
        return this;
    }

    /** What oned writes without CDATA. */
    OnedXml text(String text) {
        out.append(text.replace("&", "&amp;").replace("<", "&lt;"));
        return this;
    }

    OnedXml raw(String xml) {
        out.append(xml);
        return this;
    }

    OnedXml values(Map<String, String> values) {
        values.forEach(this::value);
        return this;
    }

    OnedXml vectors(String name, List<? extends Map<String, String>> vectors) {
        vectors.forEach(vector -> in(name, inside -> inside.values(vector)));
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
