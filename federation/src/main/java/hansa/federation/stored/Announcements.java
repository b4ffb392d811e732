package hansa.federation.stored;

import hansa.kernel.bus.Event;
import hansa.kernel.bus.Outbox;
import hansa.kernel.store.Tx;
import java.time.Clock;
import java.util.UUID;

/** Tells of changes, in the unit of work that makes them. Thread-safe. */
public final class Announcements {

    private final Outbox outbox;
    private final Clock clock;

    public Announcements(Outbox outbox, Clock clock) {
        this.outbox = outbox;
        this.clock = clock;
    }

    /**
     * @param type for example {@code hansa.machine.created}
     * @param subject the resource's id
     * @param data a JSON object
     */
    public void tell(Tx tx, String type, String subject, String data) {
        outbox.append(tx, new Event(UUID.randomUUID().toString(), type, subject, clock.instant(), data));
    }
}
