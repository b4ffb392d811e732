package hansa.protocols.saml;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What somebody says about a subject (saml-core-2.0-os, §2.3.3), with all that Hansa looks at.
 *
 * @param id unique at the issuer
 * @param issuer the entity that says it
 * @param conditions under which it holds
 * @param sessions how and when the subject signed in at the issuer; empty if it does not tell
 * @param attributes of all attribute statements, in order
 */
public record Assertion(
        String id,
        String issuer,
        Instant issued,
        Subject subject,
        Conditions conditions,
        List<Session> sessions,
        List<Attribute> attributes) {

    public Assertion {
        sessions = List.copyOf(sessions);
        attributes = List.copyOf(attributes);
    }

    /**
     * Who it is about (§2.4.1).
     *
     * @param confirmations each of them a way to show that one is the subject, or acts for it; one of them is enough
     */
    public record Subject(NameId name, List<Confirmation> confirmations) {

        public Subject {
            confirmations = List.copyOf(confirmations);
        }
    }

    /**
     * A name (§2.2.3).
     *
     * @param format a URI, see §8.3; unspecified where it is not said
     */
    public record NameId(String value, String format) {

        public static final String UNSPECIFIED = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";

        /** A name made for one session, good for nobody later (§8.3.8). */
        public static final String TRANSIENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";
    }

    /**
     * Under which conditions it holds (§2.5).
     *
     * @param audiences of each restriction; whoever relies on it is in every one of them
     * @param oneTimeUse used at once and never again
     */
    public record Conditions(
            Optional<Instant> notBefore,
            Optional<Instant> notOnOrAfter,
            List<List<String>> audiences,
            boolean oneTimeUse) {

        public static final Conditions NONE = new Conditions(Optional.empty(), Optional.empty(), List.of(), false);

        public Conditions {
            audiences = audiences.stream().map(List::copyOf).toList();
        }
    }

    /**
     * A sign-in at the issuer (§2.7.2).
     *
     * @param notOnOrAfter when the session there ends
     * @param contextClass how the subject showed who they are, a URI
     */
    public record Session(Instant began, Optional<Instant> notOnOrAfter, Optional<String> contextClass) {}

    /**
     * One attribute (§2.7.3.1).
     *
     * @param friendlyName what people call it
     * @param values those that are plain text
     */
    public record Attribute(String name, Optional<String> friendlyName, List<String> values) {

        public Attribute {
            values = List.copyOf(values);
        }
    }
}
