package hansa.federation.compute;

import hansa.cloud.CloudName;
import hansa.cloud.RemoteId;
import hansa.cloud.Token;
import hansa.federation.stored.Micros;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Tokens of what was deleted. A creation whose answer never came may still take effect after its machine was deleted;
 * what then turns up with such a token is deleted at the cloud too.
 */
final class Tombstones {

    private static final String MACHINE = "machine";
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

    /** As {@link #put}, of a machine, which is known again in the books of its cloud. */
    static void put(
            Handle sql, Token token, CloudName cloud, MachineId machine, Optional<RemoteId> remote, Instant now) {
        put(sql, token, cloud, MACHINE, now);
        sql.createUpdate("update tombstone set resource = :machine, remote = nullif(:remote, '') where token = :token")
                .bind("machine", machine.value())
                .bind("remote", remote.map(RemoteId::value).orElse(""))
                .bind("token", token.value())
                .execute();
    }

    /** A machine that was deleted. */
    record Deleted(Token token, MachineId machine, Optional<RemoteId> remote) {}

    /** The machines that were deleted at a cloud, as far as they are remembered. */
    static List<Deleted> machines(Handle sql, CloudName cloud) {
        return sql.createQuery("select token, resource, remote from tombstone"
                        + " where cloud = :cloud and kind = :kind and resource is not null")
                .bind("cloud", cloud.value())
                .bind("kind", MACHINE)
                .map((row, context) -> new Deleted(
                        new Token(row.getString(1)),
                        new MachineId(row.getString(2)),
                        Optional.ofNullable(row.getString(3)).map(RemoteId::new)))
                .list();
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
