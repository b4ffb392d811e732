package hansa.drivers.libvirt;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * An XML element as libvirt uses them: attributes, then either text or children. Prefixes are part of the names.
 * Rendering escapes everything; characters that XML cannot hold become U+FFFD.
 */
record Xml(String name, SequencedMap<String, String> attributes, List<Xml> children, String text) {

    Xml {
        attributes = new LinkedHashMap<>(attributes);
        children = List.copyOf(children);
    }

    /** An element with attributes, given as name, value, name, value … */
    static Xml element(String name, String... attributes) {
        SequencedMap<String, String> pairs = new LinkedHashMap<>();
        for (int i = 0; i < attributes.length; i += 2) {
            pairs.put(attributes[i], attributes[i + 1]);
        }
        return new Xml(name, pairs, List.of(), "");
    }

    static Xml text(String name, String text) {
        return new Xml(name, new LinkedHashMap<>(), List.of(), text);
    }

    Xml with(Xml... more) {
        return with(List.of(more));
    }

    Xml with(List<Xml> more) {
        return new Xml(
                name,
                attributes,
                Stream.concat(children.stream(), more.stream()).toList(),
                text);
    }

    /** With this child instead of those of the same name. */
    Xml replacing(Xml child) {
        List<Xml> others =
                children.stream().filter(c -> !c.name.equals(child.name)).toList();
        return new Xml(
                name,
                attributes,
                Stream.concat(others.stream(), Stream.of(child)).toList(),
                text);
    }

    Xml withAttribute(String attribute, String value) {
        SequencedMap<String, String> changed = new LinkedHashMap<>(attributes);
        changed.put(attribute, value);
        return new Xml(name, changed, children, text);
    }

    Xml withText(String changed) {
        return new Xml(name, attributes, children, changed);
    }

    /** The value of an attribute, or empty text. */
    String attribute(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    Optional<Xml> child(String childName) {
        return children.stream().filter(c -> c.name.equals(childName)).findFirst();
    }

    List<Xml> children(String childName) {
        return children.stream().filter(c -> c.name.equals(childName)).toList();
    }

    /** The attribute of a child, or empty text where there is no such child or attribute. */
    String childAttribute(String childName, String attribute) {
        return child(childName).map(c -> c.attribute(attribute)).orElse("");
    }

    String childText(String childName) {
        return child(childName).map(Xml::text).orElse("");
    }

    /** The same tree with every element put through the function, leaves first. */
    Xml map(UnaryOperator<Xml> change) {
        List<Xml> changed = children.stream().map(c -> c.map(change)).toList();
        return change.apply(new Xml(name, attributes, changed, text));
    }

    String render() {
        StringBuilder out = new StringBuilder(1024);
        render(out, "");
        return out.toString();
    }

    private void render(StringBuilder out, String indent) {
        out.append(indent).append('<').append(name);
        attributes.forEach((key, value) -> {
            out.append(' ').append(key).append("='");
            escape(value, out);
            out.append('\'');
        });
        if (!children.isEmpty()) {
            out.append(">\n");
            children.forEach(child -> child.render(out, indent + "  "));
            out.append(indent).append("</").append(name).append(">\n");
        } else if (!text.isEmpty()) {
            out.append('>');
            escape(text, out);
            out.append("</").append(name).append(">\n");
        } else {
            out.append("/>\n");
        }
    }

    private static void escape(String value, StringBuilder out) {
        for (int i = 0; i < value.length(); ) {
            int c = value.codePointAt(i);
            i += Character.charCount(c);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '\'' -> out.append("&apos;");
                case '"' -> out.append("&quot;");
                case '\t', '\n', '\r' -> out.append("&#").append(c).append(';');
                default -> out.appendCodePoint(isXmlCharacter(c) ? c : 0xFFFD);
            }
        }
    }

    private static boolean isXmlCharacter(int c) {
        return c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000 && c <= 0x10FFFF;
    }

    /** @throws IllegalArgumentException when it is not XML, or has a document type */
    static Xml parse(String document) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setNamespaceAware(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return of(builder.parse(new InputSource(new StringReader(document))).getDocumentElement());
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new IllegalArgumentException("not XML: " + e.getMessage(), e);
        }
    }

    private static Xml of(Element element) {
        SequencedMap<String, String> attributes = new LinkedHashMap<>();
        var found = element.getAttributes();
        for (int i = 0; i < found.getLength(); i++) {
            attributes.put(found.item(i).getNodeName(), found.item(i).getNodeValue());
        }
        List<Xml> children = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(of(child));
            }
        }
        return new Xml(element.getTagName(), attributes, children, children.isEmpty() ? element.getTextContent() : "");
    }
}
