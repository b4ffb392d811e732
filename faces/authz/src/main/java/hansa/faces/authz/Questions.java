package hansa.faces.authz;

import hansa.policy.AccessRequest;
import hansa.policy.AccessRequest.Resource;
import hansa.policy.AccessRequest.Subject;
import hansa.protocols.authz.AuthzenQuestion;
import hansa.protocols.authz.Unreadable;
import hansa.protocols.authz.XacmlJson;
import hansa.protocols.authz.XacmlJson.Question;
import hansa.protocols.voms.Fqan;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was asked in a protocol, as the policies are asked. The names stand in {@code docs/administrators/policies.md}. */
final class Questions {

    private static final String LOCAL = "local";
    private static final String PROOF = "token";
    private static final String ATTRIBUTE = "urn:hansa:resource:attribute:";

    private final Clock clock;

    Questions(Clock clock) {
        this.clock = clock;
    }

    AccessRequest of(AuthzenQuestion question) throws Unreadable {
        Map<String, List<String>> who = question.subject().properties();
        Map<String, List<String>> what = question.resource().properties();
        Map<String, String> attributes = new LinkedHashMap<>();
        for (Map.Entry<String, List<String>> property : what.entrySet()) {
            if (!property.getKey().equals("owner") && !property.getKey().equals("vo")) {
                one(what, property.getKey()).ifPresent(value -> attributes.put(property.getKey(), value));
            }
        }
        return new AccessRequest(
                new Subject(
                        question.subject().id(),
                        one(who, "issuer").orElse(LOCAL),
                        fqans(who.getOrDefault("fqans", List.of())),
                        one(who, "vo"),
                        one(who, "proof").orElse(PROOF),
                        one(who, "operator").filter("true"::equals).isPresent()),
                action(question.action()),
                new Resource(
                        question.resource().type(),
                        question.resource().id(),
                        one(what, "owner"),
                        one(what, "vo"),
                        attributes),
                time(one(question.context(), "time")));
    }

    AccessRequest of(Question question) throws Unreadable {
        Map<String, String> attributes = new LinkedHashMap<>();
        for (String name :
                question.attributes().getOrDefault(XacmlJson.RESOURCE, Map.of()).keySet()) {
            if (name.startsWith(ATTRIBUTE)) {
                question.one(XacmlJson.RESOURCE, name)
                        .ifPresent(value -> attributes.put(name.substring(ATTRIBUTE.length()), value));
            }
        }
        return new AccessRequest(
                new Subject(
                        needed(question, XacmlJson.SUBJECT, "urn:oasis:names:tc:xacml:1.0:subject:subject-id"),
                        question.one(XacmlJson.SUBJECT, "urn:hansa:subject:issuer")
                                .orElse(LOCAL),
                        fqans(question.all(XacmlJson.SUBJECT, "urn:hansa:subject:fqan")),
                        question.one(XacmlJson.SUBJECT, "urn:hansa:subject:vo"),
                        question.one(XacmlJson.SUBJECT, "urn:hansa:subject:proof")
                                .orElse(PROOF),
                        question.one(XacmlJson.SUBJECT, "urn:hansa:subject:operator")
                                .filter("true"::equals)
                                .isPresent()),
                action(needed(question, XacmlJson.ACTION, "urn:oasis:names:tc:xacml:1.0:action:action-id")),
                new Resource(
                        needed(question, XacmlJson.RESOURCE, "urn:hansa:resource:type"),
                        question.one(XacmlJson.RESOURCE, "urn:oasis:names:tc:xacml:1.0:resource:resource-id")
                                .orElse(""),
                        question.one(XacmlJson.RESOURCE, "urn:hansa:resource:owner"),
                        question.one(XacmlJson.RESOURCE, "urn:hansa:resource:vo"),
                        attributes),
                time(question.one(XacmlJson.ENVIRONMENT, "urn:oasis:names:tc:xacml:1.0:environment:current-dateTime")));
    }

    private static String needed(Question question, String category, String name) throws Unreadable {
        return question.one(category, name)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> new Unreadable("the attribute '" + name + "' is missing"));
    }

    private static String action(String text) throws Unreadable {
        if (!text.matches("[a-z-]{1,32}\\.[a-z-]{1,32}")) {
            throw new Unreadable("an action is like machine.create");
        }
        return text;
    }

    private static Optional<String> one(Map<String, List<String>> properties, String name) throws Unreadable {
        List<String> values = properties.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw new Unreadable("'" + name + "' has one value, not " + values.size());
        }
        return values.stream().findFirst();
    }

    private static List<Fqan> fqans(List<String> texts) throws Unreadable {
        try {
            return texts.stream().map(Fqan::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new Unreadable("a group or role is like /vo/group/Role=r", e);
        }
    }

    private Instant time(Optional<String> text) throws Unreadable {
        try {
            return text.map(Instant::parse).orElseGet(clock::instant);
        } catch (DateTimeException e) {
            throw new Unreadable("a time is like 2026-11-25T10:00:00Z", e);
        }
    }
}
