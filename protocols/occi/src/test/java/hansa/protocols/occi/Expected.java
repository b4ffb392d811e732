package hansa.protocols.occi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The message that a reader must make of what a writer wrote. */
public final class Expected {
    private Expected() {}

    /** Of an entity in a text rendering without a prefix. */
    public static OcciMessage text(Entity entity) {
        List<CategoryReference> categories = new ArrayList<>();
        categories.add(mention(entity.kind()));
        entity.mixins().forEach(mixin -> categories.add(mention(mixin)));
        List<LinkReference> links = new ArrayList<>();
        for (ActionDefinition action : entity.actions()) {
            links.add(actionLink(entity.location() + "?action=" + action.id().term(), action));
        }
        return switch (entity) {
            case Resource resource -> {
                resource.links().forEach(link -> links.add(textLink(link)));
                yield new OcciMessage(categories, resourceAttributes(resource), links, List.of(), List.of());
            }
            case Link link -> new OcciMessage(categories, linkAttributes(link, true), links, List.of(), List.of());
        };
    }

    /** Of an entity in JSON without a prefix. */
    public static OcciMessage json(Entity entity) {
        List<CategoryReference> categories = new ArrayList<>();
        categories.add(CategoryReference.of(entity.kind().id(), CategoryClass.KIND));
        entity.mixins().forEach(mixin -> categories.add(CategoryReference.of(mixin.id(), CategoryClass.MIXIN)));
        List<LinkReference> links = new ArrayList<>();
        for (ActionDefinition action : entity.actions()) {
            links.add(actionLink("?action=" + action.id().term(), action));
        }
        return switch (entity) {
            case Resource resource -> {
                resource.links().forEach(link -> links.add(jsonLink(link)));
                yield new OcciMessage(categories, resourceAttributes(resource), links, List.of(), List.of());
            }
            case Link link -> new OcciMessage(categories, linkAttributes(link, true), links, List.of(), List.of());
        };
    }

    private static LinkReference actionLink(String target, ActionDefinition action) {
        return new LinkReference(target, List.of(action.id()), Optional.empty(), List.of(), Map.of());
    }

    private static List<CategoryId> types(Link link) {
        List<CategoryId> types = new ArrayList<>(List.of(link.kind().id()));
        link.mixins().forEach(mixin -> types.add(mixin.id()));
        return types;
    }

    private static LinkReference textLink(Link link) {
        return new LinkReference(
                link.target(),
                List.of(link.targetKind().orElseThrow()),
                Optional.of(link.location()),
                types(link),
                linkAttributes(link, false));
    }

    private static LinkReference jsonLink(Link link) {
        return new LinkReference(
                link.target(),
                List.of(link.targetKind().orElseThrow()),
                Optional.empty(),
                types(link),
                linkAttributes(link, true));
    }

    private static Map<String, AttributeValue> resourceAttributes(Resource resource) {
        Map<String, AttributeValue> all = new LinkedHashMap<>();
        all.put("occi.core.id", AttributeValue.of(resource.id()));
        resource.title().ifPresent(title -> all.put("occi.core.title", AttributeValue.of(title)));
        resource.summary().ifPresent(summary -> all.put("occi.core.summary", AttributeValue.of(summary)));
        all.putAll(resource.attributes());
        return all;
    }

    private static Map<String, AttributeValue> linkAttributes(Link link, boolean kinds) {
        Map<String, AttributeValue> all = new LinkedHashMap<>();
        all.put("occi.core.id", AttributeValue.of(link.id()));
        link.title().ifPresent(title -> all.put("occi.core.title", AttributeValue.of(title)));
        all.put("occi.core.source", AttributeValue.of(link.source()));
        all.put("occi.core.target", AttributeValue.of(link.target()));
        if (kinds) {
            link.sourceKind().ifPresent(id -> all.put("occi.core.source.kind", AttributeValue.of(id.toString())));
            link.targetKind().ifPresent(id -> all.put("occi.core.target.kind", AttributeValue.of(id.toString())));
        }
        all.putAll(link.attributes());
        return all;
    }

    /** A category as the text renderings show it beside an entity. */
    public static CategoryReference mention(Category category) {
        return reference(category, List.of(), List.of(), List.of(), List.of());
    }

    /** A category as the query interface shows it in text, where an attribute has no type and no description. */
    public static CategoryReference textDefinition(Category category) {
        List<AttributeDefinition> attributes = category.attributes().stream()
                .map(each -> new AttributeDefinition(
                        each.name(),
                        AttributeType.STRING,
                        each.required(),
                        each.mutability(),
                        Optional.empty(),
                        Optional.empty(),
                        ""))
                .toList();
        return reference(category, attributes, actions(category), List.of(), List.of());
    }

    /** A category as the query interface shows it in JSON, which has fewer types. */
    public static CategoryReference jsonDefinition(Category category) {
        List<AttributeDefinition> attributes = category.attributes().stream()
                .map(each -> new AttributeDefinition(
                        each.name(),
                        switch (each.type()) {
                            case URI -> AttributeType.STRING;
                            case INTEGER -> AttributeType.NUMBER;
                            case STRING, NUMBER, BOOLEAN, ARRAY, OBJECT -> each.type();
                        },
                        each.required(),
                        each.mutability(),
                        Optional.empty(),
                        each.defaultValue(),
                        each.description()))
                .toList();
        return switch (category) {
            case Mixin mixin -> reference(category, attributes, actions(category), mixin.depends(), mixin.applies());
            case Kind _, ActionDefinition _ -> reference(category, attributes, actions(category), List.of(), List.of());
        };
    }

    private static List<CategoryId> actions(Category category) {
        return category.actions().stream().map(ActionDefinition::id).toList();
    }

    private static CategoryReference reference(
            Category category,
            List<AttributeDefinition> attributes,
            List<CategoryId> actions,
            List<CategoryId> depends,
            List<CategoryId> applies) {
        return new CategoryReference(
                category.id(),
                Optional.of(category.categoryClass()),
                category.title().isEmpty() ? Optional.empty() : Optional.of(category.title()),
                category.rel().map(CategoryId::toString),
                category.location(),
                attributes,
                actions,
                depends,
                applies);
    }
}
