package hansa.federation.identity;

import hansa.federation.caller.Caller;
import hansa.federation.caller.Scope;
import hansa.federation.stored.Micros;
import hansa.protocols.voms.Fqan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The tables of users and tokens. */
final class IdentityTable {

    /** The column subject holds the owner's id. */
    private static final String TOKEN =
            "id, subject, label, operator, created, expires, issuer, name, fqans, vo, scope, description";

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
                        insert into api_token (id, subject, label, verifier, operator, created, expires,
                            issuer, name, fqans, vo, scope, description)
                        values (:id, :owner, :label, :verifier, :operator, :created, :expires,
                            :issuer, :name, :fqans, :vo, :scope, :description)
                        """)
                .bind("id", token.id())
                .bind("owner", token.owner())
                .bind("label", token.label())
                .bind("verifier", verifier)
                .bind("operator", token.operator() ? 1 : 0)
                .bind("created", Micros.of(token.created()))
                .bind("expires", token.expires().map(Micros::of).orElse(0L))
                .bind("issuer", token.issuer().equals(Caller.LOCAL) ? "" : token.issuer())
                .bind("name", token.name())
                .bind("fqans", token.fqans().stream().map(Fqan::toString).collect(Collectors.joining(" ")))
                .bind("vo", token.vo().orElse(""))
                .bind("scope", token.scope().toString())
                .bind("description", token.description())
                .execute();
    }

    static Optional<TokenRow> token(Handle sql, String id) {
        return sql.createQuery("select " + TOKEN + ", verifier from api_token where id = :id")
                .bind("id", id)
                .map((row, context) -> new TokenRow(token(row), row.getString("verifier")))
                .findOne();
    }

    static List<TokenEntry> tokens(Handle sql) {
        return sql.createQuery("select " + TOKEN + " from api_token where session = 0 order by created, id")
                .map((row, context) -> token(row))
                .list();
    }

    static List<TokenEntry> tokensOf(Handle sql, String owner) {
        return sql.createQuery("select " + TOKEN
                        + " from api_token where subject = :owner and session = 0 order by created, id")
                .bind("owner", owner)
                .map((row, context) -> token(row))
                .list();
    }

    private static TokenEntry token(ResultSet row) throws SQLException {
        String owner = row.getString("subject");
        String issuer = row.getString("issuer");
        String name = row.getString("name");
        return new TokenEntry(
                row.getString("id"),
                owner,
                subject(owner, issuer),
                issuer.isEmpty() ? Caller.LOCAL : issuer,
                name.isEmpty() ? owner : name,
                Stream.of(row.getString("fqans").split(" "))
                        .filter(text -> !text.isEmpty())
                        .map(Fqan::parse)
                        .toList(),
                Optional.of(row.getString("vo")).filter(vo -> !vo.isEmpty()),
                Scope.parse(row.getString("scope")),
                row.getString("label"),
                row.getString("description"),
                row.getInt("operator") == 1,
                Micros.instant(row.getLong("created")),
                Optional.of(row.getLong("expires")).filter(micros -> micros > 0).map(Micros::instant));
    }

    /** The subject within the owner's id, see {@code Caller.id}. */
    private static String subject(String owner, String issuer) {
        String prefix = issuer + "#";
        return !issuer.isEmpty() && owner.startsWith(prefix) ? owner.substring(prefix.length()) : owner;
    }

    static long tokenCount(Handle sql, String subject) {
        return sql.createQuery("select count(*) from api_token where subject = :subject and session = 0")
                .bind("subject", subject)
                .map((row, context) -> row.getLong(1))
                .one();
    }

    /** The ids of a caller's tokens, sessions among them. */
    static List<String> tokenIds(Handle sql, String owner) {
        return sql.createQuery("select id from api_token where subject = :owner")
                .bind("owner", owner)
                .map((row, context) -> row.getString(1))
                .list();
    }

    /** Deletes a token and the sessions that it proved. @return the ids of all of them */
    static List<String> deleteToken(Handle sql, String id) {
        List<String> ended = sql.createQuery("select id from api_token where id = :id or parent = :id")
                .bind("id", id)
                .map((row, context) -> row.getString(1))
                .list();
        sql.createUpdate("delete from api_token where id = :id or parent = :id")
                .bind("id", id)
                .execute();
        return ended;
    }

    /** @param shown the id of the token that proved the caller; the lasting one behind it becomes the parent */
    static void insertSession(Handle sql, TokenEntry token, String verifier, Optional<String> shown) {
        insertToken(sql, token, verifier);
        String parent = shown.flatMap(id -> sql.createQuery(
                                "select case when session = 1 then parent else id end from api_token where id = :id")
                        .bind("id", id)
                        .map((row, context) -> row.getString(1))
                        .findOne())
                .orElse("");
        sql.createUpdate("update api_token set session = 1, parent = :parent where id = :id")
                .bind("parent", parent)
                .bind("id", token.id())
                .execute();
    }

    /** Leaves the newest sessions of a caller. */
    static void deleteSessionsBeyond(Handle sql, String owner, int most) {
        sql.createUpdate("""
                        delete from api_token where id in (select id from api_token
                            where subject = :owner and session = 1 order by created desc, id limit 1000000 offset :most)
                        """).bind("owner", owner).bind("most", most).execute();
    }

    static void deleteExpired(Handle sql, Instant now) {
        sql.createUpdate("delete from api_token where expires > 0 and expires < :now")
                .bind("now", Micros.of(now))
                .execute();
    }
}
