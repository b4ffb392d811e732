package hansa.federation.accounts;

import hansa.cloud.CloudName;
import hansa.federation.accounts.Scheme.Fixed;
import hansa.federation.accounts.Scheme.OnTheFly;
import hansa.federation.accounts.Scheme.Pool;
import hansa.federation.stored.Micros;
import hansa.protocols.voms.Fqan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The table of account rules. */
final class AccountRuleTable {

    private static final String COLUMNS =
            "vo, cloud, fqan, kind, accounts, idle_seconds, push, push_state, push_reason,"
                    + " push_looked, changed, generation";
    private static final String SELECT = "select " + COLUMNS + " from account_rule";

    private AccountRuleTable() {}

    static List<AccountRule> of(Handle sql, String vo) {
        return sql.createQuery(SELECT + " where vo = :vo order by cloud, fqan")
                .bind("vo", vo)
                .map((row, context) -> rule(row))
                .list();
    }

    static List<AccountRule> at(Handle sql, CloudName cloud) {
        return sql.createQuery(SELECT + " where cloud = :cloud order by vo, fqan")
                .bind("cloud", cloud.value())
                .map((row, context) -> rule(row))
                .list();
    }

    static List<AccountRule> pushed(Handle sql) {
        return sql.createQuery(SELECT + " where push = 1 order by vo, cloud, fqan")
                .map((row, context) -> rule(row))
                .list();
    }

    static RulesThere there(Handle sql, String vo, CloudName cloud) {
        return new RulesThere(sql.createQuery(SELECT + " where vo = :vo and cloud = :cloud order by fqan")
                .bind("vo", vo)
                .bind("cloud", cloud.value())
                .map((row, context) -> rule(row))
                .list());
    }

    static Optional<AccountRule> find(Handle sql, CloudName cloud, Fqan fqan) {
        return sql.createQuery(SELECT + " where vo = :vo and cloud = :cloud and fqan = :fqan")
                .bind("vo", fqan.vo())
                .bind("cloud", cloud.value())
                .bind("fqan", fqan.toString())
                .map((row, context) -> rule(row))
                .findOne();
    }

    private static AccountRule rule(ResultSet row) throws SQLException {
        long looked = row.getLong(10);
        return new AccountRule(
                row.getString(1),
                new CloudName(row.getString(2)),
                Fqan.parse(row.getString(3)),
                scheme(row.getString(4), row.getString(5), row.getLong(6)),
                row.getLong(7) == 1,
                PushState.valueOf(row.getString(8)),
                row.getString(9),
                looked == 0 ? Optional.empty() : Optional.of(Micros.instant(looked)),
                Micros.instant(row.getLong(11)),
                row.getLong(12));
    }

    private static Scheme scheme(String kind, String accounts, long idleSeconds) {
        return switch (kind) {
            case "fixed" -> new Fixed(accounts);
            case "pool" -> new Pool(List.of(accounts.split(" ", -1)), Duration.ofSeconds(idleSeconds));
            case "on-the-fly" -> new OnTheFly(accounts);
            default -> throw new IllegalStateException("no scheme: " + kind);
        };
    }

    static void put(Handle sql, AccountRule rule) {
        delete(sql, rule.cloud(), rule.fqan());
        String kind = switch (rule.scheme()) {
            case Fixed _ -> "fixed";
            case OnTheFly _ -> "on-the-fly";
            case Pool _ -> "pool";
        };
        String accounts = switch (rule.scheme()) {
            case Fixed(String account) -> account;
            case OnTheFly(String template) -> template;
            case Pool pool -> String.join(" ", pool.accounts());
        };
        long idle = rule.scheme() instanceof Pool pool ? pool.idle().toSeconds() : 0;
        sql.createUpdate("insert into account_rule (" + COLUMNS
                        + ") values (:vo, :cloud, :fqan, :kind, :accounts, :idle,"
                        + " :push, :state, :reason, :looked, :changed, :generation)")
                .bind("vo", rule.vo())
                .bind("cloud", rule.cloud().value())
                .bind("fqan", rule.fqan().toString())
                .bind("kind", kind)
                .bind("accounts", accounts)
                .bind("idle", idle)
                .bind("push", rule.push() ? 1 : 0)
                .bind("state", rule.state().name())
                .bind("reason", rule.reason())
                .bind("looked", rule.looked().map(Micros::of).orElse(0L))
                .bind("changed", Micros.of(rule.changed()))
                .bind("generation", rule.generation())
                .execute();
    }

    /** Says how far the cloud was told by the rule as it was in that generation. */
    static void told(Handle sql, AccountRule rule, PushState state, String reason, Instant now) {
        sql.createUpdate("update account_rule set push_state = :state, push_reason = :reason, push_looked = :now"
                        + " where vo = :vo and cloud = :cloud and fqan = :fqan and generation = :generation")
                .bind("state", state.name())
                .bind("reason", reason)
                .bind("now", Micros.of(now))
                .bind("vo", rule.vo())
                .bind("cloud", rule.cloud().value())
                .bind("fqan", rule.fqan().toString())
                .bind("generation", rule.generation())
                .execute();
    }

    /** The cloud has to be told something new. */
    static void waits(Handle sql, AccountRule rule) {
        sql.createUpdate("update account_rule set push_state = 'WAITING' where vo = :vo and cloud = :cloud"
                        + " and fqan = :fqan and push = 1 and push_state = 'DONE'")
                .bind("vo", rule.vo())
                .bind("cloud", rule.cloud().value())
                .bind("fqan", rule.fqan().toString())
                .execute();
    }

    static void delete(Handle sql, CloudName cloud, Fqan fqan) {
        sql.createUpdate("delete from account_rule where vo = :vo and cloud = :cloud and fqan = :fqan")
                .bind("vo", fqan.vo())
                .bind("cloud", cloud.value())
                .bind("fqan", fqan.toString())
                .execute();
    }
}
