package hansa.protocols.occi.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import hansa.protocols.occi.ActionDefinition;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.Category;
import hansa.protocols.occi.Entity;
import hansa.protocols.occi.Model;
import hansa.protocols.occi.Sink;
import java.util.Map;

/**
 * Writes {@code text/plain} and {@code text/occi+plain}, which are the same bytes (GFD.229, OCCI Text Plain rendering). Every line ends in LF.
 * Immutable and safe for any number of threads; make one per model and mount point and keep it.
 *
 * <p>Values that the rendering cannot hold are bent: control characters become blanks, arrays and objects become JSON in a string.
 */
public final class TextPlainWriter {
    private final FieldValues values;

    /**
     * @param model whose categories are rendered beforehand; entities may have others as well
     * @param prefix put before every path: empty, a mount point such as {@code /occi}, or a base URL without a slash at its end
     */
    public TextPlainWriter(Model model, String prefix) {
        values = new FieldValues(model, prefix);
    }

    private static final class Lines implements FieldValues.Target {
        private static final byte[] CATEGORY = "Category: ".getBytes(UTF_8);
        private static final byte[] LINK = "Link: ".getBytes(UTF_8);
        private static final byte[] ATTRIBUTE = "X-OCCI-Attribute: ".getBytes(UTF_8);
        private static final byte[] LOCATION = "X-OCCI-Location: ".getBytes(UTF_8);

        private final Sink sink;

        Lines(Sink sink) {
            this.sink = sink;
        }

        @Override
        public Sink begin(OcciField field) {
            return sink.put(
                    switch (field) {
                        case CATEGORY -> CATEGORY;
                        case LINK -> LINK;
                        case ATTRIBUTE -> ATTRIBUTE;
                        case LOCATION -> LOCATION;
                    });
        }

        @Override
        public void end() {
            sink.put('\n');
        }
    }

    /** One resource or link. */
    public byte[] entity(Entity entity) {
        Sink sink = new Sink(2048);
        entity(entity, sink);
        return sink.toBytes();
    }

    public void entity(Entity entity, Sink sink) {
        values.entity(entity, new Lines(sink));
    }

    /**
     * A collection: the rendering lists where its members are (GFD.229, Entity Collection Rendering).
     *
     * @param base put before every path, see {@link hansa.protocols.occi.Locations#under}
     */
    public byte[] locations(Iterable<String> locations, String base) {
        Sink sink = new Sink(1024);
        FieldValues.locations(locations, base, new Lines(sink));
        return sink.toBytes();
    }

    /** A query interface. */
    public byte[] categories(Iterable<? extends Category> categories) {
        Sink sink = new Sink(8192);
        values.categories(categories, new Lines(sink));
        return sink.toBytes();
    }

    /** The request to invoke an action. */
    public byte[] invocation(ActionDefinition action, Map<String, AttributeValue> attributes) {
        Sink sink = new Sink(256);
        values.invocation(action, attributes, new Lines(sink));
        return sink.toBytes();
    }
}
