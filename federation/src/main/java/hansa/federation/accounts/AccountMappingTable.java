package hansa.federation.accounts;

import hansa.cloud.CloudName;
import hansa.federation.listing.Page;
import hansa.federation.stored.Micros;
import hansa.protocols.voms.Fqan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The table of who has, and had, which account. */
final class AccountMappingTable {

    private static final String COLUMNS = "m.id, m.caller, m.vo, m.cloud, m.account, m.fqan, m.shared,"
            + " m.suspended, m.since, m.used, coalesce(m.ended, 0)";
    private static final String SELECT = "select " + COLUMNS + " from account_mapping m";

    private AccountMappingTable() {}

    private static AccountMapping mapping(ResultSet row) throws SQLException {
        long ended = row.getLong(11);
        return new AccountMapping(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                new CloudName(row.getString(4)),
                row.getString(5),
                Fqan.parse(row.getString(6)),
                row.getLong(7) == 1,
                row.getLong(8) == 1,
                Micros.instant(row.getLong(9)),
                Micros.instant(row.getLong(10)),
                ended == 0 ? Optional.empty() : Optional.of(Micros.instant(ended)));
    }

    /** In the order in which they began, ended ones too where asked for. */
    static List<AccountMapping> page(Handle sql, String vo, boolean endedToo, Page page) {
        return sql.createQuery(SELECT + " where m.vo = :vo and m.id > :after" + (endedToo ? "" : " and m.ended is null")
                        + " order by m.id limit :limit offset :offset")
                .bind("vo", vo)
                .bind("after", page.after().orElse(""))
                .bind("limit", page.limit())
                .bind("offset", page.offset())
                .map((row, context) -> mapping(row))
                .list();
    }

    /** What the person has there now by the rule for that group or role. */
    static Optional<AccountMapping> held(Handle sql, String caller, CloudName cloud, Fqan fqan) {
        return sql.createQuery(SELECT + " where m.caller = :caller and m.vo = :vo and m.cloud = :cloud"
                        + " and m.fqan = :fqan and m.ended is null")
                .bind("caller", caller)
                .bind("vo", fqan.vo())
                .bind("cloud", cloud.value())
                .bind("fqan", fqan.toString())
                .map((row, context) -> mapping(row))
                .findOne();
    }

    /** What all have there now in the organisation's name. */
    static List<AccountMapping> heldAt(Handle sql, String vo, CloudName cloud) {
        return sql.createQuery(SELECT + " where m.vo = :vo and m.cloud = :cloud and m.ended is null order by m.id")
                .bind("vo", vo)
                .bind("cloud", cloud.value())
                .map((row, context) -> mapping(row))
                .list();
    }

    /** What all have there now, in whatever name. */
    static List<AccountMapping> heldAt(Handle sql, CloudName cloud) {
        return sql.createQuery(SELECT + " where m.cloud = :cloud and m.ended is null order by m.id")
                .bind("cloud", cloud.value())
                .map((row, context) -> mapping(row))
                .list();
    }

    /** Who has that account there now. */
    static List<AccountMapping> holders(Handle sql, CloudName cloud, String account) {
        return sql.createQuery(SELECT + " where m.cloud = :cloud and m.account = :account and m.ended is null")
                .bind("cloud", cloud.value())
                .bind("account", account)
                .map((row, context) -> mapping(row))
                .list();
    }

    /** Those that do not last: out of pools, and those whose rule is gone. In pages by id. */
    static List<AccountMapping> passing(Handle sql, String after, int limit) {
        return sql.createQuery(
                        SELECT + " left join account_rule r on r.vo = m.vo and r.cloud = m.cloud and r.fqan = m.fqan"
                                + " where m.ended is null and (r.kind is null or r.kind = 'pool') and m.id > :after"
                                + " order by m.id limit :limit")
                .bind("after", after)
                .bind("limit", limit)
                .map((row, context) -> mapping(row))
                .list();
    }

    /** All accounts that anybody ever had there by the rule for that group or role. */
    static Set<String> everAt(Handle sql, CloudName cloud, Fqan fqan) {
        return new HashSet<>(sql.createQuery("select distinct account from account_mapping"
                        + " where vo = :vo and cloud = :cloud and fqan = :fqan")
                .bind("vo", fqan.vo())
                .bind("cloud", cloud.value())
                .bind("fqan", fqan.toString())
                .map((row, context) -> row.getString(1))
                .list());
    }

    static AccountMapping begin(
            Handle sql, String caller, CloudName cloud, Fqan fqan, String account, boolean shared, Instant now) {
        String id = String.format(
                "%014x-%s",
                Micros.of(now), UUID.randomUUID().toString().replace("-", "").substring(0, 12));
        AccountMapping mapping = new AccountMapping(
                id, caller, fqan.vo(), cloud, account, fqan, shared, false, now, now, Optional.empty());
        sql.createUpdate(
                        "insert into account_mapping (id, caller, vo, cloud, account, fqan, shared, suspended, since, used)"
                                + " values (:id, :caller, :vo, :cloud, :account, :fqan, :shared, 0, :now, :now)")
                .bind("id", id)
                .bind("caller", caller)
                .bind("vo", fqan.vo())
                .bind("cloud", cloud.value())
                .bind("account", account)
                .bind("fqan", fqan.toString())
                .bind("shared", shared ? 1 : 0)
                .bind("now", Micros.of(now))
                .execute();
        return mapping;
    }

    static void used(Handle sql, AccountMapping mapping, Instant now) {
        set(sql, mapping, "used", Micros.of(now));
    }

    static void suspend(Handle sql, AccountMapping mapping, boolean suspended) {
        set(sql, mapping, "suspended", suspended ? 1 : 0);
    }

    /** Nobody is kept from the account there any more that they have by the rule for that group or role. */
    static void resumeAll(Handle sql, CloudName cloud, Fqan fqan) {
        sql.createUpdate("update account_mapping set suspended = 0"
                        + " where vo = :vo and cloud = :cloud and fqan = :fqan and ended is null and suspended = 1")
                .bind("vo", fqan.vo())
                .bind("cloud", cloud.value())
                .bind("fqan", fqan.toString())
                .execute();
    }

    static void end(Handle sql, AccountMapping mapping, Instant now) {
        set(sql, mapping, "ended", Micros.of(now));
    }

    private static void set(Handle sql, AccountMapping mapping, String column, long value) {
        sql.createUpdate("update account_mapping set " + column + " = :value where id = :id and ended is null")
                .bind("value", value)
                .bind("id", mapping.id())
                .execute();
    }
}
