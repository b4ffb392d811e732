package hansa.policy.xacml;

import hansa.policy.AccessRequest;
import hansa.policy.AccessRequest.Resource;
import hansa.policy.AccessRequest.Subject;
import hansa.policy.PolicyDocument;
import hansa.protocols.voms.Fqan;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.ow2.authzforce.core.pdp.api.AttributeFqn;
import org.ow2.authzforce.core.pdp.api.AttributeFqns;
import org.ow2.authzforce.core.pdp.api.AttributeSources;
import org.ow2.authzforce.core.pdp.api.DecisionRequestBuilder;
import org.ow2.authzforce.core.pdp.api.value.AttributeValue;
import org.ow2.authzforce.core.pdp.api.value.Bags;
import org.ow2.authzforce.core.pdp.api.value.BooleanValue;
import org.ow2.authzforce.core.pdp.api.value.Datatype;
import org.ow2.authzforce.core.pdp.api.value.DateTimeValue;
import org.ow2.authzforce.core.pdp.api.value.DateValue;
import org.ow2.authzforce.core.pdp.api.value.StandardDatatypes;
import org.ow2.authzforce.core.pdp.api.value.StringValue;
import org.ow2.authzforce.core.pdp.api.value.TimeValue;

/** An access request as attributes of XACML; the table is in {@code docs/administrators/policies.md}. Thread-safe. */
final class RequestAttributes {

    private static final String SUBJECT = "urn:oasis:names:tc:xacml:1.0:subject-category:access-subject";
    private static final String RESOURCE = "urn:oasis:names:tc:xacml:3.0:attribute-category:resource";
    private static final String ACTION = "urn:oasis:names:tc:xacml:3.0:attribute-category:action";
    private static final String ENVIRONMENT = "urn:oasis:names:tc:xacml:3.0:attribute-category:environment";

    private static final AttributeFqn SUBJECT_ID = name(SUBJECT, "urn:oasis:names:tc:xacml:1.0:subject:subject-id");
    private static final AttributeFqn SUBJECT_ISSUER = name(SUBJECT, "urn:hansa:subject:issuer");
    private static final AttributeFqn SUBJECT_PROOF = name(SUBJECT, "urn:hansa:subject:proof");
    private static final AttributeFqn SUBJECT_OPERATOR = name(SUBJECT, "urn:hansa:subject:operator");
    private static final AttributeFqn SUBJECT_VO = name(SUBJECT, "urn:hansa:subject:vo");
    private static final AttributeFqn SUBJECT_FQAN = name(SUBJECT, "urn:hansa:subject:fqan");
    private static final AttributeFqn SUBJECT_MEMBER = name(SUBJECT, "urn:hansa:subject:member-of");
    private static final AttributeFqn ACTION_ID = name(ACTION, "urn:oasis:names:tc:xacml:1.0:action:action-id");
    private static final String ID = "urn:oasis:names:tc:xacml:1.0:resource:resource-id";
    private static final AttributeFqn RESOURCE_ID = name(RESOURCE, ID);
    private static final AttributeFqn RESOURCE_TYPE = name(RESOURCE, "urn:hansa:resource:type");
    private static final AttributeFqn RESOURCE_OWNER = name(RESOURCE, "urn:hansa:resource:owner");
    private static final AttributeFqn RESOURCE_VO = name(RESOURCE, "urn:hansa:resource:vo");
    private static final String RESOURCE_ATTRIBUTE = "urn:hansa:resource:attribute:";
    private static final String NOW = "urn:oasis:names:tc:xacml:1.0:environment:current-";
    private static final AttributeFqn NOW_DATE_TIME = name(ENVIRONMENT, NOW + "dateTime");
    private static final AttributeFqn NOW_DATE = name(ENVIRONMENT, NOW + "date");
    private static final AttributeFqn NOW_TIME = name(ENVIRONMENT, NOW + "time");

    private static final int CATEGORIES = 4;
    private static final int USUAL = 12;

    /** Attributes of resources are few, and named by the domain alone. */
    private static final int MOST_NAMES = 256;

    private final boolean withDateTime;
    private final boolean withTime;
    private final boolean withDate;
    private final boolean withIds;
    private final Map<String, AttributeFqn> resourceAttributes = new ConcurrentHashMap<>();

