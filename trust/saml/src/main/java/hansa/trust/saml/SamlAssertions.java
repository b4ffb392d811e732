package hansa.trust.saml;

import hansa.protocols.saml.Assertion;
import hansa.protocols.saml.Assertion.Attribute;
import hansa.protocols.saml.Assertion.NameId;
import hansa.protocols.saml.SamlException;
import hansa.protocols.saml.SignedDocument;
import hansa.protocols.saml.Verified;
import hansa.trust.Evidence;
import hansa.trust.Rejected;
import hansa.trust.Rejected.Reason;
import hansa.trust.Replays;
import hansa.trust.SamlVerifier;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Verifies assertions of configured identity providers. A bearer assertion is taken once; one with the
 * method holder-of-key as often as the holder brings it, unless it says otherwise. Thread-safe.
 */
public final class SamlAssertions implements SamlVerifier {

    /** By how much the clocks of issuers may differ from ours. */
    public static final Duration SKEW = Duration.ofSeconds(60);

    private static final int LONGEST_ID = 255;
    private static final Set<String> DISPLAY_NAME = Set.of("urn:oid:2.16.840.1.113730.3.1.241", "displayName");

    private final Map<String, TrustedIssuer> issuers;
    private final Clock clock;
    private final Replays used;

    /**
     * @param used asked last, about assertions that are good otherwise
     * @throws IllegalArgumentException if two issuers are the same
     */
    public SamlAssertions(List<TrustedIssuer> issuers, Replays used, Clock clock) {
        this.issuers = issuers.stream()
                .collect(Collectors.toUnmodifiableMap(TrustedIssuer::entity, Function.identity(), (a, _) -> {
                    throw new IllegalArgumentException("the issuer " + a.entity() + " is configured twice");
                }));
        this.clock = clock;
        this.used = used;
    }

    @Override
    public Evidence verify(byte[] document, List<X509Certificate> chain) throws Rejected {
        try {
            SignedDocument read = SignedDocument.parse(document);
            TrustedIssuer issuer = issuers.get(read.claimedIssuer());
            if (issuer == null) {
                throw new Rejected(Reason.UNTRUSTED, "nobody has configured the assertion's issuer");
            }
            return judged(read.verify(issuer.keys()), issuer, chain);
        } catch (SamlException e) {
            throw new Rejected(reason(e.fault()), String.valueOf(e.getMessage()), e);
        }
    }

    private static Reason reason(SamlException.Fault fault) {
        return switch (fault) {
            case MALFORMED -> Reason.MALFORMED;
            case FORM -> Reason.FORM;
            case SIGNATURE -> Reason.SIGNATURE;
            case ALGORITHM -> Reason.ALGORITHM;
        };
    }

    private Evidence judged(Verified verified, TrustedIssuer issuer, List<X509Certificate> chain) throws Rejected {
        Assertion assertion = verified.assertion();
        if (!assertion.issuer().equals(issuer.entity())) {
            throw new Rejected(Reason.UNTRUSTED, "what is signed names another issuer than the document");
        }
        if (assertion.id().length() > LONGEST_ID) {
            throw new Rejected(Reason.MALFORMED, "the assertion's identifier is longer than " + LONGEST_ID);
        }
        if (verified.destination()
                .filter(to -> !issuer.recipients().contains(to))
                .isPresent()) {
            throw new Rejected(Reason.AUDIENCE, "the response was sent to another address");
        }
        Instant now = clock.instant();
        Window window = new Window(now, SKEW);
        window.requireIssued(assertion.issued());
        window.require(
                assertion.conditions().notBefore(), assertion.conditions().notOnOrAfter());
        requireAudience(assertion, issuer);
        Confirming.Way way = new Confirming(window, issuer.recipients(), chain).of(assertion);
        Instant usable = window.earliest(assertion.conditions().notOnOrAfter(), way.notOnOrAfter());
        Evidence evidence =
                evidence(assertion, issuer, session(assertion, window).orElse(usable));
        boolean once = !way.repeatable() || assertion.conditions().oneTimeUse();
        if (once && !used.isFirst(issuer.entity(), assertion.id(), usable.plus(SKEW))) {
            throw new Rejected(Reason.REPLAYED, "the assertion was used before");
        }
        return evidence;
    }

    private static void requireAudience(Assertion assertion, TrustedIssuer issuer) throws Rejected {
        List<List<String>> restrictions = assertion.conditions().audiences();
        boolean meant = !restrictions.isEmpty()
                && restrictions.stream().allMatch(names -> names.stream().anyMatch(issuer.audiences()::contains));
        if (!meant) {
            throw new Rejected(Reason.AUDIENCE, "the assertion is made out to another audience, or to none");
        }
    }

    /** When the first of the subject's sessions at the issuer ends. */
    private static Optional<Instant> session(Assertion assertion, Window window) throws Rejected {
        Optional<Instant> first = Optional.empty();
        for (Assertion.Session session : assertion.sessions()) {
            window.require(Optional.empty(), session.notOnOrAfter());
            if (session.notOnOrAfter().isPresent()
                    && first.filter(session.notOnOrAfter().get()::isAfter).isEmpty()) {
                first = session.notOnOrAfter();
            }
        }
        return first;
    }

    private static Evidence evidence(Assertion assertion, TrustedIssuer issuer, Instant expires) throws Rejected {
        Map<String, List<String>> attributes = new LinkedHashMap<>();
        for (Attribute attribute : assertion.attributes()) {
            attributes.computeIfAbsent(attribute.name(), _ -> new ArrayList<>()).addAll(attribute.values());
        }
        return new Evidence(
                Evidence.Kind.SAML,
                issuer.entity(),
                subject(assertion.subject().name(), attributes, issuer),
                values(attributes, DISPLAY_NAME).stream().findFirst().orElse(""),
                issuer.groups().apply(values(attributes, Set.of(issuer.groupAttribute()))),
                attributes,
                Optional.empty(),
                expires);
    }

    private static String subject(NameId name, Map<String, List<String>> attributes, TrustedIssuer issuer)
            throws Rejected {
        if (issuer.subjectAttribute().isPresent()) {
            List<String> values =
                    values(attributes, Set.of(issuer.subjectAttribute().get()));
            if (values.size() != 1) {
                throw new Rejected(Reason.FORM, "the assertion has not exactly one value of the subject's attribute");
            }
            return values.getFirst();
        }
        if (name.format().equals(NameId.TRANSIENT)) {
            throw new Rejected(Reason.FORM, "the subject's name is a passing one; configure an attribute instead");
        }
        return name.value();
    }

    private static List<String> values(Map<String, List<String>> attributes, Set<String> names) {
        return attributes.entrySet().stream()
                .filter(entry -> names.contains(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
    }
}
