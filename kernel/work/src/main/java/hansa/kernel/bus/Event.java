package hansa.kernel.bus;

import java.time.Instant;

/**
 * A CloudEvent (1.0): something that happened to one subject.
 *
 * @param id unique; consumers use it to recognise a repetition
 * @param type dotted, past tense, for example {@code hansa.machine.created}
 * @param subject the resource; events of one subject arrive in order
 * @param data a JSON object
 */
public record Event(String id, String type, String subject, Instant time, String data) {}
