package hansa.federation.identity;

import hansa.federation.caller.Caller;
import hansa.federation.stored.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The tables of users and tokens. */
final class IdentityTable {

    private IdentityTable() {}

    record UserRow(User user, String verifier) {}

    record TokenRow(TokenEntry entry, String verifier) {}

    static boolean insertUser(Handle sql, User user, String verifier) {
        return sql.createUpdate("""
                                insert into local_user (name, verifier, operator, created)
                                values (:name, :verifier, :operator, :created) on conflict (name) do nothing
                                """)
                        .bind("name", user.name())
                        .bind("verifier", verifier)
                        .bind("operator", user.operator() ? 1 : 0)
                        .bind("created", Micros.of(user.created()))
                        .execute()
                > 0;
    }

    static Optional<UserRow> user(Handle sql, String name) {
        return sql.createQuery("select name, operator, created, verifier from local_user where name = :name")
                .bind("name", name)
                .map((row, context) -> new UserRow(user(row), row.getString(4)))
                .findOne();
    }

    static List<User> users(Handle sql) {
        return sql.createQuery("select name, operator, created from local_user order by name")
                .map((row, context) -> user(row))
                .list();
    }

    private static User user(ResultSet row) throws SQLException {
        return new User(row.getString(1), row.getInt(2) == 1, Micros.instant(row.getLong(3)));
    }

    static boolean deleteUser(Handle sql, String name) {
        sql.createUpdate("delete from api_token where subject = :name")
                .bind("name", name)
                .execute();
        return sql.createUpdate("delete from local_user where name = :name")
                        .bind("name", name)
                        .execute()
                > 0;
    }

    static void insertToken(Handle sql, TokenEntry token, String verifier) {
        sql.createUpdate("""
                        insert into api_token (id, subject, label, verifier, operator, created, expires)
                        values (:id, :subject, :label, :verifier, :operator, :created, :expires)
                        """)
                .bind("id", token.id())
                .bind("subject", token.subject())
                .bind("label", token.label())
                .bind("verifier", verifier)
                .bind("operator", token.operator() ? 1 : 0)
                .bind("created", Micros.of(token.created()))
                .bind("expires", token.expires().map(Micros::of).orElse(0L))
                .execute();
    }

    static Optional<TokenRow> token(Handle sql, String id) {
        return sql.createQuery(
                        "select id, subject, label, operator, created, expires, verifier from api_token where id = :id")
                .bind("id", id)
                .map((row, context) -> new TokenRow(token(row), row.getString(7)))
                .findOne();
    }

    static List<TokenEntry> tokens(Handle sql, Caller caller) {
        var query = sql.createQuery("select id, subject, label, operator, created, expires from api_token"
                + (caller.operator() ? "" : " where subject = :subject") + " order by created, id");
        if (!caller.operator()) {
            query.bind("subject", caller.subject());
        }
        return query.map((row, context) -> token(row)).list();
    }

    private static TokenEntry token(ResultSet row) throws SQLException {
        return new TokenEntry(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4) == 1,
                Micros.instant(row.getLong(5)),
                Optional.of(row.getLong(6)).filter(micros -> micros > 0).map(Micros::instant));
    }

    static long tokenCount(Handle sql, String subject) {
        return sql.createQuery("select count(*) from api_token where subject = :subject")
                .bind("subject", subject)
                .map((row, context) -> row.getLong(1))
                .one();
    }

    static void deleteToken(Handle sql, String id) {
        sql.createUpdate("delete from api_token where id = :id").bind("id", id).execute();
    }

    static void deleteExpired(Handle sql, Instant now) {
        sql.createUpdate("delete from api_token where expires > 0 and expires < :now")
                .bind("now", Micros.of(now))
                .execute();
    }
}
