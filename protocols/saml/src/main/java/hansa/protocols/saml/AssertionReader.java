package hansa.protocols.saml;

import static hansa.protocols.saml.Tag.ASSERTION;
import static hansa.protocols.saml.Tag.PROTOCOL;
import static hansa.protocols.saml.Tag.SIGNATURE;

import hansa.protocols.saml.Assertion.Attribute;
import hansa.protocols.saml.Assertion.Conditions;
import hansa.protocols.saml.Assertion.NameId;
import hansa.protocols.saml.Assertion.Session;
import hansa.protocols.saml.Assertion.Subject;
import hansa.protocols.saml.Confirmation.Terms;
import hansa.protocols.saml.SamlException.Fault;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes the values out of an element whose signature was found right. */
final class AssertionReader {

    private static final String BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
    private static final String HOLDER_OF_KEY = "urn:oasis:names:tc:SAML:2.0:cm:holder-of-key";
    private static final String SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";
    private static final int MOST_VALUES = 1_000;
    private static final Set<String> KNOWN_CONDITIONS = Set.of("AudienceRestriction", "OneTimeUse", "ProxyRestriction");

    private AssertionReader() {}

    static Verified read(Tag root) throws SamlException {
        if (root.is(PROTOCOL, "Response")) {
            requireSuccess(root);
            return new Verified(assertion(root.required(ASSERTION, "Assertion")), root.attribute("Destination"));
        }
        return new Verified(assertion(root), Optional.empty());
    }

    private static void requireSuccess(Tag response) throws SamlException {
        String status = response.required(PROTOCOL, "Status")
                .required(PROTOCOL, "StatusCode")
                .requiredAttribute("Value");
        if (!status.equals(SUCCESS)) {
            throw new SamlException(Fault.FORM, "the response tells of a failure at the issuer");
        }
    }

    private static Assertion assertion(Tag tag) throws SamlException {
        if (!tag.is(ASSERTION, "Assertion") || !tag.requiredAttribute("Version").equals("2.0")) {
            throw new SamlException(Fault.MALFORMED, "what is signed is no assertion of SAML 2.0");
        }
        refuseEncrypted(tag);
        List<Session> sessions = new ArrayList<>();
        for (Tag statement : tag.children(ASSERTION, "AuthnStatement")) {
            sessions.add(session(statement));
        }
        Optional<Tag> conditions = tag.child(ASSERTION, "Conditions");
        return new Assertion(
                tag.requiredAttribute("ID"),
                tag.required(ASSERTION, "Issuer").text(),
                tag.instant("IssueInstant")
                        .orElseThrow(() -> new SamlException(Fault.MALFORMED, "the assertion lacks IssueInstant")),
                subject(tag.required(ASSERTION, "Subject")),
                conditions.isPresent() ? conditions(conditions.get()) : Conditions.NONE,
                sessions,
                attributes(tag));
    }

    private static void refuseEncrypted(Tag tag) throws SamlException {
        for (String name : List.of("EncryptedAssertion", "EncryptedID", "EncryptedAttribute")) {
            if (tag.count(ASSERTION, name) > 0) {
                throw new SamlException(Fault.FORM, "the assertion holds encrypted parts, which are not read here");
            }
        }
    }

    private static Subject subject(Tag tag) throws SamlException {
        Tag name = tag.required(ASSERTION, "NameID");
        List<Confirmation> confirmations = new ArrayList<>();
        for (Tag confirmation : tag.children(ASSERTION, "SubjectConfirmation")) {
            confirmations.add(confirmation(confirmation));
        }
        return new Subject(new NameId(name.text(), name.attribute("Format").orElse(NameId.UNSPECIFIED)), confirmations);
    }

