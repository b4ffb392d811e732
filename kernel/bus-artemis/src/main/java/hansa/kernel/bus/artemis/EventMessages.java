package hansa.kernel.bus.artemis;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.bus.CloudEvents;
import hansa.kernel.bus.Event;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.api.core.client.ClientMessage;
import org.apache.activemq.artemis.api.core.client.ClientSession;

/**
 * Events as messages: CloudEvents AMQP binding 1.0.2, binary content mode (section 3.1), with the prefix that JMS and STOMP clients can
 * read too. What others send in structured mode is understood as well.
 */
final class EventMessages {

    static final String TYPE = "cloudEvents_type";

    private static final String PREFIX = "cloudEvents_";
    private static final String CONTENT_TYPE = "JMS_AMQP_ContentType";

    private EventMessages() {}

    static ClientMessage toMessage(ClientSession session, Event event, String source) {
        ClientMessage message = session.createMessage(Message.BYTES_TYPE, true);
        message.putStringProperty(PREFIX + "specversion", "1.0");
        message.putStringProperty(PREFIX + "id", event.id());
        message.putStringProperty(PREFIX + "source", source);
        message.putStringProperty(TYPE, event.type());
        message.putStringProperty(PREFIX + "subject", event.subject());
        message.putStringProperty(PREFIX + "time", event.time().toString());
        message.putStringProperty(CONTENT_TYPE, "application/json");
        // One consumer at a time for all messages of a subject: what keeps them in order.
        message.putStringProperty(Message.HDR_GROUP_ID.toString(), event.subject());
        message.getBodyBuffer().writeBytes(event.data().getBytes(StandardCharsets.UTF_8));
        return message;
    }

    /** @throws Failure when the message is no event */
    static Event toEvent(ClientMessage message) {
        if (message.getBodySize() > CloudEvents.LIMIT) {
            throw new Failure(
                    ErrorCode.REQUEST_TOO_LARGE,
                    "A message on the bus is larger than " + CloudEvents.LIMIT + " bytes.");
        }
        String body = body(message);
        Optional<String> contentType = Optional.ofNullable(message.getStringProperty(CONTENT_TYPE));
        if (contentType
                .filter(type -> type.startsWith("application/cloudevents"))
                .isPresent()) {
            return CloudEvents.fromJson(body);
        }
        return new Event(
                required(message, "id"),
                required(message, "type"),
                required(message, "subject"),
                CloudEvents.time(required(message, "time")),
                body);
    }

    private static String body(ClientMessage message) {
        ActiveMQBuffer buffer = message.getBodyBuffer();
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.readBytes(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String required(ClientMessage message, String attribute) {
        String value = message.getStringProperty(PREFIX + attribute);
        if (value == null || value.isEmpty()) {
            throw new Failure(
                    ErrorCode.REQUEST_MALFORMED, "A message on the bus has no property " + PREFIX + attribute + ".");
        }
        return value;
    }
}
