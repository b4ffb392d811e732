package hansa.federation.vos;

import hansa.federation.listing.Page;
import hansa.federation.stored.Micros;
import hansa.protocols.voms.Fqan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The tables of members and of their groups and roles. */
final class MemberTable {

    private static final String COLUMNS =
            "m.vo, m.caller, m.name, m.suspended, coalesce(m.expires, 0), m.joined," + " m.changed, m.generation";

    private MemberTable() {}

    static Optional<Member> find(Handle sql, String vo, String caller) {
        return sql.createQuery("select " + COLUMNS + " from vo_member m where m.vo = :vo and m.caller = :caller")
                .bind("vo", vo)
                .bind("caller", caller)
                .map((row, context) -> member(row, List.of()))
                .findOne()
                .map(member -> with(sql, member));
    }

    /** All that the caller is a member of, active or not. */
    static List<Member> of(Handle sql, String caller) {
        return sql
                .createQuery("select " + COLUMNS + " from vo_member m join vo on vo.name = m.vo and vo.suspended = ''"
                        + " where m.caller = :caller order by m.joined, m.vo")
                .bind("caller", caller)
                .map((row, context) -> member(row, List.of()))
                .list()
                .stream()
                .map(member -> with(sql, member))
                .toList();
    }

    /**
     * By caller.
     *
     * @param within a group; those below it and roles in it count too
     */
    static List<Member> page(Handle sql, String vo, Optional<String> within, Page page) {
        String condition = within.isEmpty()
                ? ""
                : " and exists (select 1 from vo_right r where r.vo = m.vo and r.caller = m.caller"
                        + " and (r.fqan = :group or substr(r.fqan, 1, length(:below)) = :below))";
        var query = sql.createQuery("select " + COLUMNS + " from vo_member m where m.vo = :vo" + condition
                        + " and m.caller > :after order by m.caller limit :limit offset :offset")
                .bind("vo", vo)
                .bind("after", page.after().orElse(""))
                .bind("limit", page.limit())
                .bind("offset", page.offset());
        within.ifPresent(group -> query.bind("group", group).bind("below", group + "/"));
        return query.map((row, context) -> member(row, List.of())).list().stream()
                .map(member -> with(sql, member))
                .toList();
    }

    private static Member with(Handle sql, Member bare) {
        List<Fqan> rights = sql.createQuery(
                        "select fqan from vo_right where vo = :vo and caller = :caller order by fqan")
                .bind("vo", bare.vo())
                .bind("caller", bare.caller())
                .map((row, context) -> Fqan.parse(row.getString(1)))
                .list();
        return new Member(
                bare.vo(),
                bare.caller(),
                bare.name(),
                rights,
                bare.suspended(),
                bare.expires(),
                bare.joined(),
                bare.changed(),
                bare.generation());
    }

    /** What members have beside the plain membership, from one caller to another, both included. */
    static Map<String, List<Fqan>> rights(Handle sql, String vo, String from, String to) {
        return sql.createQuery("select caller, fqan from vo_right where vo = :vo and caller >= :from and caller <= :to"
                        + " order by caller, fqan")
                .bind("vo", vo)
                .bind("from", from)
                .bind("to", to)
                .reduceRows(new HashMap<>(), (rights, row) -> {
                    rights.computeIfAbsent(row.getColumn("caller", String.class), _ -> new ArrayList<>())
                            .add(Fqan.parse(row.getColumn("fqan", String.class)));
                    return rights;
                });
    }

    private static Member member(ResultSet row, List<Fqan> rights) throws SQLException {
        long expires = row.getLong(5);
        return new Member(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                rights,
                Optional.of(row.getString(4)).filter(text -> !text.isEmpty()),
                expires == 0 ? Optional.empty() : Optional.of(Micros.instant(expires)),
                Micros.instant(row.getLong(6)),
                Micros.instant(row.getLong(7)),
                row.getLong(8));
    }

    static long count(Handle sql, String vo) {
        return sql.createQuery("select count(*) from vo_member where vo = :vo")
                .bind("vo", vo)
                .map((row, context) -> row.getLong(1))
                .one();
    }

    static void insert(Handle sql, Member member) {
        bind(
                        sql.createUpdate("insert into vo_member (vo, caller, name, suspended, expires, lapsed, joined,"
                                + " changed, generation) values (:vo, :caller, :name, :suspended,"
                                + " nullif(:expires, 0), 0, :joined, :changed, :generation)"),
                        member)
                .bind("joined", Micros.of(member.joined()))
                .execute();
        rights(sql, member);
    }

    /** Whether it was still of the generation before. */
    static boolean update(Handle sql, Member member) {
        int updated = bind(
                        sql.createUpdate("update vo_member set name = :name, suspended = :suspended,"
                                + " expires = nullif(:expires, 0), lapsed = 0, changed = :changed,"
                                + " generation = :generation where vo = :vo and caller = :caller"
                                + " and generation = :before"),
                        member)
                .bind("before", member.generation() - 1)
                .execute();
        if (updated > 0) {
            sql.createUpdate("delete from vo_right where vo = :vo and caller = :caller")
                    .bind("vo", member.vo())
                    .bind("caller", member.caller())
                    .execute();
            rights(sql, member);
        }
        return updated > 0;
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Member member) {
        return statement
                .bind("vo", member.vo())
                .bind("caller", member.caller())
                .bind("name", member.name())
                .bind("suspended", member.suspended().orElse(""))
                .bind("expires", member.expires().map(Micros::of).orElse(0L))
                .bind("changed", Micros.of(member.changed()))
                .bind("generation", member.generation());
    }

    private static void rights(Handle sql, Member member) {
        for (Fqan right : member.rights()) {
            sql.createUpdate("insert into vo_right (vo, caller, fqan) values (:vo, :caller, :fqan)")
                    .bind("vo", member.vo())
                    .bind("caller", member.caller())
                    .bind("fqan", right.toString())
                    .execute();
        }
    }

    static void delete(Handle sql, String vo, String caller) {
        for (String table : List.of("vo_right", "vo_member")) {
            sql.createUpdate("delete from " + table + " where vo = :vo and caller = :caller")
                    .bind("vo", vo)
                    .bind("caller", caller)
                    .execute();
        }
    }

    /** Whether anybody is in a group or below it. */
    static boolean anyWithin(Handle sql, String vo, String group) {
        return !page(sql, vo, Optional.of(group), Page.first(1)).isEmpty();
    }

    /** Marks those whose time is over and was not told yet. */
    static List<String> lapse(Handle sql, String vo, Instant now) {
        List<String> callers = new ArrayList<>(
                sql.createQuery("update vo_member set lapsed = 1, generation = generation + 1, changed = :now"
                                + " where vo = :vo and lapsed = 0 and expires is not null and expires <= :now"
                                + " returning caller")
                        .bind("vo", vo)
                        .bind("now", Micros.of(now))
                        .map((row, context) -> row.getString(1))
                        .list());
        callers.sort(String::compareTo);
        return callers;
    }

    /** When the next membership ends. */
    static Optional<Instant> nextEnd(Handle sql, String vo) {
        return sql.createQuery("select expires from vo_member where vo = :vo and lapsed = 0"
                        + " and expires is not null order by expires limit 1")
                .bind("vo", vo)
                .map((row, context) -> Micros.instant(row.getLong(1)))
                .findOne();
    }
}
