package hansa.kernel.bus;

import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A right that one node of the installation holds at a time. Held by one thread; another one may give it back. */
final class Lease {

    private final Store store;
    private final Clock clock;
    private final String name;
    private final String node;
    private final Duration length;
    private volatile Instant renewAt = Instant.MIN;

    Lease(Store store, Clock clock, String name, String node, Duration length) {
        this.store = store;
        this.clock = clock;
        this.name = name;
        this.node = node;
        this.length = length;
    }

    /** Whether this node holds the right for at least half its length from now on. */
    boolean hold() {
        return clock.instant().isBefore(renewAt) || store.write(this::take);
    }

    private boolean take(Tx tx) {
        Instant now = clock.instant();
        boolean taken = tx.sql()
                        .createUpdate("""
                                insert into lease (name, owner, until) values (:name, :node, :until)
                                on conflict (name) do update set owner = excluded.owner, until = excluded.until
                                where lease.owner = excluded.owner or lease.until <= :now""")
                        .bind("name", name)
                        .bind("node", node)
                        .bind("until", now.plus(length).toEpochMilli())
                        .bind("now", now.toEpochMilli())
                        .execute()
                == 1;
        tx.afterCommit(() -> renewAt = taken ? now.plus(length.dividedBy(2)) : Instant.MIN);
        return taken;
    }

    /** Lets another node have it at once. */
    void giveBack() {
        renewAt = Instant.MIN;
        store.run(tx -> tx.sql()
                .createUpdate("delete from lease where name = :name and owner = :node")
                .bind("name", name)
                .bind("node", node)
                .execute());
    }
}
