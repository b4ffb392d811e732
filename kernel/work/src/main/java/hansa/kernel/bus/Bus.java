package hansa.kernel.bus;

import java.util.List;

/** Carries events to whoever wants to know. At least once, in order per subject. Safe for many threads. */
public interface Bus extends AutoCloseable {

    /**
     * Hands events over. Returns when the bus has taken responsibility for them; throws when it has not, and then all
     * of them are offered again.
     */
    void publish(List<Event> events);

    /**
     * Subscribes from now on.
     *
     * @param name stable name of the consumer, unique in the installation; after a restart the same name goes on where it
     *     was, where the bus is durable
     * @param typePrefix only events whose type starts with it; empty = all
     */
    Subscription subscribe(String name, String typePrefix, Consumer consumer);

    @Override
    void close();

    /**
     * Handles one event; what it throws makes the event come again, later. Idempotent. Events of one subject come one
     * after the other, events of different subjects may come at the same time on several threads.
     */
    @FunctionalInterface
    interface Consumer {
        void accept(Event event) throws Exception;
    }

    /** Ends when closed; a call that is going on may still come to its end. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
