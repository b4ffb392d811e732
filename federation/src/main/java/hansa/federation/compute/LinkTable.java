package hansa.federation.compute;

import hansa.federation.caller.Caller;
import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Which machine a link belongs to; the link itself is in the machine's document. */
final class LinkTable {

    private LinkTable() {}

    enum Kind {
        NIC,
        VOLUME
    }

    record Entry(LinkId id, Kind kind, MachineId machine, String target, String owner) {}

    /** Whether the id was free. */
    static boolean insert(Handle sql, Entry entry) {
        return sql.createUpdate("""
                                insert into link (id, kind, machine, target, owner)
                                values (:id, :kind, :machine, :target, :owner) on conflict (id) do nothing
                                """)
                        .bind("id", entry.id().value())
                        .bind("kind", entry.kind().name())
                        .bind("machine", entry.machine().value())
                        .bind("target", entry.target())
                        .bind("owner", entry.owner())
                        .execute()
                > 0;
    }

    static void delete(Handle sql, LinkId id) {
        sql.createUpdate("delete from link where id = :id")
                .bind("id", id.value())
                .execute();
    }

    static Optional<Entry> find(Handle sql, LinkId id) {
        return sql.createQuery("select id, kind, machine, target, owner from link where id = :id")
                .bind("id", id.value())
                .map((row, context) -> new Entry(
                        new LinkId(row.getString(1)),
                        Kind.valueOf(row.getString(2)),
                        new MachineId(row.getString(3)),
                        row.getString(4),
                        row.getString(5)))
                .findOne();
    }

    /** How many links of a kind lead to something. */
    static long leadingTo(Handle sql, Kind kind, String target) {
        return sql.createQuery("select count(*) from link where target = :target and kind = :kind")
                .bind("target", target)
                .bind("kind", kind.name())
                .map((row, context) -> row.getLong(1))
                .one();
    }

    /** The caller's links of a kind that come after an id, with the machines whose documents hold them. */
    static List<Entry> page(Handle sql, Caller caller, Kind kind, Page page) {
        var query = sql.createQuery("select id, kind, machine, target, owner from link where kind = :kind"
                        + (caller.operator() ? "" : " and owner = :caller")
                        + " and id > :after order by id limit :limit offset :offset")
                .bind("kind", kind.name())
                .bind("after", page.after().orElse(""))
                .bind("limit", page.limit())
                .bind("offset", page.offset());
        if (!caller.operator()) {
            query.bind("caller", caller.id());
        }
        return query.map((row, context) -> new Entry(
                        new LinkId(row.getString(1)),
                        Kind.valueOf(row.getString(2)),
                        new MachineId(row.getString(3)),
                        row.getString(4),
                        row.getString(5)))
                .list();
    }

    /** The caller's links of a kind with the generations of their machines. */
    static List<Stamp> stamps(Handle sql, Caller caller, Kind kind, Page page) {
        var query = sql.createQuery(
                        "select l.id, m.generation from link l join machine m on m.id = l.machine where l.kind = :kind"
                                + (caller.operator() ? "" : " and l.owner = :caller")
                                + " and l.id > :after order by l.id limit :limit offset :offset")
                .bind("kind", kind.name())
                .bind("after", page.after().orElse(""))
                .bind("limit", page.limit())
                .bind("offset", page.offset());
        if (!caller.operator()) {
            query.bind("caller", caller.id());
        }
        return query.map((row, context) -> new Stamp(row.getString(1), row.getLong(2)))
                .list();
    }
}
