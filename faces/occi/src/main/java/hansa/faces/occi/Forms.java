package hansa.faces.occi;

import hansa.protocols.occi.ActionDefinition;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.Kind;
import hansa.protocols.occi.Mixin;
import hansa.protocols.occi.Model;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the forms of all kinds have in common: categories looked up once, and small rules of rendering. */
final class Forms {

    private final Model model;

    Forms(Model model) {
        this.model = model;
    }

    /** A kind of the model that this face is built on. */
    Kind kind(CategoryId id) {
        return model.kind(id).orElseThrow(() -> new IllegalStateException("the model has no kind " + id));
    }

    Mixin mixin(CategoryId id) {
        return model.mixin(id).orElseThrow(() -> new IllegalStateException("the model has no mixin " + id));
    }

    /** Those of a kind's actions that have one of these terms, in the order of the model. */
    static List<ActionDefinition> actions(Kind kind, Set<String> terms) {
        return kind.actions().stream()
                .filter(action -> terms.contains(action.id().term()))
                .toList();
    }

    /** User mixins as an entity shows them. */
    static void tags(Collection<String> tags, List<Mixin> mixins) {
        tags.stream()
                .sorted()
                .map(tag -> new Mixin(
                        CategoryId.parse(tag), "", List.of(), List.of(), List.of(), List.of(), Optional.empty()))
                .forEach(mixins::add);
    }

    static List<Mixin> tags(Collection<String> tags) {
        if (tags.isEmpty()) {
            return List.of();
        }
        List<Mixin> mixins = new ArrayList<>(tags.size());
        tags(tags, mixins);
        return mixins;
    }

    /** Nothing is shown of what is empty. */
    static Optional<String> shown(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    static void put(Map<String, AttributeValue> attributes, String name, String text) {
        if (!text.isEmpty()) {
            attributes.put(name, AttributeValue.of(text));
        }
    }
}
