package hansa.protocols.occi;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A link as somebody sent it, inline in a resource.
 *
 * @param target a URI reference; for an action it ends in {@code ?action=term}
 * @param rel the kind (and mixins) of the target, or the action
 * @param self where the link itself is found
 * @param categories kind and mixins of the link
 * @param attributes of the link, its title as {@code occi.core.title}
 */
public record LinkReference(
        String target,
        List<CategoryId> rel,
        Optional<String> self,
        List<CategoryId> categories,
        Map<String, AttributeValue> attributes) {

    public LinkReference {
        rel = List.copyOf(rel);
        categories = List.copyOf(categories);
        attributes = Ordered.copy(attributes);
    }

    /** Whether this only shows that an action can be invoked. */
    public boolean isAction() {
        return categories.isEmpty() && target.contains("?action=");
    }
}
