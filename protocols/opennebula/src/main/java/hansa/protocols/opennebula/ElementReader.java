package hansa.protocols.opennebula;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads XML that whoever answers may have written: bounded depth, no document type, no entities, nothing fetched. */
final class ElementReader {

    static final int MAX_DEPTH = 64;

    /** An element that is being read. */
    private record Open(String name, StringBuilder text, List<Element> children) {

        Element close() {
            return new Element(name, text.toString(), children);
        }
    }

    private ElementReader() {}

    static Element read(String document) throws OpenNebulaSyntaxException {
        try {
            return read(factory().createXMLStreamReader(new StringReader(document)));
        } catch (XMLStreamException e) {
            throw noXml(e);
        }
    }

    static Element read(byte[] document) throws OpenNebulaSyntaxException {
        try {
            InputStream stream = new ByteArrayInputStream(document);
            return read(factory().createXMLStreamReader(stream));
        } catch (XMLStreamException e) {
            throw noXml(e);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private static Element read(XMLStreamReader xml) throws OpenNebulaSyntaxException {
        Deque<Open> open = new ArrayDeque<>();
        Optional<Element> root = Optional.empty();
        try {
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        if (open.size() >= MAX_DEPTH) {
                            throw new OpenNebulaSyntaxException("elements are nested deeper than " + MAX_DEPTH);
                        }
                        open.push(new Open(xml.getLocalName(), new StringBuilder(), new ArrayList<>()));
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        Element element = open.pop().close();
                        if (open.isEmpty()) {
                            root = Optional.of(element);
                        } else {
                            open.element().children().add(element);
                        }
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                        if (!open.isEmpty()) {
                            open.element().text().append(xml.getText());
                        }
                    }
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw new OpenNebulaSyntaxException("the document has a document type or entities of its own");
                    default -> {
                        // Comments and instructions say nothing.
                    }
                }
            }
        } catch (XMLStreamException e) {
            throw noXml(e);
        } catch (RuntimeException e) {
            // The JDK's reader leaves some malformed documents with exceptions that it does not declare.
            throw new OpenNebulaSyntaxException("the document is no XML", e);
        }
        return root.orElseThrow(() -> new OpenNebulaSyntaxException("the document has no element"));
    }

    private static OpenNebulaSyntaxException noXml(XMLStreamException cause) {
        return new OpenNebulaSyntaxException("the document is no XML", cause);
    }
}
