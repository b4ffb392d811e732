package hansa.protocols.occi.json;

import hansa.protocols.occi.Limits;
import hansa.protocols.occi.OcciMessage;
import hansa.protocols.occi.OcciSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads {@code application/occi+json} (GFD.226): a resource, a link, an action invocation, collections of them, the content of a
 * query interface, or an array of locations. {@link OcciMessage} says how the members of JSON appear in it. Stateless and safe
 * for any number of threads.
 *
 * <p>Lenient: {@code null} means absent, unknown members are passed over, members come in any order, {@code source} and
 * {@code target} may be plain strings as in the drafts.
 */
public final class OcciJsonReader {
    private final Limits limits;
    private final JsonFactory factory;

    public OcciJsonReader(Limits limits) {
        this.limits = limits;
        this.factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.nesting() + ENVELOPE)
                        .maxDocumentLength(limits.length())
                        .maxStringLength(limits.valueLength())
                        .maxNameLength(limits.nameLength())
                        .maxNumberLength(200)
                        .build())
                .build();
    }

    /** The levels around the value of an attribute: collection, its array, a resource, its links, a link, its attributes. */
    private static final int ENVELOPE = 6;

    /** Reads a body in UTF-8. */
    public OcciMessage read(byte[] body) throws OcciSyntaxException {
        if (body.length > limits.length()) {
            throw new OcciSyntaxException("The body is longer than " + limits.length() + " bytes; send less", 0, 0);
        }
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), body)) {
            return message(parser);
        } catch (JacksonException e) {
            TokenStreamLocation where = e.getLocation();
            OcciSyntaxException fault = new OcciSyntaxException(
                    "The body is no JSON that can be read: " + complaint(e),
                    where == null ? 0 : Math.max(0, where.getLineNr()),
                    where == null ? 0 : Math.max(0, where.getColumnNr()));
            fault.initCause(e);
            throw fault;
        }
    }

    private static String complaint(JacksonException e) {
        String original = e.getOriginalMessage() == null ? "" : e.getOriginalMessage();
        StringBuilder line = new StringBuilder();
        original.codePoints().limit(160).forEach(c -> line.appendCodePoint(Character.isISOControl(c) ? ' ' : c));
        return line.toString();
    }

    private OcciMessage message(JsonParser parser) throws OcciSyntaxException {
        JsonInput input = new JsonInput(parser, limits);
        JsonToken first = parser.nextToken();
        OcciMessage message = switch (first) {
            case null -> OcciMessage.empty();
            case START_OBJECT -> {
                JsonObject object = new JsonObject(input);
                object.read();
                yield object.message();
            }
            case START_ARRAY -> new OcciMessage(List.of(), Map.of(), List.of(), locations(input, parser), List.of());
            default -> throw input.fault("The body must be a JSON object");
        };
        if (first != null && parser.nextToken() != null) {
            throw input.fault("After the JSON object there must be nothing");
        }
        return message;
    }

    private static List<String> locations(JsonInput input, JsonParser parser) throws OcciSyntaxException {
        List<String> locations = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            locations.add(input.string("A location"));
        }
        return locations;
    }
}
