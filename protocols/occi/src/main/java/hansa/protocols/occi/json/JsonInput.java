package hansa.protocols.occi.json;

import hansa.protocols.occi.AttributeDefinition;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.Limits;
import hansa.protocols.occi.OcciSyntaxException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The values that every part of an OCCI document is made of, read at the parser's current token. */
final class JsonInput {
    private final JsonParser parser;
    private final Limits limits;
    private int entries;

    JsonInput(JsonParser parser, Limits limits) {
        this.parser = parser;
        this.limits = limits;
    }

    JsonToken next() {
        return parser.nextToken();
    }

    String memberName() {
        return parser.currentName();
    }

    /** Moves to the value of the member whose name was just read; false for {@code null}, which says nothing. */
    boolean value() throws OcciSyntaxException {
        count();
        return parser.nextToken() != JsonToken.VALUE_NULL;
    }

    void skip() {
        parser.skipChildren();
    }

    void count() throws OcciSyntaxException {
        if (++entries > limits.entries()) {
            throw fault("More than " + limits.entries() + " entries; send fewer");
        }
    }

    OcciSyntaxException fault(String message) {
        return new OcciSyntaxException(
                message,
                Math.max(1, parser.currentTokenLocation().getLineNr()),
                Math.max(0, parser.currentTokenLocation().getColumnNr()));
    }

    void require(JsonToken token, String what) throws OcciSyntaxException {
        if (parser.currentToken() != token) {
            throw fault(what);
        }
    }

    boolean is(JsonToken token) {
        return parser.currentToken() == token;
    }

    String string(String what) throws OcciSyntaxException {
        count();
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            throw fault(what + " must be a string");
        }
        return parser.getString();
    }

    CategoryId identifier(String member) throws OcciSyntaxException {
        Optional<CategoryId> id = CategoryId.find(string("The member " + member));
        if (id.isEmpty()) {
            throw fault("The member " + member
                    + " must be a type identifier, like http://schemas.ogf.org/occi/infrastructure#compute");
        }
        return id.get();
    }

    List<CategoryId> identifiers(String member) throws OcciSyntaxException {
        require(JsonToken.START_ARRAY, "The member " + member + " must be an array of type identifiers");
        List<CategoryId> ids = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            ids.add(identifier(member));
        }
        return ids;
    }

    /** The object whose members are attributes. */
    Map<String, AttributeValue> attributes() throws OcciSyntaxException {
        require(JsonToken.START_OBJECT, "The member attributes must be an object, like {\"occi.compute.cores\": 2}");
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = attributeName();
            if (value()) {
                values.put(name, attributeValue());
            }
        }
        return values;
    }

    String attributeName() throws OcciSyntaxException {
        String name = parser.currentName();
        if (!AttributeDefinition.isName(name)) {
            throw fault("The name of an attribute is made of letters, digits, '-', '_' and '.'");
        }
        return name;
    }

    AttributeValue attributeValue() throws OcciSyntaxException {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> AttributeValue.of(parser.getString());
            case VALUE_TRUE -> AttributeValue.of(true);
            case VALUE_FALSE -> AttributeValue.of(false);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case START_ARRAY -> items();
            case START_OBJECT -> fields();
            case null, default -> throw fault("Here a string, number, true, false, array or object should stand");
        };
    }

    private AttributeValue number() throws OcciSyntaxException {
        if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return AttributeValue.of(parser.getLongValue());
        }
        BigDecimal number = parser.getDecimalValue();
        if (!AttributeValue.Numeric.isBounded(number)) {
            throw fault("A number may have at most " + AttributeValue.Numeric.MOST_DIGITS + " digits");
        }
        return AttributeValue.of(number);
    }

    private AttributeValue items() throws OcciSyntaxException {
        List<AttributeValue> values = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            count();
            values.add(attributeValue());
        }
        return new AttributeValue.Items(values);
    }

    private AttributeValue fields() throws OcciSyntaxException {
        Map<String, AttributeValue> values = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (value()) {
                values.put(name, attributeValue());
            }
        }
        return new AttributeValue.Fields(values);
    }
}
