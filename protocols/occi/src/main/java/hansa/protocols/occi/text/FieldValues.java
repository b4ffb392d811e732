package hansa.protocols.occi.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import hansa.protocols.occi.ActionDefinition;
import hansa.protocols.occi.AttributeDefinition;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.Category;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.CoreAttributes;
import hansa.protocols.occi.Entity;
import hansa.protocols.occi.Link;
import hansa.protocols.occi.Locations;
import hansa.protocols.occi.Mixin;
import hansa.protocols.occi.Model;
import hansa.protocols.occi.Resource;
import hansa.protocols.occi.Sink;
import hansa.protocols.occi.extension.Core;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the values of the four fields, strictly by the grammar of GFD.229: parameters in its order, one blank after each
 * semicolon, quotes around every string and around no number. What a model can tell beforehand is rendered once.
 */
final class FieldValues {
    private final String prefix;
    private final Map<CategoryId, byte[]> known = new HashMap<>();
    private final Map<CategoryId, byte[]> actionTails = new HashMap<>();

    FieldValues(Model model, String prefix) {
        this.prefix = prefix;
        for (Category category : model.categories()) {
            Sink sink = new Sink(256);
            known.put(category.id(), mention(sink, category).toBytes());
        }
        for (ActionDefinition action : model.actions()) {
            actionTails.put(action.id(), actionTail(action));
        }
    }

    private static byte[] actionTail(ActionDefinition action) {
        return ("?action=" + action.id().term() + ">; rel=\"" + action.id() + '"').getBytes(UTF_8);
    }

    /** A category as an entity shows it: without its attributes and actions. */
    void category(Sink sink, Category category) {
        byte[] ready = known.get(category.id());
        if (ready == null) {
            mention(sink, category);
        } else {
            sink.put(ready);
        }
    }

    private Sink mention(Sink sink, Category category) {
        sink.put(category.id().term()).put("; scheme=").quoted(category.id().scheme());
        sink.put("; class=").quoted(category.categoryClass().token());
        if (!category.title().isEmpty()) {
            sink.put("; title=").quoted(category.title());
        }
        category.rel().ifPresent(rel -> sink.put("; rel=").quoted(rel.toString()));
        category.location()
                .ifPresent(path -> sink.put("; location=\"")
                        .uri(Locations.under(prefix, path))
                        .put('"'));
        return sink;
    }

    /** A category as the query interface shows it. */
    void definition(Sink sink, Category category) {
        category(sink, category);
        if (!category.attributes().isEmpty()) {
            String separator = "; attributes=\"";
            for (AttributeDefinition attribute : category.attributes()) {
                sink.put(separator).put(attribute.name()).put(properties(attribute));
                separator = " ";
            }
            sink.put('"');
        }
        if (!category.actions().isEmpty()) {
            String separator = "; actions=\"";
            for (ActionDefinition action : category.actions()) {
                sink.put(separator).put(action.id().scheme()).put(action.id().term());
                separator = " ";
            }
            sink.put('"');
        }
    }

    private static String properties(AttributeDefinition attribute) {
        if (attribute.mutable()) {
            return attribute.required() ? "{required}" : "";
        }
        return attribute.required() ? "{immutable required}" : "{immutable}";
    }

    void actionLink(Sink sink, Entity entity, ActionDefinition action) {
        byte[] ready = actionTails.get(action.id());
        location(sink.put('<'), entity).put(ready == null ? actionTail(action) : ready);
    }

    private Sink location(Sink sink, Entity entity) {
        sink.put(prefix);
        if (entity.kind().location().isPresent()) {
            return sink.put(entity.kind().location().get()).put(entity.id());
        }
        return sink.put('/').put(entity.id());
    }

    private Sink reference(Sink sink, String location) {
        if (location.startsWith("/")) {
            sink.put(prefix);
        }
        return sink.uri(location);
    }

