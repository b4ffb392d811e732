package hansa.protocols.saml;

import hansa.protocols.saml.SamlException.Fault;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** An element as it is read: by namespace and name, never by prefix. */
record Tag(Element element) {

    static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
    static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
    static final String SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";

    private static final int LONGEST = 4_096;

    boolean is(String namespace, String name) {
        return namespace.equals(element.getNamespaceURI()) && name.equals(element.getLocalName());
    }

    String name() {
        return element.getLocalName();
    }

    List<Tag> children() {
        List<Tag> children = new ArrayList<>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element found) {
                children.add(new Tag(found));
            }
        }
        return children;
    }

    List<Tag> children(String namespace, String name) {
        return children().stream().filter(child -> child.is(namespace, name)).toList();
    }

    /** @throws SamlException if there are several */
    Optional<Tag> child(String namespace, String name) throws SamlException {
        List<Tag> found = children(namespace, name);
        if (found.size() > 1) {
            throw new SamlException(Fault.MALFORMED, name() + " holds " + name + " more than once");
        }
        return found.stream().findFirst();
    }

    Tag required(String namespace, String name) throws SamlException {
        return child(namespace, name).orElseThrow(() -> new SamlException(Fault.MALFORMED, name() + " lacks " + name));
    }

    /** How often an element stands here or anywhere below. */
    int count(String namespace, String name) {
        int count = is(namespace, name) ? 1 : 0;
        for (Tag child : children()) {
            count += child.count(namespace, name);
        }
        return count;
    }

    /** All text of an element without elements; never empty. */
    String text() throws SamlException {
        if (!children().isEmpty()) {
            throw new SamlException(Fault.MALFORMED, name() + " holds elements instead of text");
        }
        return checked(name(), element.getTextContent());
    }

    Optional<String> attribute(String attribute) throws SamlException {
        return element.hasAttributeNS(null, attribute)
                ? Optional.of(checked(attribute, element.getAttributeNS(null, attribute)))
                : Optional.empty();
    }

    String requiredAttribute(String attribute) throws SamlException {
        return attribute(attribute)
                .orElseThrow(() -> new SamlException(Fault.MALFORMED, name() + " lacks " + attribute));
    }

    Optional<Instant> instant(String attribute) throws SamlException {
        Optional<String> text = attribute(attribute);
        try {
            return text.map(Instant::parse);
        } catch (DateTimeException e) {
            throw new SamlException(Fault.MALFORMED, attribute + " is no time in UTC", e);
        }
    }

    private static String checked(String what, String raw) throws SamlException {
        String text = raw.strip();
        if (text.isEmpty() || text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw new SamlException(
                    Fault.MALFORMED, what + " is empty, longer than " + LONGEST + " or holds control characters");
        }
        return text;
    }
}
