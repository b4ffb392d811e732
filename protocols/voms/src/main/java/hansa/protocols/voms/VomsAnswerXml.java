package hansa.protocols.voms;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The answer as XML: without document types, without entities, one pass. */
final class VomsAnswerXml {

    private static final int MOST_WARNINGS = 16;

    /** Clients in C take text without a line feed for an encoding of their own, and want one behind the last line too. */
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Optional<SignedAttributeCertificate> certificate = Optional.empty();
    private final List<String> warnings = new ArrayList<>();
    private String code = "";
    private String message = "";
    private boolean error;

    private VomsAnswerXml() {}

    static byte[] write(VomsAnswer answer) {
        StringBuilder xml = new StringBuilder(512).append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<voms>");
        element(xml, "version", Integer.toString(VomsAnswer.VERSION));
        switch (answer) {
            case VomsAnswer.Granted granted -> {
                element(xml, "ac", LINES.encodeToString(granted.certificate().encoded()) + "\n");
                granted.warnings().forEach(warning -> element(xml, "warning", warning));
            }
            case VomsAnswer.Refused(VomsAnswer.Code code, String message) -> {
                xml.append("<error>");
                element(xml, "code", code.text());
                element(xml, "message", message);
                xml.append("</error>");
            }
        }
        return xml.append("</voms>\n").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void element(StringBuilder xml, String name, String text) {
        xml.append('<').append(name).append('>');
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> xml.append("&amp;");
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                default -> xml.appendCodePoint(isCharacter(c) ? c : '?');
            }
        });
        xml.append("</").append(name).append('>');
    }

    /** What XML 1.0 §2.2 allows, save the carriage return, which would not come back. */
    private static boolean isCharacter(int c) {
        return c == '\t' || c == '\n' || c >= ' ' && c <= 0xd7ff || c >= 0xe000 && c <= 0xfffd || c >= 0x10000;
    }

    static VomsAnswer read(byte[] xml) throws VomsSyntaxException {
        if (xml.length > VomsAnswer.MOST_BYTES) {
            throw new VomsSyntaxException("An answer has at most " + VomsAnswer.MOST_BYTES + " bytes");
        }
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
            return new VomsAnswerXml().read(reader);
        } catch (XMLStreamException e) {
            throw new VomsSyntaxException("The answer is no XML that is read here", e);
        } catch (RuntimeException e) {
            // the parser of the platform tells of some malformed input by unchecked exceptions
            throw new VomsSyntaxException("The answer is no XML that is read here", e);
        }
    }

    private VomsAnswer read(XMLStreamReader reader) throws XMLStreamException, VomsSyntaxException {
        boolean root = false;
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.DTD) {
                throw new VomsSyntaxException("An answer has no document type");
            }
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (!root && !reader.getLocalName().equals("voms")) {
                    throw new VomsSyntaxException("An answer begins with <voms>");
                }
                root = true;
                element(reader);
            }
        }
        if (error) {
            return new VomsAnswer.Refused(VomsAnswer.Code.of(code), message);
        }
        return new VomsAnswer.Granted(
                certificate.orElseThrow(
                        () -> new VomsSyntaxException("The answer has neither a certificate nor an error")),
                warnings);
    }

    private void element(XMLStreamReader reader) throws XMLStreamException, VomsSyntaxException {
        switch (reader.getLocalName()) {
            case "error" -> error = true;
            case "code" -> code = reader.getElementText().strip();
            case "message" -> message = reader.getElementText();
            case "ac" -> certificate = Optional.of(SignedAttributeCertificate.read(base64(reader.getElementText())));
            case "warning" -> {
                if (warnings.size() == MOST_WARNINGS) {
                    throw new VomsSyntaxException("An answer has at most " + MOST_WARNINGS + " warnings");
                }
                warnings.add(reader.getElementText());
            }
            default -> {
                // the root, the version, and what servers to come may add
            }
        }
    }

    /** Some servers break the lines, some use the alphabet of RFC 4648 §5. */
    private static byte[] base64(String text) throws VomsSyntaxException {
        try {
            return Base64.getMimeDecoder().decode(text.replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            throw new VomsSyntaxException("The certificate is not in base 64", e);
        }
    }
}
