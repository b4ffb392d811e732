package hansa.federation.vos;

import hansa.federation.stored.Micros;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** The tables of organisations and groups. */
final class OrganisationTable {

    private static final String COLUMNS =
            "name, title, summary, cost_centre, suspended, member_days, created, changed, generation";

    private OrganisationTable() {}

    static Optional<Organisation> find(Handle sql, String name) {
        return sql.createQuery("select " + COLUMNS + " from vo where name = :name")
                .bind("name", name)
                .map((row, context) -> organisation(row))
                .findOne();
    }

    /** @throws Failure {@code resource.not-found} */
    static Organisation get(Handle sql, String name) {
        return find(sql, name)
                .orElseThrow(() -> new Failure(
                        ErrorCode.RESOURCE_NOT_FOUND,
                        "There is no virtual organisation '" + name + "'; 'hansa vo list' shows which there are."));
    }

    static List<Organisation> list(Handle sql) {
        return sql.createQuery("select " + COLUMNS + " from vo order by name")
                .map((row, context) -> organisation(row))
                .list();
    }

    static long count(Handle sql) {
        return sql.createQuery("select count(*) from vo")
                .map((row, context) -> row.getLong(1))
                .one();
    }

    /** Whether the name was free. */
    static boolean insert(Handle sql, Organisation organisation) {
        return bind(
                                sql.createUpdate("insert into vo (" + COLUMNS + ") values (:name, :title, :summary,"
                                        + " :costCentre, :suspended, :memberDays, :created, :changed, :generation)"
                                        + " on conflict (name) do nothing"),
                                organisation)
                        .bind("created", Micros.of(organisation.created()))
                        .execute()
                > 0;
    }

    /** Whether it was still of the generation before. */
    static boolean update(Handle sql, Organisation organisation) {
        return bind(
                                sql.createUpdate("update vo set title = :title, summary = :summary,"
                                        + " cost_centre = :costCentre, suspended = :suspended,"
                                        + " member_days = :memberDays, changed = :changed, generation = :generation"
                                        + " where name = :name and generation = :before"),
                                organisation)
                        .bind("before", organisation.generation() - 1)
                        .execute()
                > 0;
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Organisation organisation) {
        return statement
                .bind("name", organisation.name())
                .bind("title", organisation.title())
                .bind("summary", organisation.summary())
                .bind("costCentre", organisation.costCentre().orElse(""))
                .bind("suspended", organisation.suspended().orElse(""))
                .bind("memberDays", organisation.memberDays().orElse(0))
                .bind("changed", Micros.of(organisation.changed()))
                .bind("generation", organisation.generation());
    }

    private static Organisation organisation(ResultSet row) throws SQLException {
        int days = row.getInt(6);
        return new Organisation(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                Optional.of(row.getString(4)).filter(text -> !text.isEmpty()),
                Optional.of(row.getString(5)).filter(text -> !text.isEmpty()),
                days == 0 ? Optional.empty() : Optional.of(days),
                Micros.instant(row.getLong(7)),
                Micros.instant(row.getLong(8)),
                row.getLong(9));
    }

    /** Takes it out with all that hangs on it. */
    static void delete(Handle sql, String name) {
        for (String table : List.of("vo_mapping", "vo_quota", "vo_request", "vo_right", "vo_member", "vo_group")) {
            sql.createUpdate("delete from " + table + " where vo = :name")
                    .bind("name", name)
                    .execute();
        }
        sql.createUpdate("delete from vo where name = :name").bind("name", name).execute();
    }

    static List<Group> groups(Handle sql, String vo) {
        return sql.createQuery("select path, title, created from vo_group where vo = :vo order by path")
                .bind("vo", vo)
                .map((row, context) -> new Group(row.getString(1), row.getString(2), Micros.instant(row.getLong(3))))
                .list();
    }

    static boolean hasGroup(Handle sql, String path) {
        return sql.createQuery("select count(*) from vo_group where path = :path")
                        .bind("path", path)
                        .map((row, context) -> row.getLong(1))
                        .one()
                > 0;
    }

    /** Whether the name was free. */
    static boolean insertGroup(Handle sql, String vo, Group group) {
        return sql.createUpdate("insert into vo_group (path, vo, title, created)"
                                + " values (:path, :vo, :title, :created) on conflict (path) do nothing")
                        .bind("path", group.path())
                        .bind("vo", vo)
                        .bind("title", group.title())
                        .bind("created", Micros.of(group.created()))
                        .execute()
                > 0;
    }

    static boolean deleteGroup(Handle sql, String path) {
        return sql.createUpdate("delete from vo_group where path = :path")
                        .bind("path", path)
                        .execute()
                > 0;
    }
}
