package hansa.protocols.occi.json;

import hansa.protocols.occi.ActionDefinition;
import hansa.protocols.occi.AttributeDefinition;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.Category;
import hansa.protocols.occi.CategoryClass;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.Entity;
import hansa.protocols.occi.Kind;
import hansa.protocols.occi.Link;
import hansa.protocols.occi.Locations;
import hansa.protocols.occi.Mixin;
import hansa.protocols.occi.Resource;
import hansa.protocols.occi.Sink;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes {@code application/occi+json} (GFD.226). Empty members are left out, except {@code attributes}, which some readers
 * demand. Attribute patterns are left out too: the specification's text and its schema disagree about their form. Immutable and
 * safe for any number of threads.
 */
public final class OcciJsonWriter {
    private final String prefix;

    /** @param prefix put before every path: empty, a mount point, or a base URL without a slash at its end */
    public OcciJsonWriter(String prefix) {
        this.prefix = prefix;
    }

    /** One resource or link. */
    public byte[] entity(Entity entity) {
        Sink sink = new Sink(2048);
        entity(entity, sink);
        return sink.toBytes();
    }

    public void entity(Entity entity, Sink sink) {
        switch (entity) {
            case Resource resource -> resource(resource, sink);
            case Link link -> link(link, sink);
        }
    }

    private void resource(Resource resource, Sink sink) {
        common(resource, sink);
        if (!resource.links().isEmpty()) {
            char separator = '[';
            sink.put(",\"links\":");
            for (Link link : resource.links()) {
                link(link, sink.put(separator));
                separator = ',';
            }
            sink.put(']');
        }
        text(sink, "summary", resource.summary());
        text(sink, "title", resource.title());
        sink.put('}');
    }

    private void link(Link link, Sink sink) {
        common(link, sink);
        place(sink.put(",\"source\":"), link.source(), link.sourceKind());
        place(sink.put(",\"target\":"), link.target(), link.targetKind());
        text(sink, "title", link.title());
        sink.put('}');
    }

    private void common(Entity entity, Sink sink) {
        identifier(sink.put("{\"kind\":"), entity.kind().id());
        identifiers(sink, "mixins", entity.mixins());
        sink.put(",\"attributes\":").jsonMembers(entity.attributes());
        identifiers(sink, "actions", entity.actions());
        sink.put(",\"id\":").jsonString(entity.id());
    }

    private void place(Sink sink, String location, Optional<CategoryId> kind) {
        sink.put("{\"location\":").jsonString(Locations.under(prefix, location));
        kind.ifPresent(id -> identifier(sink.put(",\"kind\":"), id));
        sink.put('}');
    }

    private static void text(Sink sink, String member, Optional<String> value) {
        if (value.isPresent()) {
            sink.put(",\"").put(member).put("\":").jsonString(value.get());
        }
    }

    private static void identifier(Sink sink, CategoryId id) {
        // Identifiers hold nothing that JSON would escape.
        sink.put('"').put(id.scheme()).put(id.term()).put('"');
    }

    private static void identifiers(Sink sink, String member, List<? extends Category> categories) {
        if (categories.isEmpty()) {
            return;
        }
        char separator = '[';
        sink.put(",\"").put(member).put("\":");
        for (Category category : categories) {
            identifier(sink.put(separator), category.id());
            separator = ',';
        }
        sink.put(']');
    }

    /** A collection of resources from entities that are rendered already. */
    public byte[] resources(Iterable<byte[]> rendered) {
        return collection("resources", rendered);
    }

    /** A collection of links from entities that are rendered already. */
    public byte[] links(Iterable<byte[]> rendered) {
        return collection("links", rendered);
    }

    private static byte[] collection(String member, Iterable<byte[]> rendered) {
        Sink sink = new Sink(8192).put("{\"").put(member).put("\":[");
        Iterator<byte[]> each = rendered.iterator();
        while (each.hasNext()) {
            sink.put(each.next());
            if (each.hasNext()) {
                sink.put(',');
            }
        }
        return sink.put("]}").toBytes();
    }

