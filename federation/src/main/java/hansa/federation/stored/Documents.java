package hansa.federation.stored;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * Writes records as compact JSON for a column of the store, and reads them again. A member that a later version added
 * is passed over by an earlier one; a number or flag that an earlier one did not know is 0 or false. Immutable, safe for many threads.
 */
public final class Documents {

    private final JsonMapper mapper;

    private Documents(JsonMapper mapper) {
        this.mapper = mapper;
    }

    public static Builder builder() {
        return new Builder();
    }

    /** The form of one record. */
    public <T> Form<T> form(Class<T> type) {
        return new Form<>(type, mapper.writerFor(type), mapper.readerFor(type));
    }

    /** Any record as a JSON object, for events. */
    public String json(Object value) {
        return mapper.writeValueAsString(value);
    }

    /** One type of record in both directions. */
    public static final class Form<T> {
        private final Class<T> type;
        private final ObjectWriter writer;
        private final ObjectReader reader;

        private Form(Class<T> type, ObjectWriter writer, ObjectReader reader) {
            this.type = type;
            this.writer = writer;
            this.reader = reader;
        }

        public String write(T value) {
            return writer.writeValueAsString(value);
        }

        public T read(String text) {
            return type.cast(reader.readValue(text));
        }
    }

    /** Collects which records are one text each. */
    public static final class Builder {
        private final SimpleModule module = new SimpleModule("hansa");

        private Builder() {
            module.addSerializer(Instant.class, new InstantWriter());
            module.addDeserializer(Instant.class, new InstantReader());
        }

        /** Writes a record of one text as that text: its {@code toString}. */
        public <T> Builder text(Class<T> type, Function<String, T> read) {
            module.addSerializer(type, new TextWriter<>());
            module.addDeserializer(type, new TextReader<>(read));
            module.addKeyDeserializer(type, new TextKey(read));
            return this;
        }

        public Documents build() {
            return new Documents(JsonMapper.builder()
                    .addModule(module)
                    .changeDefaultPropertyInclusion(
                            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build());
        }
    }

    private static final class TextWriter<T> extends ValueSerializer<T> {
        @Override
        public void serialize(T value, JsonGenerator out, SerializationContext context) {
            out.writeString(value.toString());
        }
    }

    private static final class TextReader<T> extends ValueDeserializer<T> {
        private final Function<String, T> read;

        TextReader(Function<String, T> read) {
            this.read = read;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) {
            return read.apply(in.getString());
        }
    }

    private static final class TextKey extends KeyDeserializer {
        private final Function<String, ?> read;

        TextKey(Function<String, ?> read) {
            this.read = read;
        }

        @Override
        public Object deserializeKey(String key, DeserializationContext context) {
            return read.apply(key);
        }
    }

    /** Microseconds since 1970: a third of the ISO text's size and a tenth of its cost. */
    private static final class InstantWriter extends ValueSerializer<Instant> {
        @Override
        public void serialize(Instant value, JsonGenerator out, SerializationContext context) {
            out.writeNumber(Micros.of(value));
        }
    }

    private static final class InstantReader extends ValueDeserializer<Instant> {
        @Override
        public Instant deserialize(JsonParser in, DeserializationContext context) {
            return Micros.instant(in.getLongValue());
        }
    }
}
