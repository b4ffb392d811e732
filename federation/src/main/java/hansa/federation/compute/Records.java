package hansa.federation.compute;

import hansa.federation.stored.Announcements;
import hansa.kernel.store.Tx;
import java.util.function.Function;

/** How resources of one kind come, change and go: the table's row and the event together. */
final class Records<R, W> {

    private final Shape<R, W> shape;
    private final ResourceTable<R, W> table;
    private final Announcements announcements;
    private final Function<R, News> news;

    Records(Shape<R, W> shape, Announcements announcements, Function<R, News> news) {
        this.shape = shape;
        this.table = new ResourceTable<>(shape);
        this.announcements = announcements;
        this.news = news;
    }

    ResourceTable<R, W> table() {
        return table;
    }

    void insert(Tx tx, Row<R, W> row) {
        table.insert(tx.sql(), row);
        tell(tx, "created", row.resource());
    }

    /** Writes what changed; an event goes out when callers can see it. */
    void update(Tx tx, Row<R, W> before, Row<R, W> after) {
        if (after.version() == before.version()) {
            return;
        }
        table.update(tx.sql(), before, after);
        if (generation(after) != generation(before)) {
            tell(tx, "changed", after.resource());
        }
    }

    void remove(Tx tx, Row<R, W> row) {
        String id = shape.keys(row.resource(), row.work()).id();
        table.delete(tx.sql(), id);
        TagTable.removeFrom(tx.sql(), new Member(shape.member(), id));
        tell(tx, "deleted", row.resource());
    }

    private long generation(Row<R, W> row) {
        return shape.keys(row.resource(), row.work()).generation();
    }

    private void tell(Tx tx, String what, R resource) {
        News told = news.apply(resource);
        announcements.tell(tx, "hansa." + shape.name() + "." + what, told.id(), told.json());
    }
}
