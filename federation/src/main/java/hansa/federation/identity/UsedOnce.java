package hansa.federation.identity;

import hansa.federation.stored.Micros;
import hansa.kernel.store.Store;
import hansa.trust.Replays;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;

/** What was good for one use, in the store, so that all nodes of an installation know it. Thread-safe. */
public final class UsedOnce implements Replays {

    private final Store store;
    private final Clock clock;

    public UsedOnce(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public boolean isFirst(String issuer, String id, Instant until) {
        String mark = mark(issuer, id);
        long now = Micros.of(clock.instant());
        return store.write(tx -> {
            tx.sql()
                    .createUpdate("delete from used_assertion where ends < :now")
                    .bind("now", now)
                    .execute();
            return tx.sql()
                            .createUpdate("""
                                    insert into used_assertion (mark, ends) values (:mark, :ends)
                                    on conflict (mark) do nothing
                                    """)
                            .bind("mark", mark)
                            .bind("ends", Micros.of(until))
                            .execute()
                    > 0;
        });
    }

    /** Both may be long, and neither can be told from the digest. */
    private static String mark(String issuer, String id) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(issuer.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            return HexFormat.of().formatHex(digest.digest(id.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
