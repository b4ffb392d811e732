package hansa.protocols.authz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes single requests and responses of the JSON Profile of XACML 3.0, version 1.1. Multiple decisions,
 * repeated categories and XML content are refused.
 */
public final class XacmlJson {

    public static final String SUBJECT = "urn:oasis:names:tc:xacml:1.0:subject-category:access-subject";
    public static final String RESOURCE = "urn:oasis:names:tc:xacml:3.0:attribute-category:resource";
    public static final String ACTION = "urn:oasis:names:tc:xacml:3.0:attribute-category:action";
    public static final String ENVIRONMENT = "urn:oasis:names:tc:xacml:3.0:attribute-category:environment";

    private static final Map<String, String> SHORT =
            Map.of("AccessSubject", SUBJECT, "Resource", RESOURCE, "Action", ACTION, "Environment", ENVIRONMENT);
    private static final int MOST = 64;

    private XacmlJson() {}

    /**
     * A question: the values of each attribute by category and name.
     *
     * @param attributes category → attribute → values
     */
    public record Question(Map<String, Map<String, List<String>>> attributes) {

        public Question {
            attributes = Map.copyOf(attributes);
        }

        /** All values; none where the attribute is not said. */
        public List<String> all(String category, String attribute) {
            return attributes.getOrDefault(category, Map.of()).getOrDefault(attribute, List.of());
        }

        /** @throws Unreadable where there are several */
        public Optional<String> one(String category, String attribute) throws Unreadable {
            List<String> values = all(category, attribute);
            if (values.size() > 1) {
                throw new Unreadable("'" + attribute + "' has one value here, not " + values.size());
            }
            return values.stream().findFirst();
        }
    }

    /** What is decided, as the profile writes it. */
    public enum Verdict {
        PERMIT("Permit"),
        DENY("Deny");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }
    }

    public static Question question(byte[] body) throws Unreadable {
        JsonNode request = Values.object(body).path("Request");
        if (!request.isObject()) {
            throw new Unreadable("'Request' is missing or no object");
        }
        if (request.has("MultiRequests")) {
            throw new Unreadable("'MultiRequests' is not offered; send one request at a time");
        }
        Map<String, Map<String, List<String>>> attributes = new LinkedHashMap<>();
        for (Map.Entry<String, String> name : SHORT.entrySet()) {
            if (request.has(name.getKey())) {
                category(attributes, name.getValue(), single(request.path(name.getKey())));
            }
        }
        JsonNode categories = request.path("Category");
        if (categories.size() > MOST) {
            throw new Unreadable("a request has at most " + MOST + " categories");
        }
        for (JsonNode one : categories) {
            String id = Values.text(one, "CategoryId");
            category(attributes, SHORT.getOrDefault(id, id), one);
        }
        return new Question(attributes);
    }

    private static JsonNode single(JsonNode node) throws Unreadable {
        if (!node.isArray()) {
            return node;
        }
        if (node.size() != 1) {
            throw new Unreadable("each category comes once; multiple decisions are not offered");
        }
        return node.path(0);
    }

    private static void category(Map<String, Map<String, List<String>>> attributes, String id, JsonNode node)
            throws Unreadable {
        if (attributes.containsKey(id)) {
            throw new Unreadable("each category comes once; multiple decisions are not offered");
        }
        if (node.has("Content")) {
            throw new Unreadable("'Content' is not read here");
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        JsonNode all = node.path("Attribute");
        if (all.size() > MOST) {
            throw new Unreadable("a category has at most " + MOST + " attributes");
        }
        for (JsonNode attribute : all) {
            String name = Values.text(attribute, "AttributeId");
            List<String> more = new ArrayList<>(values.getOrDefault(name, List.of()));
            more.addAll(Values.texts(attribute.path("Value"), name));
            values.put(name, List.copyOf(more));
        }
        attributes.put(id, Map.copyOf(values));
    }

    /** @param rule which rule decided; told as a policy identifier */
    public static byte[] write(Verdict verdict, String rule, String why) {
        ObjectNode root = Values.JSON.createObjectNode();
        ObjectNode result = root.putArray("Response").addObject();
        result.put("Decision", verdict.text);
        ObjectNode status = result.putObject("Status");
        status.putObject("StatusCode").put("Value", "urn:oasis:names:tc:xacml:1.0:status:ok");
        if (!why.isEmpty()) {
            status.put("StatusMessage", why);
        }
        result.putObject("PolicyIdentifierList")
                .putArray("PolicyIdReference")
                .addObject()
                .put("Id", rule);
        return Values.JSON.writeValueAsBytes(root);
    }
}
