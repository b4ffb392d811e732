package hansa.protocols.occi;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A machine, a network, a volume: an entity that links start from (GFD.221, Resource). */
public record Resource(
        Kind kind,
        String id,
        Optional<String> title,
        Optional<String> summary,
        List<Mixin> mixins,
        Map<String, AttributeValue> attributes,
        List<ActionDefinition> actions,
        List<Link> links)
        implements Entity {

    /** @throws IllegalArgumentException if the id cannot stand in a URL */
    public Resource {
        Entity.requireId(id);
        mixins = List.copyOf(mixins);
        attributes = Ordered.copy(attributes);
        actions = List.copyOf(actions);
        links = List.copyOf(links);
    }
}
