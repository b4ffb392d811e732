package hansa.faces.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.http.Request;
import hansa.kernel.http.Response;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;

/** JSON bodies to and from wire records. Strict in reading: what is not understood is refused, never left out. Thread-safe. */
final class Wire {

    private static final String JSON = "application/json";
    private static final String MERGE_PATCH = "application/merge-patch+json";
    private static final int MAX_DEPTH = 8;

    private final JsonMapper mapper;

    Wire() {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(32)
                        .build())
                .build();
        this.mapper = JsonMapper.builder(factory)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(LogicalType.Textual, text -> {
                    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                    text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                })
                .changeDefaultPropertyInclusion(
                        inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
                .build();
    }

    byte[] bytes(Record body) {
        return mapper.writeValueAsBytes(body);
    }

    Response answer(int status, Record body) {
        return Response.of(status, JSON, bytes(body));
    }

    /**
     * Reads a body that must be there. Members that are null count as absent.
     *
     * @throws Failure {@code request.*} or {@code attribute.*}
     */
    <T extends Record> T read(Request request, Class<T> type) {
        return bind(withoutNulls(tree(request, List.of(JSON))), type);
    }

    /** Reads a body, or takes an empty object where there is none. */
    <T extends Record> T readIfAny(Request request, Class<T> type) {
        return request.body().length == 0 ? bind(mapper.createObjectNode(), type) : read(request, type);
    }

    /**
     * Reads a change as RFC 7396 has it: what is absent stays, a null takes away.
     *
     * @param removable the members that can be taken away, which is to make them empty
     */
    <T extends Record> T readPatch(Request request, Class<T> type, List<String> removable) {
        ObjectNode tree = tree(request, List.of(MERGE_PATCH, JSON));
        for (String name : List.copyOf(tree.propertyNames())) {
            if (tree.get(name).isNull()) {
                if (!removable.contains(name)) {
                    throw new Failure(
                            ErrorCode.ATTRIBUTE_INVALID,
                            "'" + printable(name) + "' cannot be taken away; give it a value or leave it out.");
                }
                tree.put(name, "");
            }
        }
        return bind(tree, type);
    }

    private ObjectNode tree(Request request, List<String> mediaTypes) {
        byte[] body = request.body();
        if (body.length == 0) {
            throw new Failure(ErrorCode.REQUEST_MALFORMED, "The request has no body; send a JSON object.");
        }
        String sent = request.header("Content-Type").orElse("");
        String mediaType = sent.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!mediaTypes.contains(mediaType)) {
            throw new Failure(
                    ErrorCode.REQUEST_MEDIA_TYPE,
                    "A body of type '" + printable(sent) + "' is not read here; send " + mediaTypes.getFirst() + ".");
        }
        try {
            JsonNode tree = mapper.readTree(body);
            if (tree instanceof ObjectNode members) {
                return members;
            }
            throw new Failure(ErrorCode.REQUEST_MALFORMED, "The body is JSON, but no object; send {...}.");
        } catch (StreamReadException notJson) {
            throw new Failure(
                    ErrorCode.REQUEST_MALFORMED,
                    "The body is not JSON at line " + notJson.getLocation().getLineNr() + ", column "
                            + notJson.getLocation().getColumnNr() + ": "
                            + firstLine(notJson.getOriginalMessage()) + ".",
                    notJson);
        } catch (JacksonException unreadable) {
            throw new Failure(
                    ErrorCode.REQUEST_MALFORMED,
                    "The body cannot be read: " + firstLine(unreadable.getOriginalMessage()) + ".",
                    unreadable);
        }
    }

    private static ObjectNode withoutNulls(ObjectNode tree) {
        List.copyOf(tree.propertyNames()).stream()
                .filter(name -> tree.get(name).isNull())
                .forEach(tree::remove);
        return tree;
    }

    private <T extends Record> T bind(ObjectNode tree, Class<T> type) {
        try {
            return mapper.treeToValue(tree, type);
        } catch (UnrecognizedPropertyException unknown) {
            Collection<Object> known =
                    unknown.getKnownPropertyIds() == null ? List.of() : unknown.getKnownPropertyIds();
            throw new Failure(
                    ErrorCode.ATTRIBUTE_INVALID,
                    Names.unknown(
                            "member",
                            path(unknown),
                            known.stream().map(String::valueOf).toList()),
                    unknown);
        } catch (MismatchedInputException wrong) {
            throw refused(wrong, type);
        } catch (InputCoercionException outside) {
            throw new Failure(
                    ErrorCode.ATTRIBUTE_INVALID,
                    "'" + path(outside) + "' is out of range; give a smaller number.",
                    outside);
        } catch (JacksonException unreadable) {
            throw new Failure(
                    ErrorCode.REQUEST_MALFORMED,
                    "The body cannot be read: " + firstLine(unreadable.getOriginalMessage()) + ".",
                    unreadable);
        }
    }

    private static Failure refused(MismatchedInputException wrong, Class<?> type) {
        String path = path(wrong);
        boolean missing = firstLine(wrong.getOriginalMessage()).startsWith("Null value for creator property");
        if (missing) {
            return new Failure(ErrorCode.ATTRIBUTE_MISSING, "'" + path + "' is missing; give it a value.", wrong);
        }
        Class<?> target = wrong.getTargetType() == null ? type : wrong.getTargetType();
        return new Failure(
                ErrorCode.ATTRIBUTE_INVALID, "'" + path + "' is not " + kind(target) + "; give it one.", wrong);
    }

    private static String kind(Class<?> target) {
        if (target == String.class) {
            return "a text";
        }
        if (target == Integer.class || target == Long.class || target == int.class || target == long.class) {
            return "a whole number in range";
        }
        if (target == Instant.class) {
            return "a time such as 2026-11-25T10:00:00Z";
        }
        if (target == Boolean.class || target == boolean.class) {
            return "true or false";
        }
        return Collection.class.isAssignableFrom(target) ? "an array" : "an object";
    }

    private static String path(JacksonException failure) {
        return printable(failure.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? "[" + step.getIndex() + "]" : "." + step.getPropertyName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", ""));
    }

    private static String firstLine(String text) {
        return printable(text.lines().findFirst().orElse(""));
    }

    /** What was sent is shown again shortened and without control characters. */
    static String printable(String text) {
        String safe = text.replaceAll("\\p{Cntrl}", "?");
        return safe.length() <= 100 ? safe : safe.substring(0, 100) + "...";
    }
}
