package hansa.protocols.occi;

import java.util.List;
import java.util.Optional;

/**
 * A type of resources or links (GFD.221, Kind).
 *
 * @param parent the kind it specialises; only {@code entity} has none
 * @param location where its instances are found, such as {@code /compute/}; empty for a kind that is not bound to a path
 */
public record Kind(
        CategoryId id,
        String title,
        Optional<CategoryId> parent,
        List<AttributeDefinition> attributes,
        List<ActionDefinition> actions,
        Optional<String> location)
        implements Category {

    /** @throws IllegalArgumentException if the location does not begin and end with a slash */
    public Kind {
        attributes = List.copyOf(attributes);
        actions = List.copyOf(actions);
        location.ifPresent(Locations::requireCollection);
    }

    @Override
    public Optional<CategoryId> rel() {
        return parent;
    }

    @Override
    public CategoryClass categoryClass() {
        return CategoryClass.KIND;
    }
}