    private static Confirmation confirmation(Tag tag) throws SamlException {
        String method = tag.requiredAttribute("Method");
        Optional<Tag> data = tag.child(ASSERTION, "SubjectConfirmationData");
        Terms terms = data.isPresent()
                ? new Terms(
                        data.get().instant("NotBefore"),
                        data.get().instant("NotOnOrAfter"),
                        data.get().attribute("Recipient"))
                : Terms.NONE;
        return switch (method) {
            case BEARER -> new Confirmation.Bearer(terms);
            case HOLDER_OF_KEY ->
                new Confirmation.HolderOfKey(terms, data.isPresent() ? certificates(data.get()) : List.of());
            default -> new Confirmation.Other(method);
        };
    }

    private static List<X509Certificate> certificates(Tag data) throws SamlException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Tag info : data.children(SIGNATURE, "KeyInfo")) {
            for (Tag x509 : info.children(SIGNATURE, "X509Data")) {
                for (Tag certificate : x509.children(SIGNATURE, "X509Certificate")) {
                    certificates.add(certificate(certificate.element().getTextContent()));
                }
            }
        }
        return certificates;
    }

    private static X509Certificate certificate(String base64) throws SamlException {
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (IllegalArgumentException | CertificateException e) {
            throw new SamlException(Fault.MALFORMED, "the holder's certificate cannot be read", e);
        }
    }

    private static Conditions conditions(Tag tag) throws SamlException {
        List<List<String>> audiences = new ArrayList<>();
        for (Tag condition : tag.children()) {
            if (!ASSERTION.equals(condition.element().getNamespaceURI())
                    || !KNOWN_CONDITIONS.contains(condition.name())) {
                // §2.5.1: with a condition that is not understood nobody can say that the assertion holds.
                throw new SamlException(Fault.FORM, "the assertion has a condition that is not known here");
            }
            if (condition.is(ASSERTION, "AudienceRestriction")) {
                List<String> names = new ArrayList<>();
                for (Tag audience : condition.children(ASSERTION, "Audience")) {
                    names.add(audience.text());
                }
                audiences.add(names);
            }
        }
        return new Conditions(
                tag.instant("NotBefore"),
                tag.instant("NotOnOrAfter"),
                audiences,
                tag.child(ASSERTION, "OneTimeUse").isPresent());
    }

    private static Session session(Tag tag) throws SamlException {
        Optional<Tag> context = tag.child(ASSERTION, "AuthnContext");
        Optional<Tag> contextClass =
                context.isPresent() ? context.get().child(ASSERTION, "AuthnContextClassRef") : Optional.empty();
        return new Session(
                tag.instant("AuthnInstant")
                        .orElseThrow(() -> new SamlException(Fault.MALFORMED, "AuthnStatement lacks AuthnInstant")),
                tag.instant("SessionNotOnOrAfter"),
                contextClass.isPresent() ? Optional.of(contextClass.get().text()) : Optional.empty());
    }

    private static List<Attribute> attributes(Tag assertion) throws SamlException {
        List<Attribute> attributes = new ArrayList<>();
        int values = 0;
        for (Tag statement : assertion.children(ASSERTION, "AttributeStatement")) {
            for (Tag attribute : statement.children(ASSERTION, "Attribute")) {
                List<String> texts = texts(attribute);
                values += texts.size();
                if (values > MOST_VALUES || attributes.size() >= MOST_VALUES) {
                    throw new SamlException(
                            Fault.MALFORMED, "the assertion has more than " + MOST_VALUES + " attribute values");
                }
                attributes.add(
                        new Attribute(attribute.requiredAttribute("Name"), attribute.attribute("FriendlyName"), texts));
            }
        }
        return attributes;
    }

    private static List<String> texts(Tag attribute) throws SamlException {
        List<String> texts = new ArrayList<>();
        for (Tag value : attribute.children(ASSERTION, "AttributeValue")) {
            boolean plain = value.children().isEmpty();
            if (plain && !value.element().getTextContent().isBlank()) {
                texts.add(value.text());
            }
        }
        return texts;
    }
}
