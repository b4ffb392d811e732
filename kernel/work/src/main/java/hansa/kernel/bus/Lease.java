package hansa.kernel.bus;

import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A right that one node of the installation holds at a time. Held by one thread; another one may give it back. */
final class Lease {

    private static final Held NOT = new Held(Instant.MAX, Instant.MIN);

    private final Store store;
    private final Clock clock;
    private final String name;
    private final String node;
    private final Duration length;
    private volatile Held held = NOT;

    /** As long as the clock stands between these; before the first it was set back, and nothing is sure any more. */
    private record Held(Instant from, Instant renewAt) {

        boolean at(Instant now) {
            return !now.isBefore(from) && now.isBefore(renewAt);
        }
    }

    Lease(Store store, Clock clock, String name, String node, Duration length) {
        this.store = store;
        this.clock = clock;
        this.name = name;
        this.node = node;
        this.length = length;
    }

    /** Whether this node holds the right for at least half its length from now on. */
    boolean hold() {
        return held.at(clock.instant()) || store.write(this::take);
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
        tx.afterCommit(() -> held = taken ? new Held(now, now.plus(length.dividedBy(2))) : NOT);
        return taken;
    }

    /** Lets another node have it at once. */
    void giveBack() {
        held = NOT;
        store.run(tx -> tx.sql()
                .createUpdate("delete from lease where name = :name and owner = :node")
                .bind("name", name)
                .bind("node", node)
                .execute());
    }
}
