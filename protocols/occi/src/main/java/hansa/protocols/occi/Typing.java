package hansa.protocols.occi;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/** Brings a value to the type that an attribute declares, where that loses nothing. */
final class Typing {
    private Typing() {}

    static Optional<AttributeValue> of(AttributeDefinition attribute, AttributeValue value) {
        return switch (attribute.type()) {
            case STRING, URI -> text(attribute, value);
            case NUMBER -> number(value);
            case INTEGER -> number(value).flatMap(Typing::integer);
            case BOOLEAN -> bool(value);
            case ARRAY -> value instanceof AttributeValue.Items ? Optional.of(value) : Optional.empty();
            case OBJECT -> value instanceof AttributeValue.Fields ? Optional.of(value) : Optional.empty();
        };
    }

    /** What a person has to write, as the end of the sentence "must be …". */
    static String wish(AttributeType type) {
        return switch (type) {
            case STRING -> "text";
            case URI -> "a URL";
            case NUMBER -> "a number";
            case INTEGER -> "a whole number";
            case BOOLEAN -> "true or false";
            case ARRAY -> "an array";
            case OBJECT -> "an object";
        };
    }

    private static Optional<AttributeValue> text(AttributeDefinition attribute, AttributeValue value) {
        return switch (value) {
            case AttributeValue.Text text -> Optional.of(choice(attribute, text));
            // The text renderings leave no other way to tell a title of digits from a number.
            case AttributeValue.Numeric _, AttributeValue.Bool _ -> Optional.of(AttributeValue.of(value.asText()));
            case AttributeValue.Items _, AttributeValue.Fields _ -> Optional.empty();
        };
    }

    private static AttributeValue choice(AttributeDefinition attribute, AttributeValue.Text text) {
        if (attribute.pattern().isPresent()
                && attribute.pattern().get() instanceof AttributePattern.OneOf choice
                && !choice.words().contains(text.value())) {
            String lower = text.value().toLowerCase(Locale.ROOT);
            return choice.words().contains(lower) ? AttributeValue.of(lower) : text;
        }
        return text;
    }

    private static Optional<AttributeValue> number(AttributeValue value) {
        return switch (value) {
            case AttributeValue.Numeric number -> Optional.of(number);
            case AttributeValue.Text text -> parse(text.value().strip());
            case AttributeValue.Bool _, AttributeValue.Items _, AttributeValue.Fields _ -> Optional.empty();
        };
    }

    private static Optional<AttributeValue> parse(String text) {
        if (text.isEmpty() || text.length() > AttributeValue.Numeric.MOST_DIGITS) {
            return Optional.empty();
        }
        try {
            BigDecimal number = new BigDecimal(text);
            return AttributeValue.Numeric.isBounded(number) ? Optional.of(AttributeValue.of(number)) : Optional.empty();
        } catch (NumberFormatException _) {
            // An empty answer is how this method says that the text is no number.
            return Optional.empty();
        }
    }

    /** A whole number, also where it came as 2.0. */
    private static Optional<AttributeValue> integer(AttributeValue value) {
        return value instanceof AttributeValue.Numeric number && number.isInteger()
                ? Optional.of(AttributeValue.of(number.value().setScale(0)))
                : Optional.empty();
    }

    private static Optional<AttributeValue> bool(AttributeValue value) {
        return switch (value.asText()) {
            case "true" -> Optional.of(AttributeValue.of(true));
            case "false" -> Optional.of(AttributeValue.of(false));
            default -> Optional.empty();
        };
    }
}
