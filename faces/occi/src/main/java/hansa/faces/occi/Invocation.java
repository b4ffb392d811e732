package hansa.faces.occi;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.protocols.occi.ActionDefinition;
import hansa.protocols.occi.AttributeValue;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An action with its checked arguments. */
record Invocation(ActionDefinition action, Map<String, AttributeValue> arguments) {

    String term() {
        return action.id().term();
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(arguments.get(name)).map(AttributeValue::asText);
    }

    /** The constant that an argument names in any case, or the one that holds where it is left out. */
    <E extends Enum<E>> E choice(String name, Class<E> type, E otherwise) {
        return text(name)
                .map(word -> Arrays.stream(type.getEnumConstants())
                        .filter(constant -> constant.name().equals(word.toUpperCase(Locale.ROOT)))
                        .findFirst()
                        .orElseThrow(() -> new Failure(
                                ErrorCode.ATTRIBUTE_INVALID,
                                "The argument " + name + " of the action " + term() + " cannot be " + Words.shown(word)
                                        + ".")))
                .orElse(otherwise);
    }

    BigDecimal number(String name) {
        return Optional.ofNullable(arguments.get(name))
                .filter(AttributeValue.Numeric.class::isInstance)
                .map(value -> ((AttributeValue.Numeric) value).value())
                .orElseThrow(() -> new Failure(
                        ErrorCode.ATTRIBUTE_MISSING,
                        "The action " + term() + " needs the number " + name + "; add it."));
    }

    /** No repository serves it; the model and the repository have come apart. */
    Failure unserved() {
        return new Failure(ErrorCode.CATEGORY_UNKNOWN, "The action " + action.id() + " is not served here.");
    }
}
