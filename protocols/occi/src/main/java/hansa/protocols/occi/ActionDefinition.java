package hansa.protocols.occi;

import java.util.List;
import java.util.Optional;

/** An operation that a kind or mixin offers on its instances (GFD.221, Action). */
public record ActionDefinition(CategoryId id, String title, List<AttributeDefinition> attributes) implements Category {

    public ActionDefinition {
        attributes = List.copyOf(attributes);
    }

    @Override
    public Optional<String> location() {
        return Optional.empty();
    }

    @Override
    public List<ActionDefinition> actions() {
        return List.of();
    }

    @Override
    public Optional<CategoryId> rel() {
        return Optional.empty();
    }

    @Override
    public CategoryClass categoryClass() {
        return CategoryClass.ACTION;
    }
}
