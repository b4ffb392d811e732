package hansa.protocols.occi;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody sent, whichever rendering it came in: an entity, an action invocation, a list of locations, a filter, the
 * content of a query interface, or (JSON only) a collection. Not checked against any model.
 *
 * <p>The members that only JSON has become what the text renderings use: {@code id}, {@code title}, {@code summary},
 * {@code source} and {@code target} are the attributes {@code occi.core.*}; the action of an invocation is a category of class
 * action; the actions of an entity are links to {@code ?action=term}.
 *
 * @param members the entities of a JSON collection
 */
public record OcciMessage(
        List<CategoryReference> categories,
        Map<String, AttributeValue> attributes,
        List<LinkReference> links,
        List<String> locations,
        List<OcciMessage> members) {

    private static final OcciMessage EMPTY = new OcciMessage(List.of(), Map.of(), List.of(), List.of(), List.of());

    public OcciMessage {
        categories = List.copyOf(categories);
        attributes = Ordered.copy(attributes);
        links = List.copyOf(links);
        locations = List.copyOf(locations);
        members = List.copyOf(members);
    }

    /** A message that says nothing, such as an empty body. */
    public static OcciMessage empty() {
        return EMPTY;
    }

    /** A message that is a collection of others. */
    public static OcciMessage collection(List<OcciMessage> members) {
        return new OcciMessage(List.of(), Map.of(), List.of(), List.of(), members);
    }

    public boolean isEmpty() {
        return equals(EMPTY);
    }

    /** The first category that says it is of a class. */
    public Optional<CategoryId> first(CategoryClass categoryClass) {
        for (CategoryReference category : categories) {
            if (category.categoryClass().filter(categoryClass::equals).isPresent()) {
                return Optional.of(category.id());
            }
        }
        return Optional.empty();
    }

    /** An attribute's value as text. */
    public Optional<String> text(String attribute) {
        return Optional.ofNullable(attributes.get(attribute)).map(AttributeValue::asText);
    }

    /** The entity that is meant: this message, or the only member of a collection of one. */
    public OcciMessage single() {
        return categories.isEmpty() && attributes.isEmpty() && members.size() == 1 ? members.getFirst() : this;
    }
}
