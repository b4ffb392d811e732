package hansa.federation.policies;

import hansa.federation.policies.PolicyEntry.Origin;
import hansa.federation.stored.Micros;
import hansa.policy.PolicyDocument;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;

/** The tables of policies and their versions. */
final class PolicyTable {

    private static final String ENTRY = "select name, latest, active, generation, author, changed from policy";
    private static final String VERSION =
            "select policy, version, document, note, author, created from policy_version where policy = :policy";

    private PolicyTable() {}

    static List<PolicyEntry> entries(Handle sql) {
        return sql.createQuery(ENTRY + " order by name")
                .map((row, context) -> entry(row))
                .list();
    }

    static Optional<PolicyEntry> entry(Handle sql, String name) {
        return sql.createQuery(ENTRY + " where name = :name")
                .bind("name", name)
                .map((row, context) -> entry(row))
                .findOne();
    }

    private static PolicyEntry entry(ResultSet row) throws SQLException {
        long active = row.getLong(3);
        return new PolicyEntry(
                row.getString(1),
                Origin.API,
                row.getLong(2),
                active == 0 ? OptionalLong.empty() : OptionalLong.of(active),
                row.getLong(4),
                row.getString(5),
                Micros.instant(row.getLong(6)));
    }

    static long count(Handle sql) {
        return sql.createQuery("select count(*) from policy")
                .map((row, context) -> row.getLong(1))
                .one();
    }

    static void put(Handle sql, PolicyEntry entry) {
        sql.createUpdate("""
                        insert into policy (name, generation, latest, active, author, changed)
                        values (:name, :generation, :latest, :active, :author, :changed)
                        on conflict (name) do update set generation = excluded.generation, latest = excluded.latest,
                            active = excluded.active, author = excluded.author, changed = excluded.changed
                        """)
                .bind("name", entry.name())
                .bind("generation", entry.generation())
                .bind("latest", entry.latest())
                .bind("active", entry.active().orElse(0))
                .bind("author", entry.author())
                .bind("changed", Micros.of(entry.changed()))
                .execute();
    }

    static void insert(Handle sql, PolicyVersion version) {
        sql.createUpdate("""
                        insert into policy_version (policy, version, document, note, author, created)
                        values (:policy, :version, :document, :note, :author, :created)
                        """)
                .bind("policy", version.policy())
                .bind("version", version.version())
                .bind("document", version.document())
                .bind("note", version.note())
                .bind("author", version.author())
                .bind("created", Micros.of(version.created()))
                .execute();
    }

    /** Newest first. */
    static List<PolicyVersion> versions(Handle sql, String policy) {
        return sql.createQuery(VERSION + " order by version desc")
                .bind("policy", policy)
                .map((row, context) -> version(row))
                .list();
    }

    static Optional<PolicyVersion> version(Handle sql, String policy, long version) {
        return sql.createQuery(VERSION + " and version = :version")
                .bind("policy", policy)
                .bind("version", version)
                .map((row, context) -> version(row))
                .findOne();
    }

    private static PolicyVersion version(ResultSet row) throws SQLException {
        return new PolicyVersion(
                row.getString(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                Micros.instant(row.getLong(6)));
    }

    /** Deletes versions that do not hold, from the given one down. */
    static void forget(Handle sql, String policy, long upTo, long active) {
        sql.createUpdate(
                        "delete from policy_version where policy = :policy and version <= :upTo and version <> :active")
                .bind("policy", policy)
                .bind("upTo", upTo)
                .bind("active", active)
                .execute();
    }

    static void delete(Handle sql, String name) {
        sql.createUpdate("delete from policy_version where policy = :name")
                .bind("name", name)
                .execute();
        sql.createUpdate("delete from policy where name = :name")
                .bind("name", name)
                .execute();
    }

    /** What holds, by name. */
    static List<PolicyDocument> active(Handle sql) {
        return sql.createQuery("""
                        select policy.name, policy_version.document from policy
                        join policy_version on policy_version.policy = policy.name
                            and policy_version.version = policy.active
                        order by policy.name
                        """)
                .map((row, context) -> new PolicyDocument(row.getString(1), row.getString(2)))
                .list();
    }

    static long changes(Handle sql) {
        return sql.createQuery("select count from policy_change where id = 1")
                .map((row, context) -> row.getLong(1))
                .one();
    }

    static void countChange(Handle sql) {
        sql.execute("update policy_change set count = count + 1 where id = 1");
    }
}
