package hansa.cli.client;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Reads and writes JSON text with the streaming parser alone, which costs a short command far less than data binding. */
public final class JsonText {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int MAX_DEPTH = 64;

    private JsonText() {}

    /** @throws Refusal when the bytes are not one JSON value */
    public static Json parse(byte[] bytes) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
            parser.nextToken();
            return value(parser, 0);
        } catch (JacksonException unreadable) {
            throw new Refusal(Exit.FAILED, "the node's answer is not JSON; is the endpoint a Hansa node?", unreadable);
        }
    }

    /** One line. */
    public static String compact(Json json) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(json, generator);
        }
        return text.toString();
    }

    /** Indented by two blanks, without a line end at the end. */
    public static String pretty(Json json) {
        StringBuilder text = new StringBuilder();
        pretty(json, "", text);
        return text.toString();
    }

    private static Json value(JsonParser parser, int depth) {
        if (depth > MAX_DEPTH) {
            throw new Refusal(Exit.FAILED, "the node's answer is nested too deeply; is the endpoint a Hansa node?");
        }
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> {
                Map<String, Json> members = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.put(name, value(parser, depth + 1));
                }
                yield new Json.Members(members);
            }
            case START_ARRAY -> {
                List<Json> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(parser, depth + 1));
                }
                yield new Json.Items(items);
            }
            case VALUE_STRING -> new Json.Text(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(parser.getString());
            case VALUE_TRUE -> new Json.Bool(true);
            case VALUE_FALSE -> new Json.Bool(false);
            case VALUE_NULL -> new Json.Null();
            case END_OBJECT, END_ARRAY, PROPERTY_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new Refusal(Exit.FAILED, "the node's answer is not JSON; is the endpoint a Hansa node?");
            case null -> throw new Refusal(Exit.FAILED, "the node's answer is empty; is the endpoint a Hansa node?");
        };
    }

    private static void write(Json json, JsonGenerator generator) {
        switch (json) {
            case Json.Text(String value) -> generator.writeString(value);
            case Json.Num(String literal) -> generator.writeNumber(literal);
            case Json.Bool(boolean value) -> generator.writeBoolean(value);
            case Json.Null() -> generator.writeNull();
            case Json.Items(List<Json> items) -> {
                generator.writeStartArray();
                items.forEach(item -> write(item, generator));
                generator.writeEndArray();
            }
            case Json.Members(Map<String, Json> members) -> {
                generator.writeStartObject();
                members.forEach((name, member) -> {
                    generator.writeName(name);
                    write(member, generator);
                });
                generator.writeEndObject();
            }
        }
    }

    private static void pretty(Json json, String indent, StringBuilder text) {
        switch (json) {
            case Json.Items(List<Json> items)
            when !items.isEmpty() -> {
                text.append('[');
                String separator = "\n";
                for (Json item : items) {
                    text.append(separator).append(indent).append("  ");
                    pretty(item, indent + "  ", text);
                    separator = ",\n";
                }
                text.append('\n').append(indent).append(']');
            }
            case Json.Members(Map<String, Json> members)
            when !members.isEmpty() -> {
                text.append('{');
                String separator = "\n";
                for (Map.Entry<String, Json> member : members.entrySet()) {
                    text.append(separator).append(indent).append("  ");
                    text.append(compact(new Json.Text(member.getKey()))).append(": ");
                    pretty(member.getValue(), indent + "  ", text);
                    separator = ",\n";
                }
                text.append('\n').append(indent).append('}');
            }
            case Json.Text _, Json.Num _, Json.Bool _, Json.Null _, Json.Items _, Json.Members _ ->
                text.append(compact(json));
        }
    }
}