    /** A link as its source shows it. */
    void link(Sink sink, Link link) {
        reference(sink.put('<'), link.target());
        identifier(sink.put(">; rel=\""), link.targetKind().orElse(Core.RESOURCE));
        location(sink.put("\"; self=\""), link);
        identifier(sink.put("\"; category=\""), link.kind().id());
        for (Mixin mixin : link.mixins()) {
            identifier(sink.put(' '), mixin.id());
        }
        sink.put('"');
        sink.put("; " + CoreAttributes.ID + "=").quoted(link.id());
        link.title()
                .ifPresent(title -> sink.put("; " + CoreAttributes.TITLE + "=").quoted(title));
        reference(sink.put("; " + CoreAttributes.SOURCE + "=\""), link.source()).put('"');
        reference(sink.put("; " + CoreAttributes.TARGET + "=\""), link.target()).put('"');
        for (Map.Entry<String, AttributeValue> each : link.attributes().entrySet()) {
            attribute(sink.put("; "), each.getKey(), each.getValue());
        }
    }

    private static void identifier(Sink sink, CategoryId id) {
        sink.put(id.scheme()).put(id.term());
    }

    static void attribute(Sink sink, String name, AttributeValue value) {
        sink.put(name).put('=');
        switch (value) {
            case AttributeValue.Text text -> sink.quoted(text.value());
            case AttributeValue.Numeric number -> sink.put(number.asText());
            case AttributeValue.Bool bool -> sink.put(bool.asText());
            case AttributeValue.Items items -> sink.quoted(items.asText());
            case AttributeValue.Fields fields -> sink.quoted(fields.asText());
        }
    }

    /** Takes the fields of a rendering in their order. */
    interface Target {
        /** Starts a value of a field. */
        Sink begin(OcciField field);

        /** Ends the value that was started last. */
        void end();
    }

    /** The fields of an entity: categories, links, attributes. */
    void entity(Entity entity, Target target) {
        category(target.begin(OcciField.CATEGORY), entity.kind());
        target.end();
        for (Mixin mixin : entity.mixins()) {
            category(target.begin(OcciField.CATEGORY), mixin);
            target.end();
        }
        for (ActionDefinition action : entity.actions()) {
            actionLink(target.begin(OcciField.LINK), entity, action);
            target.end();
        }
        switch (entity) {
            case Resource resource -> {
                links(resource.links(), target);
                core(entity, target);
                resource.summary().ifPresent(summary -> text(target, CoreAttributes.SUMMARY, summary));
            }
            case Link link -> {
                core(entity, target);
                place(target, CoreAttributes.SOURCE, link.source());
                link.sourceKind().ifPresent(kind -> text(target, CoreAttributes.SOURCE_KIND, kind.toString()));
                place(target, CoreAttributes.TARGET, link.target());
                link.targetKind().ifPresent(kind -> text(target, CoreAttributes.TARGET_KIND, kind.toString()));
            }
        }
        attributes(entity.attributes(), target);
    }

    private void links(List<Link> links, Target target) {
        for (Link link : links) {
            link(target.begin(OcciField.LINK), link);
            target.end();
        }
    }

    private static void core(Entity entity, Target target) {
        text(target, CoreAttributes.ID, entity.id());
        if (entity.title().isPresent()) {
            text(target, CoreAttributes.TITLE, entity.title().get());
        }
    }

    private static void text(Target target, String name, String value) {
        target.begin(OcciField.ATTRIBUTE).put(name).put('=').quoted(value);
        target.end();
    }

    private void place(Target target, String name, String location) {
        reference(target.begin(OcciField.ATTRIBUTE).put(name).put("=\""), location)
                .put('"');
        target.end();
    }

    private static void attributes(Map<String, AttributeValue> attributes, Target target) {
        for (Map.Entry<String, AttributeValue> each : attributes.entrySet()) {
            attribute(target.begin(OcciField.ATTRIBUTE), each.getKey(), each.getValue());
            target.end();
        }
    }

    /** The fields of a query interface. */
    void categories(Iterable<? extends Category> categories, Target target) {
        for (Category category : categories) {
            definition(target.begin(OcciField.CATEGORY), category);
            target.end();
        }
    }

    /** The fields of an action invocation. */
    void invocation(ActionDefinition action, Map<String, AttributeValue> attributes, Target target) {
        category(target.begin(OcciField.CATEGORY), action);
        target.end();
        attributes(attributes, target);
    }

    /** The fields of a list of entities. */
    static void locations(Iterable<String> locations, String base, Target target) {
        for (String location : locations) {
            target.begin(OcciField.LOCATION).uri(Locations.under(base, location));
            target.end();
        }
    }
}
