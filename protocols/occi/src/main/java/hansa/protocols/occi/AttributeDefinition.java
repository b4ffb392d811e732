package hansa.protocols.occi;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * An attribute as a kind, mixin or action declares it (GFD.221, Attribute).
 *
 * @param name the name as rendered, such as {@code occi.compute.cores}
 * @param required whether a client must give it at creation
 * @param mutability when a client may give it; anything but {@link Mutability#ALWAYS} is rendered as immutable
 * @param defaultValue what holds where the client gives nothing
 * @param description one line for people, may be empty
 */
public record AttributeDefinition(
        String name,
        AttributeType type,
        boolean required,
        Mutability mutability,
        Optional<AttributePattern> pattern,
        Optional<AttributeValue> defaultValue,
        String description) {

    /** @throws IllegalArgumentException if the name is not of letters, digits, {@code - _ .} */
    public AttributeDefinition {
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "The attribute name \"" + Printable.of(name) + "\" must be letters, digits, '-', '_' and '.'");
        }
    }

    /** An optional attribute that clients may set at any time. */
    public static AttributeDefinition attribute(String name, AttributeType type, String description) {
        return new AttributeDefinition(
                name, type, false, Mutability.ALWAYS, Optional.empty(), Optional.empty(), description);
    }

    /** Whether clients may change it after creation. */
    public boolean mutable() {
        return mutability == Mutability.ALWAYS;
    }

    /** The same, but a client must give it at creation. */
    public AttributeDefinition asRequired() {
        return new AttributeDefinition(name, type, true, mutability, pattern, defaultValue, description);
    }

    /** The same, but clients may give it only at creation. */
    public AttributeDefinition fixedAtCreation() {
        return new AttributeDefinition(
                name, type, required, Mutability.AT_CREATION, pattern, defaultValue, description);
    }

    /** The same, but only the provider sets it. */
    public AttributeDefinition readOnly() {
        return new AttributeDefinition(name, type, required, Mutability.NEVER, pattern, defaultValue, description);
    }

    /** The same, but the value is one of these words. */
    public AttributeDefinition oneOf(String... words) {
        return patterned(new AttributePattern.OneOf(List.of(words)));
    }

    /** The same, but the number lies within these bounds, both included. */
    public AttributeDefinition within(long least, long most) {
        return patterned(new AttributePattern.Range(BigDecimal.valueOf(least), BigDecimal.valueOf(most)));
    }

    /** The same, with a default. */
    public AttributeDefinition withDefault(AttributeValue value) {
        return new AttributeDefinition(name, type, required, mutability, pattern, Optional.of(value), description);
    }

    private AttributeDefinition patterned(AttributePattern rule) {
        return new AttributeDefinition(name, type, required, mutability, Optional.of(rule), defaultValue, description);
    }

    /** Whether a text can be the name of an attribute: letters, digits, {@code - _ .}, at least one of them. */
    public static boolean isName(String text) {
        if (text.isEmpty()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean fits = (c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || c == '.'
                    || c == '_'
                    || c == '-';
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
