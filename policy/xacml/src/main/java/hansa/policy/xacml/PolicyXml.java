package hansa.policy.xacml;

import hansa.policy.BadPolicy;
import hansa.policy.PolicyDocument;
import jakarta.xml.bind.JAXBException;
import jakarta.xml.bind.Unmarshaller;
import jakarta.xml.bind.UnmarshallerHandler;
import java.io.IOException;
import java.io.Serializable;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.validation.ValidatorHandler;
import oasis.names.tc.xacml._3_0.core.schema.wd_17.Policy;
import oasis.names.tc.xacml._3_0.core.schema.wd_17.PolicySet;
import org.ow2.authzforce.xacml.Xacml3JaxbHelper;
import org.xml.sax.Attributes;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.Locator;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.LocatorImpl;
import org.xml.sax.helpers.XMLFilterImpl;

/**
 * Reads one document: no document types, no entities, nothing from elsewhere, nothing that the schema does not know, and
 * no deeper than {@value #DEEPEST} elements.
 */
final class PolicyXml {

    private static final int DEEPEST = 60;
    private static final int LONGEST = 1024 * 1024;
    private static final String SAX = "http://xml.org/sax/features/";

    private final PolicyDocument document;
    private final Map<String, Integer> lines = new HashMap<>();

    PolicyXml(PolicyDocument document) {
        this.document = document;
    }

    /** A {@code Policy} or {@code PolicySet}. */
    Serializable read() throws BadPolicy {
        if (document.text().length() > LONGEST) {
            throw new BadPolicy(document.name(), 1, "a policy has at most 1 MiB", null);
        }
        Lines filter = new Lines();
        try {
            Unmarshaller unmarshaller = Xacml3JaxbHelper.createXacml3Unmarshaller();
            unmarshaller.setSchema(null);
            UnmarshallerHandler target = unmarshaller.getUnmarshallerHandler();
            ValidatorHandler valid = Xacml3JaxbHelper.XACML_3_0_SCHEMA.newValidatorHandler();
            valid.setErrorHandler(new Strict());
            valid.setContentHandler(target);
            filter.setParent(reader());
            filter.setErrorHandler(new Strict());
            filter.setContentHandler(valid);
            filter.parse(new InputSource(new StringReader(document.text())));
            return switch (target.getResult()) {
                case PolicySet set -> set;
                case Policy policy -> policy;
                case Object other ->
                    throw new BadPolicy(
                            document.name(),
                            1,
                            "it is a " + other.getClass().getSimpleName() + ", neither a Policy nor a PolicySet",
                            null);
            };
        } catch (SAXParseException e) {
            throw new BadPolicy(document.name(), Math.max(1, e.getLineNumber()), text(e), e);
        } catch (SAXException | JAXBException e) {
            throw new BadPolicy(document.name(), filter.line(), text(e), e);
        } catch (IOException | ParserConfigurationException e) {
            throw new IllegalStateException("a text in memory could not be read", e);
        }
    }

    /** Where a policy or rule of this id begins; 1 where none is. */
    int line(String id) {
        return lines.getOrDefault(id, 1);
    }

    /** The policy or rule that a message speaks of, the innermost one: the line at which it begins. */
    int lineOf(String message) {
        return lines.entrySet().stream()
                .filter(entry -> message.contains(entry.getKey()))
                .mapToInt(Map.Entry::getValue)
                .max()
                .orElse(1);
    }

    private static String text(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static XMLReader reader() throws ParserConfigurationException, SAXException {
        SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setFeature(SAX + "external-general-entities", false);
        factory.setFeature(SAX + "external-parameter-entities", false);
        return factory.newSAXParser().getXMLReader();
    }

    /** Remembers where things begin. */
    private final class Lines extends XMLFilterImpl {
        private Locator locator = new LocatorImpl();
        private int depth;

        int line() {
            return Math.max(1, locator.getLineNumber());
        }

        @Override
        public void setDocumentLocator(Locator given) {
            locator = given;
            super.setDocumentLocator(given);
        }

        @Override
        public void startElement(String uri, String name, String qualified, Attributes attributes) throws SAXException {
            depth++;
            if (depth > DEEPEST) {
                throw new SAXParseException("elements are nested deeper than " + DEEPEST, locator);
            }
            for (String id : new String[] {"PolicyId", "PolicySetId", "RuleId"}) {
                String value = attributes.getValue(id);
                if (value != null) {
                    lines.putIfAbsent(value, line());
                }
            }
            super.startElement(uri, name, qualified, attributes);
        }

        @Override
        public void endElement(String uri, String name, String qualified) throws SAXException {
            depth--;
            super.endElement(uri, name, qualified);
        }
    }

    /** What others only warn of is refused. */
    private static final class Strict implements ErrorHandler {

        @Override
        public void warning(SAXParseException warning) throws SAXException {
            throw warning;
        }

        @Override
        public void error(SAXParseException error) throws SAXException {
            throw error;
        }

        @Override
        public void fatalError(SAXParseException error) throws SAXException {
            throw error;
        }
    }
}
