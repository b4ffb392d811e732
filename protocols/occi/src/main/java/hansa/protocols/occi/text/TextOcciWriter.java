package hansa.protocols.occi.text;

import hansa.protocols.occi.ActionDefinition;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.Category;
import hansa.protocols.occi.Entity;
import hansa.protocols.occi.HeaderField;
import hansa.protocols.occi.Model;
import hansa.protocols.occi.Sink;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Writes {@code text/occi}: HTTP headers, each field once with its values joined by {@code ", "}; the body is {@link #BODY}
 * (GFD.229, OCCI Header Rendering). Immutable and safe for any number of threads; make one per model and mount point and keep it.
 */
public final class TextOcciWriter {
    /** What the body of an answer says. */
    public static final String BODY = "OK";

    private final FieldValues values;

    /** See {@link TextPlainWriter#TextPlainWriter(Model, String)}. */
    public TextOcciWriter(Model model, String prefix) {
        values = new FieldValues(model, prefix);
    }

    private static final class Headers implements FieldValues.Target {
        private final Map<OcciField, Sink> sinks = new EnumMap<>(OcciField.class);

        @Override
        public Sink begin(OcciField field) {
            Sink sink = sinks.computeIfAbsent(field, _ -> new Sink(1024));
            return sink.size() == 0 ? sink : sink.put(", ");
        }

        @Override
        public void end() {}

        List<HeaderField> fields() {
            List<HeaderField> fields = new ArrayList<>(sinks.size());
            sinks.forEach((field, sink) -> fields.add(
                    new HeaderField(field.label(), new String(sink.toBytes(), StandardCharsets.ISO_8859_1))));
            return fields;
        }
    }

    /** One resource or link. */
    public List<HeaderField> entity(Entity entity) {
        Headers headers = new Headers();
        values.entity(entity, headers);
        return headers.fields();
    }

    /** A collection, see {@link TextPlainWriter#locations}. No header at all for an empty one. */
    public List<HeaderField> locations(Iterable<String> locations, String base) {
        Headers headers = new Headers();
        FieldValues.locations(locations, base, headers);
        return headers.fields();
    }

    /** A query interface. */
    public List<HeaderField> categories(Iterable<? extends Category> categories) {
        Headers headers = new Headers();
        values.categories(categories, headers);
        return headers.fields();
    }

    /** The request to invoke an action. */
    public List<HeaderField> invocation(ActionDefinition action, Map<String, AttributeValue> attributes) {
        Headers headers = new Headers();
        values.invocation(action, attributes, headers);
        return headers.fields();
    }
}
