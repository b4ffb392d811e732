package hansa.kernel.bus;

import java.util.List;

/** Carries events to whoever wants to know. At least once, in order per subject. */
public interface Bus extends AutoCloseable {

    /**
     * Hands events over. Returns when the bus has taken responsibility for them; throws when it has not, and then all
     * of them are offered again.
     */
    void publish(List<Event> events);

    /**
     * Subscribes from now on.
     *
     * @param name stable name of the consumer; after a restart the same name goes on where it was, where the bus is
     *     durable
     * @param typePrefix only events whose type starts with it; empty = all
     */
    Subscription subscribe(String name, String typePrefix, Consumer consumer);

    @Override
    void close();

    /** Handles one event; what it throws makes the event come again, later. Idempotent. */
    @FunctionalInterface
    interface Consumer {
        void accept(Event event) throws Exception;
    }

    /** Ends when closed. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
