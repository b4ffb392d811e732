package hansa.federation.identity;

import hansa.federation.stored.Micros;
import hansa.kernel.store.Store;
import hansa.trust.PublicKeys;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** The public keys of all nodes, in the store, so that each node shows those of the others. Thread-safe. */
public final class PublishedKeys implements PublicKeys {

    private final Store store;
    private final Clock clock;

    public PublishedKeys(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public void publish(String id, String jwk, Instant until) {
        store.run(tx -> tx.sql()
                .createUpdate("""
                        insert into signing_key (id, jwk, ends) values (:id, :jwk, :ends)
                        on conflict (id) do update set ends = excluded.ends
                        """)
                .bind("id", id)
                .bind("jwk", jwk)
                .bind("ends", Micros.of(until))
                .execute());
    }

    @Override
    public void withdraw(String id) {
        store.run(tx -> tx.sql()
                .createUpdate("delete from signing_key where id = :id or ends < :now")
                .bind("id", id)
                .bind("now", Micros.of(clock.instant()))
                .execute());
    }

    @Override
    public List<String> published() {
        long now = Micros.of(clock.instant());
        return store.read(sql -> sql.createQuery("select jwk from signing_key where ends >= :now order by id")
                .bind("now", now)
                .map((row, context) -> row.getString(1))
                .list());
    }
}
