package hansa.protocols.saml;

import hansa.protocols.saml.SamlException.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Reads XML that an attacker may have written: small, shallow, no document type, no entities, nothing fetched. */
final class XmlInput {

    static final int MAX_BYTES = 256 * 1024;

    private static final int MAX_DEPTH = 32;
    private static final int MAX_ATTRIBUTES = 32;
    private static final int MAX_ELEMENTS = 4_000;

    private final Set<String> ids = new HashSet<>();
    private int elements;

    private XmlInput() {}

    static Document read(byte[] bytes) throws SamlException {
        if (bytes.length > MAX_BYTES) {
            throw new SamlException(Fault.MALFORMED, "the document has more than " + MAX_BYTES + " bytes");
        }
        Document document;
        try {
            document = builder().parse(new ByteArrayInputStream(bytes));
        } catch (SAXException | IOException e) {
            throw new SamlException(Fault.MALFORMED, "the document is no XML that is taken here", e);
        }
        new XmlInput().look(document.getDocumentElement(), 1);
        return document;
    }

    private static DocumentBuilder builder() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            factory.setCoalescing(true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            factory.setAttribute("jdk.xml.maxElementDepth", String.valueOf(MAX_DEPTH));
            factory.setAttribute("jdk.xml.elementAttributeLimit", String.valueOf(MAX_ATTRIBUTES));
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Strict());
            return builder;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's own XML reader lacks a safety catch", e);
        }
    }

    /**
     * A comment is not covered by the signature, and readers that stop at it see half a name; two elements with one
     * identifier are two answers to what was signed. Nobody honest needs either.
     */
    private void look(Element element, int depth) throws SamlException {
        if (++elements > MAX_ELEMENTS || depth > MAX_DEPTH) {
            throw new SamlException(Fault.MALFORMED, "the document has too many elements");
        }
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            if (attributes.item(i) instanceof Attr attribute
                    && attribute.getLocalName().equalsIgnoreCase("id")
                    && !ids.add(attribute.getValue())) {
                throw new SamlException(Fault.FORM, "two elements of the document have the same identifier");
            }
        }
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            switch (child.getNodeType()) {
                case Node.ELEMENT_NODE -> look((Element) child, depth + 1);
                case Node.TEXT_NODE -> {}
                default ->
                    throw new SamlException(
                            Fault.FORM, "the document holds a comment, an instruction or an entity in its content");
            }
        }
    }

    private static final class Strict implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) {
            // Warnings are about style; the document is judged as a whole afterwards.
        }

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
