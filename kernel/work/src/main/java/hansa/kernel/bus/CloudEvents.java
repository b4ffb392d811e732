package hansa.kernel.bus;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.io.StringWriter;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Events in the JSON event format of CloudEvents 1.0 (cloudevents/formats/json-format.md, section 3). Strict in what it writes;
 * reads any order and any extension, and leaves out what {@link Event} has no place for.
 */
public final class CloudEvents {

    /** The media type of one event in this format. */
    public static final String MEDIA_TYPE = "application/cloudevents+json; charset=utf-8";

    /** Longest text that is read, in characters. */
    public static final int LIMIT = 1 << 20;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private CloudEvents() {}

    /** @param source who speaks: a URI reference, for example {@code /hansa/example} */
    public static String toJson(Event event, String source) {
        StringWriter text = new StringWriter(256 + event.data().length());
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringProperty("specversion", "1.0");
            json.writeStringProperty("id", event.id());
            json.writeStringProperty("source", source);
            json.writeStringProperty("type", event.type());
            json.writeStringProperty("subject", event.subject());
            json.writeStringProperty("time", event.time().toString());
            json.writeStringProperty("datacontenttype", "application/json");
            json.writeName("data");
            json.writeRawValue(event.data());
            json.writeEndObject();
        }
        return text.toString();
    }

    /** @throws Failure {@link ErrorCode#REQUEST_MALFORMED} or {@link ErrorCode#REQUEST_TOO_LARGE}, and says what is wrong */
    public static Event fromJson(String text) {
        if (text.length() > LIMIT) {
            throw new Failure(ErrorCode.REQUEST_TOO_LARGE, "A CloudEvent may have " + LIMIT + " characters at most.");
        }
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JacksonException e) {
            throw new Failure(ErrorCode.REQUEST_MALFORMED, "A CloudEvent has to be one JSON object.", e);
        }
        if (!root.isObject()) {
            throw malformed("A CloudEvent has to be one JSON object.");
        }
        String version = required(root, "specversion");
        if (!version.equals("1.0")) {
            throw malformed("CloudEvents of version 1.0 are read here, not \"" + version + "\".");
        }
        JsonNode data = root.path("data");
        if (!data.isObject()) {
            throw malformed("The data of a CloudEvent has to be a JSON object here.");
        }
        return new Event(
                required(root, "id"),
                required(root, "type"),
                required(root, "subject"),
                optional(root, "time").map(CloudEvents::time).orElse(Instant.EPOCH),
                data.toString());
    }

    /** @throws Failure {@link ErrorCode#REQUEST_MALFORMED} unless the text is a time of RFC 3339 */
    public static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new Failure(
                    ErrorCode.REQUEST_MALFORMED, "The time of a CloudEvent has to look like 2026-11-21T12:00:00Z.", e);
        }
    }

    private static String required(JsonNode root, String name) {
        return optional(root, name)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> malformed("A CloudEvent needs a text for \"" + name + "\"."));
    }

    private static Optional<String> optional(JsonNode root, String name) {
        JsonNode value = root.path(name);
        return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    private static Failure malformed(String message) {
        return new Failure(ErrorCode.REQUEST_MALFORMED, message);
    }
}
