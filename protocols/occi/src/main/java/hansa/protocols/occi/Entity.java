package hansa.protocols.occi;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An instance of a kind, ready to be rendered (GFD.221, Entity). */
public sealed interface Entity permits Resource, Link {
    Kind kind();

    /** What {@code occi.core.id} says: unique within the kind, safe as the last segment of a path. */
    String id();

    Optional<String> title();

    List<Mixin> mixins();

    /** Everything but id, title, summary, source and target, in the order of rendering. */
    Map<String, AttributeValue> attributes();

    /** The actions that can be invoked now. */
    List<ActionDefinition> actions();

    /** The path from the root of the service: the location of the kind, then the id. */
    default String location() {
        return kind().location().orElse("/") + id();
    }

    /**
     * Checks an id that becomes a segment of a path.
     *
     * @throws IllegalArgumentException if it is empty or would need escaping in a URL
     */
    static String requireId(String id) {
        if (id.isEmpty()
                || id.indexOf('/') >= 0
                || id.indexOf('?') >= 0
                || id.indexOf('#') >= 0
                || !Locations.isVisible(id)) {
            throw new IllegalArgumentException(
                    "The id \"" + Printable.of(id) + "\" must be visible ASCII without '/', '?' and '#'");
        }
        return id;
    }
}
