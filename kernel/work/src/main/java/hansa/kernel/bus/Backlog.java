package hansa.kernel.bus;

import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The durable table of events that consumers in the process could not handle yet. */
final class Backlog {

    /** An event in the table. */
    record Entry(long seq, Event event) {}

    private final Store store;

    Backlog(Store store) {
        this.store = store;
    }

    /** How many events wait for the consumer, per subject. */
    Map<String, Integer> waiting(String consumer) {
        return store.read(sql -> {
            Map<String, Integer> counts = new HashMap<>();
            sql.createQuery("select subject, count(*) from bus_backlog where consumer = :consumer group by subject")
                    .bind("consumer", consumer)
                    .map((row, _) -> Map.entry(row.getString(1), row.getInt(2)))
                    .forEach(count -> counts.put(count.getKey(), count.getValue()));
            return counts;
        });
    }

    void add(Tx tx, String consumer, List<Event> events) {
        for (Event event : events) {
            EventRows.bind(
                            tx.sql()
                                    .createUpdate("insert into bus_backlog (consumer, " + EventRows.COLUMNS
                                            + ") values (:consumer, " + EventRows.VALUES + ")"),
                            event)
                    .bind("consumer", consumer)
                    .execute();
        }
    }

    List<Entry> first(String consumer, String subject, int limit) {
        return store.read(sql -> sql.createQuery(
                        "select seq, " + EventRows.COLUMNS
                                + " from bus_backlog where consumer = :consumer and subject = :subject order by seq limit :limit")
                .bind("consumer", consumer)
                .bind("subject", subject)
                .bind("limit", limit)
                .map((row, _) -> new Entry(row.getLong(1), EventRows.event(row, 1)))
                .list());
    }

    void remove(Entry entry) {
        store.run(tx -> tx.sql()
                .createUpdate("delete from bus_backlog where seq = :seq")
                .bind("seq", entry.seq())
                .execute());
    }
}
