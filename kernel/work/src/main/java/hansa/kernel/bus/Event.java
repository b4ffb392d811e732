package hansa.kernel.bus;

import java.time.Instant;
import java.util.UUID;

/**
 * A CloudEvent (1.0): something that happened to one subject.
 *
 * @param id unique; consumers use it to recognise a repetition
 * @param type dotted, past tense, for example {@code hansa.machine.created}
 * @param subject the resource; events of one subject arrive in order
 * @param time to the millisecond; the rest is lost on the way
 * @param data a JSON object
 */
public record Event(String id, String type, String subject, Instant time, String data) {

    public Event {
        if (id.isEmpty() || type.isEmpty() || subject.isEmpty()) {
            throw new IllegalArgumentException("An event needs an id, a type and a subject.");
        }
    }

    /** An event with an id of its own. */
    public static Event of(String type, String subject, Instant time, String data) {
        return new Event(UUID.randomUUID().toString(), type, subject, time, data);
    }
}
