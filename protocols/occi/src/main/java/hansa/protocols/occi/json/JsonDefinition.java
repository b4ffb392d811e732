package hansa.protocols.occi.json;

import hansa.protocols.occi.AttributeDefinition;
import hansa.protocols.occi.AttributePattern;
import hansa.protocols.occi.AttributeType;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CategoryClass;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.CategoryReference;
import hansa.protocols.occi.Mutability;
import hansa.protocols.occi.OcciSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonToken;

/** A kind, mixin or action as a query interface describes it (GFD.226, Category Instance Rendering). */
final class JsonDefinition {
    private final JsonInput input;
    private final CategoryClass categoryClass;
    private String term = "";
    private String scheme = "";
    private Optional<String> title = Optional.empty();
    private Optional<String> rel = Optional.empty();
    private Optional<String> location = Optional.empty();
    private List<CategoryId> actions = List.of();
    private List<CategoryId> depends = List.of();
    private List<CategoryId> applies = List.of();
    private final List<AttributeDefinition> attributes = new ArrayList<>();

    JsonDefinition(JsonInput input, CategoryClass categoryClass) {
        this.input = input;
        this.categoryClass = categoryClass;
    }

    /** Reads to the end of the object whose beginning is the current token. */
    CategoryReference read() throws OcciSyntaxException {
        while (input.next() != JsonToken.END_OBJECT) {
            String name = input.memberName();
            if (input.value()) {
                member(name);
            }
        }
        if (rel.isEmpty() && !depends.isEmpty()) {
            rel = Optional.of(depends.getFirst().toString());
        }
        return new CategoryReference(
                identifier(), Optional.of(categoryClass), title, rel, location, attributes, actions, depends, applies);
    }

    private CategoryId identifier() throws OcciSyntaxException {
        try {
            return new CategoryId(scheme.endsWith("#") ? scheme : scheme + "#", term);
        } catch (IllegalArgumentException e) {
            OcciSyntaxException fault = input.fault(String.valueOf(e.getMessage()));
            fault.initCause(e);
            throw fault;
        }
    }

    private void member(String name) throws OcciSyntaxException {
        switch (name) {
            case "term" -> term = input.string("The term");
            case "scheme" -> scheme = input.string("The scheme");
            case "title" -> title = Optional.of(input.string("The title"));
            case "location" -> location = Optional.of(input.string("The location"));
            case "parent", "rel", "related" -> rel = Optional.of(input.string("The member " + name));
            case "actions" -> actions = input.identifiers(name);
            case "depends" -> depends = input.identifiers(name);
            case "applies" -> applies = input.identifiers(name);
            case "attributes" -> attributes();
            default -> input.skip();
        }
    }

    private void attributes() throws OcciSyntaxException {
        input.require(JsonToken.START_OBJECT, "The member attributes must be an object");
        while (input.next() != JsonToken.END_OBJECT) {
            String name = input.attributeName();
            if (input.value()) {
                input.require(JsonToken.START_OBJECT, "The description of " + name + " must be an object");
                attribute(name);
            }
        }
    }

    private void attribute(String name) throws OcciSyntaxException {
        boolean mutable = false;
        boolean required = false;
        AttributeType type = AttributeType.STRING;
        Optional<AttributePattern> pattern = Optional.empty();
        Optional<AttributeValue> standard = Optional.empty();
        String description = "";
        while (input.next() != JsonToken.END_OBJECT) {
            String member = input.memberName();
            if (!input.value()) {
                continue;
            }
            switch (member) {
                case "mutable" -> mutable = flag(member);
                case "required" -> required = flag(member);
                case "type" -> type = type(input.string("The type of " + name));
                case "default" -> standard = Optional.of(input.attributeValue());
                case "description" -> description = input.string("The description of " + name);
                case "pattern" -> {
                    if (input.is(JsonToken.VALUE_STRING)) {
                        pattern = Optional.of(new AttributePattern.Expression(input.string("The pattern")));
                    } else {
                        input.skip();
                    }
                }
                default -> input.skip();
            }
        }
        attributes.add(new AttributeDefinition(
                name, type, required, mutable ? Mutability.ALWAYS : Mutability.NEVER, pattern, standard, description));
    }

    private boolean flag(String member) throws OcciSyntaxException {
        if (!input.is(JsonToken.VALUE_TRUE) && !input.is(JsonToken.VALUE_FALSE)) {
            throw input.fault("The member " + member + " must be true or false");
        }
        return input.is(JsonToken.VALUE_TRUE);
    }

    private AttributeType type(String name) throws OcciSyntaxException {
        return switch (name) {
            case "string" -> AttributeType.STRING;
            case "number" -> AttributeType.NUMBER;
            case "boolean" -> AttributeType.BOOLEAN;
            case "array" -> AttributeType.ARRAY;
            case "object" -> AttributeType.OBJECT;
            default -> throw input.fault("The type of an attribute must be string, number, boolean, array or object");
        };
    }
}
