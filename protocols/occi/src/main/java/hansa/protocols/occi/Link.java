package hansa.protocols.occi;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A directed relation between two resources (GFD.221, Link).
 *
 * @param source a path from the root of the service, or an absolute URL
 * @param target the same; may lie outside of this service
 * @param targetKind empty where the target is no OCCI resource
 */
public record Link(
        Kind kind,
        String id,
        Optional<String> title,
        List<Mixin> mixins,
        Map<String, AttributeValue> attributes,
        List<ActionDefinition> actions,
        String source,
        Optional<CategoryId> sourceKind,
        String target,
        Optional<CategoryId> targetKind)
        implements Entity {

    /** @throws IllegalArgumentException if the id cannot stand in a URL */
    public Link {
        Entity.requireId(id);
        mixins = List.copyOf(mixins);
        attributes = Ordered.copy(attributes);
        actions = List.copyOf(actions);
    }
}
