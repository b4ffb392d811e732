package hansa.drivers.occi;

import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CategoryClass;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.Sink;
import java.util.Map;

/**
 * What is asked for, in {@code text/plain}: the one rendering that every server reads (GFD.229, OCCI Text Plain rendering).
 * Categories come first, then links, then attributes, in whatever order they were given.
 */
final class Message {

    static final String TYPE = "text/plain";

    private final Sink categories = new Sink(512);
    private final Sink links = new Sink(256);
    private final Sink attributes = new Sink(512);

    Message kind(CategoryId id) {
        return category(id, CategoryClass.KIND);
    }

    Message mixin(CategoryId id) {
        return category(id, CategoryClass.MIXIN);
    }

    /** A mixin of one's own, as it is made known to the service (GFD.223, Adding a Mixin Definition). */
    Message definition(CategoryId id, String location) {
        categories.put("Category: ").put(id.term()).put("; scheme=").quoted(id.scheme());
        categories.put("; class=\"mixin\"; location=\"").uri(location).put("\"\n");
        return this;
    }

    Message action(CategoryId id) {
        return category(id, CategoryClass.ACTION);
    }

    private Message category(CategoryId id, CategoryClass categoryClass) {
        categories.put("Category: ").put(id.term()).put("; scheme=").quoted(id.scheme());
        categories.put("; class=").quoted(categoryClass.token()).put('\n');
        return this;
    }

    Message attribute(String name, String value) {
        return attribute(name, AttributeValue.of(value));
    }

    Message attribute(String name, AttributeValue value) {
        value(attributes.put("X-OCCI-Attribute: "), name, value);
        attributes.put('\n');
        return this;
    }

    /** A link of the resource that is made with it. */
    Message link(String target, CategoryId targetKind, String types, Map<String, String> values) {
        links.put("Link: <").uri(target).put(">; rel=").quoted(targetKind.toString());
        links.put("; category=").quoted(types);
        values.forEach((name, value) -> value(links.put("; "), name, AttributeValue.of(value)));
        links.put('\n');
        return this;
    }

    private static void value(Sink sink, String name, AttributeValue value) {
        sink.put(name).put('=');
        switch (value) {
            case AttributeValue.Text(String text) -> sink.quoted(text);
            case AttributeValue.Numeric number -> sink.put(number.asText());
            case AttributeValue.Bool bool -> sink.put(bool.asText());
            case AttributeValue.Items items -> sink.quoted(items.asText());
            case AttributeValue.Fields fields -> sink.quoted(fields.asText());
        }
    }

    byte[] toBytes() {
        return new Sink(categories.size() + links.size() + attributes.size())
                .put(categories.toBytes())
                .put(links.toBytes())
                .put(attributes.toBytes())
                .toBytes();
    }
}
