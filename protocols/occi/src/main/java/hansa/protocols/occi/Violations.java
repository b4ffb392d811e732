package hansa.protocols.occi;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The outcome of a check.
 *
 * @param attributes what was sent, under the names that the model knows and with the types that it declares
 * @param found what is wrong, in the order of the message; empty if all is well
 */
public record Violations(Map<String, AttributeValue> attributes, List<Violation> found) {
    public Violations {
        attributes = Ordered.copy(attributes);
        found = List.copyOf(found);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** All messages in one line. */
    public String message() {
        return found.stream().map(Violation::message).collect(Collectors.joining("; "));
    }
}