    /** Resources and links together, each in the collection of its sort. */
    public byte[] entities(Iterable<? extends Entity> entities) {
        Sink resources = new Sink(4096);
        Sink links = new Sink(256);
        for (Entity entity : entities) {
            Sink sink = switch (entity) {
                case Resource _ -> resources;
                case Link _ -> links;
            };
            entity(entity, sink.put(sink.size() == 0 ? '[' : ','));
        }
        Sink sink = new Sink(resources.size() + links.size() + 64);
        if (resources.size() > 0 || links.size() == 0) {
            sink.put("{\"resources\":")
                    .put(resources.size() == 0 ? resources.put('[').toBytes() : resources.toBytes());
            sink.put(']');
        }
        if (links.size() > 0) {
            sink.put(sink.size() == 0 ? "{\"links\":" : ",\"links\":")
                    .put(links.toBytes())
                    .put(']');
        }
        return sink.put('}').toBytes();
    }

    /** A list of locations: an array of strings. */
    public byte[] locations(Iterable<String> locations, String base) {
        Sink sink = new Sink(1024);
        sink.put('[');
        Iterator<String> each = locations.iterator();
        while (each.hasNext()) {
            sink.jsonString(Locations.under(base, each.next()));
            if (each.hasNext()) {
                sink.put(',');
            }
        }
        return sink.put(']').toBytes();
    }

    /** A query interface. */
    public byte[] categories(Iterable<? extends Category> categories) {
        Sink sink = new Sink(8192).put('{');
        for (CategoryClass sort : CategoryClass.values()) {
            char separator = '[';
            for (Category category : categories) {
                if (category.categoryClass() != sort) {
                    continue;
                }
                if (separator == '[') {
                    sink.put(sink.size() == 1 ? "\"" : ",\"").put(sort.token()).put("s\":");
                }
                category(category, sink.put(separator));
                separator = ',';
            }
            if (separator == ',') {
                sink.put(']');
            }
        }
        return sink.put('}').toBytes();
    }

    private void category(Category category, Sink sink) {
        sink.put("{\"term\":").jsonString(category.id().term());
        sink.put(",\"scheme\":").jsonString(category.id().scheme());
        if (!category.title().isEmpty()) {
            sink.put(",\"title\":").jsonString(category.title());
        }
        sink.put(",\"attributes\":{");
        Iterator<AttributeDefinition> attributes = category.attributes().iterator();
        while (attributes.hasNext()) {
            attribute(attributes.next(), sink);
            if (attributes.hasNext()) {
                sink.put(',');
            }
        }
        sink.put('}');
        identifiers(sink, "actions", category.actions());
        switch (category) {
            case Kind kind -> kind.parent().ifPresent(parent -> identifier(sink.put(",\"parent\":"), parent));
            case Mixin mixin -> {
                names(sink, "depends", mixin.depends());
                names(sink, "applies", mixin.applies());
            }
            case ActionDefinition _ -> {}
        }
        category.location().ifPresent(path -> sink.put(",\"location\":").jsonString(Locations.under(prefix, path)));
        sink.put('}');
    }

    private static void names(Sink sink, String member, List<CategoryId> ids) {
        if (ids.isEmpty()) {
            return;
        }
        char separator = '[';
        sink.put(",\"").put(member).put("\":");
        for (CategoryId id : ids) {
            identifier(sink.put(separator), id);
            separator = ',';
        }
        sink.put(']');
    }

    private static void attribute(AttributeDefinition attribute, Sink sink) {
        sink.jsonString(attribute.name());
        sink.put(attribute.mutable() ? ":{\"mutable\":true" : ":{\"mutable\":false");
        sink.put(attribute.required() ? ",\"required\":true" : ",\"required\":false");
        sink.put(",\"type\":").jsonString(attribute.type().json());
        attribute.defaultValue().ifPresent(value -> sink.put(",\"default\":").jsonValue(value));
        if (!attribute.description().isEmpty()) {
            sink.put(",\"description\":").jsonString(attribute.description());
        }
        sink.put('}');
    }

    /** The request to invoke an action. */
    public byte[] invocation(ActionDefinition action, Map<String, AttributeValue> attributes) {
        Sink sink = new Sink(256);
        identifier(sink.put("{\"action\":"), action.id());
        return sink.put(",\"attributes\":").jsonMembers(attributes).put('}').toBytes();
    }
}