    /** @param documents the policies: which forms of the time and whether ids they look at is told, since each costs to be made */
    RequestAttributes(List<PolicyDocument> documents) {
        this.withDateTime = lookAt(documents, NOW + "dateTime");
        this.withTime = lookAt(documents, NOW + "time");
        this.withDate = lookAt(documents, NOW + "date");
        this.withIds = lookAt(documents, ID);
    }

    /** A name that is written with references to characters is not found as it is. */
    private static boolean lookAt(List<PolicyDocument> documents, String attribute) {
        return documents.stream()
                .map(PolicyDocument::text)
                .anyMatch(text -> text.contains(attribute) || text.contains("&#"));
    }

    /** Whether the policies tell resources apart by their ids. */
    boolean includeIds() {
        return withIds;
    }

    static int categories() {
        return CATEGORIES;
    }

    static int usual() {
        return USUAL;
    }

    void put(DecisionRequestBuilder<?> target, AccessRequest request) {
        subject(target, request.subject());
        text(target, ACTION_ID, request.action());
        resource(target, request.resource());
        time(target, request.at());
    }

    private static void subject(DecisionRequestBuilder<?> target, Subject subject) {
        text(target, SUBJECT_ID, subject.id());
        text(target, SUBJECT_ISSUER, subject.issuer());
        text(target, SUBJECT_PROOF, subject.proof());
        one(target, SUBJECT_OPERATOR, StandardDatatypes.BOOLEAN, BooleanValue.valueOf(subject.operator()));
        text(target, SUBJECT_VO, subject.vo());
        if (!subject.fqans().isEmpty()) {
            texts(
                    target,
                    SUBJECT_FQAN,
                    subject.fqans().stream().map(Fqan::toString).toList());
            texts(
                    target,
                    SUBJECT_MEMBER,
                    subject.fqans().stream().map(Fqan::vo).distinct().toList());
        }
    }

    private void resource(DecisionRequestBuilder<?> target, Resource resource) {
        text(target, RESOURCE_TYPE, resource.type());
        if (withIds && !resource.id().isEmpty()) {
            text(target, RESOURCE_ID, resource.id());
        }
        text(target, RESOURCE_OWNER, resource.owner());
        text(target, RESOURCE_VO, resource.vo());
        resource.attributes().forEach((name, value) -> text(target, resourceAttribute(name), value));
    }

    private AttributeFqn resourceAttribute(String attribute) {
        AttributeFqn known = resourceAttributes.get(attribute);
        if (known != null) {
            return known;
        }
        AttributeFqn fresh = name(RESOURCE, RESOURCE_ATTRIBUTE + attribute);
        if (resourceAttributes.size() < MOST_NAMES) {
            resourceAttributes.put(attribute, fresh);
        }
        return fresh;
    }

    private void time(DecisionRequestBuilder<?> target, Instant at) {
        if (withDateTime) {
            String text = DateTimeFormatter.ISO_INSTANT.format(at);
            one(target, NOW_DATE_TIME, StandardDatatypes.DATETIME, new DateTimeValue(text));
        }
        if (withTime) {
            String text = DateTimeFormatter.ISO_INSTANT.format(at);
            one(target, NOW_TIME, StandardDatatypes.TIME, new TimeValue(text.substring(text.indexOf('T') + 1)));
        }
        if (withDate) {
            String text = at.atOffset(ZoneOffset.UTC).toLocalDate() + "Z";
            one(target, NOW_DATE, StandardDatatypes.DATE, new DateValue(text));
        }
    }

    private static AttributeFqn name(String category, String id) {
        return AttributeFqns.newInstance(category, Optional.empty(), id);
    }

    private static void text(DecisionRequestBuilder<?> target, AttributeFqn name, Optional<String> value) {
        value.ifPresent(text -> text(target, name, text));
    }

    private static void text(DecisionRequestBuilder<?> target, AttributeFqn name, String value) {
        one(target, name, StandardDatatypes.STRING, new StringValue(value));
    }

    private static void texts(DecisionRequestBuilder<?> target, AttributeFqn name, Collection<String> values) {
        List<StringValue> bag = values.stream().map(StringValue::new).toList();
        target.putNamedAttributeIfAbsent(
                name, Bags.newAttributeBag(StandardDatatypes.STRING, bag, AttributeSources.REQUEST));
    }

    private static <V extends AttributeValue> void one(
            DecisionRequestBuilder<?> target, AttributeFqn name, Datatype<V> type, V value) {
        target.putNamedAttributeIfAbsent(name, Bags.singletonAttributeBag(type, value, AttributeSources.REQUEST));
    }
}
