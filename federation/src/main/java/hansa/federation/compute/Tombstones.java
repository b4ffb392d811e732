package hansa.federation.compute;

import hansa.cloud.CloudName;
import hansa.cloud.Token;
import hansa.federation.stored.Micros;
import java.time.Duration;
import java.time.Instant;
import org.jdbi.v3.core.Handle;

/**
 * Tokens of what was deleted. A creation whose answer never came may still take effect after its machine was deleted;
 * what then turns up with such a token is deleted at the cloud too.
 */
final class Tombstones {

    private static final Duration KEPT = Duration.ofDays(14);

    private Tombstones() {}

    static void put(Handle sql, Token token, CloudName cloud, String kind, Instant now) {
        sql.createUpdate("""
                        insert into tombstone (token, cloud, kind, until) values (:token, :cloud, :kind, :until)
                        on conflict (token) do nothing
                        """)
                .bind("token", token.value())
                .bind("cloud", cloud.value())
                .bind("kind", kind)
                .bind("until", Micros.of(now.plus(KEPT)))
                .execute();
    }

    static boolean has(Handle sql, Token token) {
        return sql.createQuery("select count(*) from tombstone where token = :token")
                        .bind("token", token.value())
                        .map((row, context) -> row.getLong(1))
                        .one()
                > 0;
    }

    static void forgetOld(Handle sql, Instant now) {
        sql.createUpdate("delete from tombstone where until < :now")
                .bind("now", Micros.of(now))
                .execute();
    }
}
