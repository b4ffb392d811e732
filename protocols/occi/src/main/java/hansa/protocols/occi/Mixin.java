package hansa.protocols.occi;

import java.util.List;
import java.util.Optional;

/**
 * Capabilities that are added to single resources or links; one without any is a tag (GFD.221, Mixin).
 *
 * @param depends mixins that this one specialises; the first is its type, as with the template mixins
 * @param applies kinds that it can be added to; empty for any
 */
public record Mixin(
        CategoryId id,
        String title,
        List<CategoryId> depends,
        List<CategoryId> applies,
        List<AttributeDefinition> attributes,
        List<ActionDefinition> actions,
        Optional<String> location)
        implements Category {

    /** @throws IllegalArgumentException if the location does not begin and end with a slash */
    public Mixin {
        depends = List.copyOf(depends);
        applies = List.copyOf(applies);
        attributes = List.copyOf(attributes);
        actions = List.copyOf(actions);
        location.ifPresent(Locations::requireCollection);
    }

    /** A mixin without capabilities, as users define them to group their resources. */
    public static Mixin tag(CategoryId id, String title, String location) {
        return new Mixin(id, title, List.of(), List.of(), List.of(), List.of(), Optional.of(location));
    }

    @Override
    public Optional<CategoryId> rel() {
        return depends.isEmpty() ? Optional.empty() : Optional.of(depends.getFirst());
    }

    @Override
    public CategoryClass categoryClass() {
        return CategoryClass.MIXIN;
    }
}
