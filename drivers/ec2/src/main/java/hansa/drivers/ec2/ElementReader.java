package hansa.drivers.ec2;

import java.io.ByteArrayInputStream;
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

    private static final int MAX_DEPTH = 32;

    /** Why a document cannot be read, in one line. */
    static final class Unreadable extends Exception {
        Unreadable(String message) {
            super(message);
        }

        Unreadable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** An element that is being read. */
    private record Open(String name, StringBuilder text, List<Element> children) {

        Element close() {
            return new Element(name, text.toString(), children);
        }
    }

    private ElementReader() {}

    static Element read(byte[] document) throws Unreadable {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            return read(factory.createXMLStreamReader(new ByteArrayInputStream(document)));
        } catch (XMLStreamException e) {
            throw new Unreadable("it is no XML", e);
        } catch (RuntimeException e) {
            // The JDK's reader leaves some malformed documents with exceptions that it does not declare.
            throw new Unreadable("it is no XML", e);
        }
    }

    private static Element read(XMLStreamReader xml) throws XMLStreamException, Unreadable {
        Deque<Open> open = new ArrayDeque<>();
        Optional<Element> root = Optional.empty();
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (open.size() >= MAX_DEPTH) {
                        throw new Unreadable("its elements are nested deeper than " + MAX_DEPTH);
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
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (!open.isEmpty()) {
                        open.element().text().append(xml.getText());
                    }
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new Unreadable("it has a document type or entities of its own");
                default -> {
                    // Comments and instructions say nothing.
                }
            }
        }
        return root.orElseThrow(() -> new Unreadable("it has no element"));
    }
}
