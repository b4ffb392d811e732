package hansa.federation.compute;

import hansa.federation.listing.Page;
import hansa.federation.listing.Stamp;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Which machine a link belongs to; the link itself is in the machine's document. */
final class LinkTable {

    private static final String COLUMNS = "id, kind, machine, target, owner, coalesce(vo, '') as vo";

    private LinkTable() {}

    enum Kind {
        NIC,
        VOLUME
    }

    /** @param vo empty = none */
    record Entry(LinkId id, Kind kind, MachineId machine, String target, String owner, String vo) {}

    /** Whether the id was free. */
    static boolean insert(Handle sql, Entry entry) {
        return sql.createUpdate("""
                                insert into link (id, kind, machine, target, owner, vo)
                                values (:id, :kind, :machine, :target, :owner, nullif(:vo, '')) on conflict (id) do nothing
                                """)
                        .bind("id", entry.id().value())
                        .bind("kind", entry.kind().name())
                        .bind("machine", entry.machine().value())
                        .bind("target", entry.target())
                        .bind("owner", entry.owner())
                        .bind("vo", entry.vo())
                        .execute()
                > 0;
    }

    static void delete(Handle sql, LinkId id) {
        sql.createUpdate("delete from link where id = :id")
                .bind("id", id.value())
                .execute();
    }

    static Optional<Entry> find(Handle sql, LinkId id) {
        return sql.createQuery("select " + COLUMNS + " from link where id = :id")
                .bind("id", id.value())
                .map((row, context) -> entry(row))
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

    /** The links of a kind that come after an id, with the machines whose documents hold them. */
    static List<Entry> page(Handle sql, Sights sights, Kind kind, Page page) {
        return sights.bind(sql.createQuery(sights.paged(COLUMNS, "link", "kind = :kind")), page)
                .bind("kind", kind.name())
                .map((row, context) -> entry(row))
                .list();
    }

    /** The links of a kind with the generations of their machines. */
    static List<Stamp> stamps(Handle sql, Sights sights, Kind kind, Page page) {
        return sights.bind(
                        sql.createQuery("select l.id, m.generation from ("
                                + sights.paged("id, machine", "link", "kind = :kind")
                                + ") l join machine m on m.id = l.machine order by l.id"),
                        page)
                .bind("kind", kind.name())
                .map((row, context) -> new Stamp(row.getString(1), row.getLong(2)))
                .list();
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                new LinkId(row.getString(1)),
                Kind.valueOf(row.getString(2)),
                new MachineId(row.getString(3)),
                row.getString(4),
                row.getString(5),
                row.getString(6));
    }
}
