package hansa.drivers.simulated;

import hansa.cloud.Bytes;
import hansa.cloud.RemoteId;
import hansa.cloud.Token;
import java.time.Instant;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** How the journal and the wire write things down. */
final class Json {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(plainValues())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final long NANOS = 1_000_000_000;

    private Json() {}

    private static JacksonModule plainValues() {
        SimpleModule module = new SimpleModule("simulated");
        plain(module, Token.class, Token::value, Token::new);
        plain(module, RemoteId.class, RemoteId::value, RemoteId::new);
        plain(
                module,
                Bytes.class,
                bytes -> java.util.Base64.getEncoder().encodeToString(bytes.toArray()),
                text -> Bytes.of(java.util.Base64.getDecoder().decode(text)));
        instants(module);
        return module;
    }

    /** As nanoseconds since 1970: large journals consist of instants, and their text form costs a third of the reading. */
    private static void instants(SimpleModule module) {
        module.addSerializer(Instant.class, new StdSerializer<Instant>(Instant.class) {
            @Override
            public void serialize(Instant value, JsonGenerator out, SerializationContext context) {
                out.writeNumber(Math.addExact(value.getEpochSecond() * NANOS, value.getNano()));
            }
        });
        module.addDeserializer(Instant.class, new StdDeserializer<Instant>(Instant.class) {
            @Override
            public Instant deserialize(JsonParser in, DeserializationContext context) {
                long nanos = in.getLongValue();
                return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
            }
        });
    }

    private static <T> void plain(
            SimpleModule module, Class<T> type, Function<T, String> write, Function<String, T> read) {
        module.addSerializer(type, new StdSerializer<T>(type) {
            @Override
            public void serialize(T value, JsonGenerator out, SerializationContext context) {
                out.writeString(write.apply(value));
            }
        });
        module.addDeserializer(type, new StdDeserializer<T>(type) {
            @Override
            public T deserialize(JsonParser in, DeserializationContext context) {
                String text = in.getValueAsString();
                if (text == null) {
                    return context.reportInputMismatch(type, "a %s is a text", type.getSimpleName());
                }
                try {
                    return read.apply(text);
                } catch (IllegalArgumentException e) {
                    return context.reportInputMismatch(type, "%s", e.getMessage());
                }
            }
        });
    }
}
