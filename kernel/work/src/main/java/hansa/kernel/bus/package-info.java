/**
 * Events and the bus that carries them.
 *
 * <p>A capability says in its unit of work what happened, {@code outbox.append(tx, Event.of(…))}; once the unit is durable the
 * outbox hands the event to the {@link hansa.kernel.bus.Bus}, and the bus to every consumer that subscribed. At least once, in
 * order per subject: a consumer recognises a repetition by the event's id, or is such that it does no harm.
 *
 * <p>Start in this order: store, bus, subscriptions, outbox; close in the reverse one. {@link hansa.kernel.bus.InProcessBus}
 * serves one node; several nodes on one store share a broker.
 */
@NullMarked
package hansa.kernel.bus;

import org.jspecify.annotations.NullMarked;
