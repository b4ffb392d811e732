package hansa.protocols.authz;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON that strangers sent, in bounds. */
final class Values {

    private static final int DEEPEST = 12;
    private static final int MOST = 64;

    static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNumberLength(32)
                            .maxStringLength(64 * 1024)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Values() {}

    static JsonNode object(byte[] body) throws Unreadable {
        try {
            JsonNode tree = JSON.readTree(body);
            if (!tree.isObject()) {
                throw new Unreadable("the body is no JSON object");
            }
            return tree;
        } catch (JacksonException e) {
            throw new Unreadable("the body is not JSON that is read here", e);
        }
    }

    /** A text that must be there. */
    static String text(JsonNode parent, String name) throws Unreadable {
        JsonNode value = parent.path(name);
        if (!value.isString() || value.asString().isEmpty()) {
            throw new Unreadable("'" + name + "' is missing or no text");
        }
        return value.asString();
    }

    /** The members of an object, each as a list of texts; what is neither scalar nor a list of scalars is refused. */
    static Map<String, List<String>> properties(JsonNode object) throws Unreadable {
        Map<String, List<String>> properties = new LinkedHashMap<>();
        if (object.isMissingNode() || object.isNull()) {
            return properties;
        }
        if (!object.isObject() || object.size() > MOST) {
            throw new Unreadable("properties are an object of at most " + MOST + " members");
        }
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            properties.put(member.getKey(), texts(member.getValue(), member.getKey()));
        }
        return properties;
    }

    static List<String> texts(JsonNode value, String name) throws Unreadable {
        List<String> texts = new ArrayList<>();
        if (value.isArray()) {
            if (value.size() > MOST) {
                throw new Unreadable("'" + name + "' has more than " + MOST + " values");
            }
            for (JsonNode one : value) {
                texts.add(scalar(one, name));
            }
        } else {
            texts.add(scalar(value, name));
        }
        return texts;
    }

    private static String scalar(JsonNode value, String name) throws Unreadable {
        if (!value.isValueNode() || value.isNull()) {
            throw new Unreadable("'" + name + "' is neither a text, a number, a truth value nor a list of them");
        }
        return value.asString();
    }
}
