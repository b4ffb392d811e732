package hansa.kernel.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Holds each of many clients to the same allowance, by a token bucket and a count. Of fixed size: those that asked least
 * recently are forgotten, and have their whole allowance again. Thread-safe; costs a fraction of a microsecond.
 *
 * @param <K> what tells clients apart
 */
public final class Allowances<K> {

    /** So that threads seldom wait for each other. */
    private static final int SHARDS = 16;

    private static final double SECONDS_OF_BURST = 2;

    private final long interval;
    private final long burst;
    private final int atATime;
    private final Shard<K>[] shards;

    /** @param most clients that are remembered */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type cannot be made in another way
    public Allowances(Allowance allowance, int most) {
        this.interval = 1_000_000_000L / allowance.perSecond();
        this.burst = (long) (SECONDS_OF_BURST * 1e9) - interval;
        this.atATime = allowance.atATime();
        this.shards = new Shard[SHARDS];
        for (int i = 0; i < SHARDS; i++) {
            shards[i] = new Shard<>(Math.max(1, most / SHARDS));
        }
    }

    /** What a client gets. */
    public sealed interface Verdict permits Share, TooFast, TooMany {}

    /** @param nanos until it may come again */
    public record TooFast(long nanos) implements Verdict {}

    /** As many requests of the client are in work as may be. */
    public record TooMany() implements Verdict {}

    /** A place for one more request; {@link #leave} gives it back. */
    public static final class Share implements Verdict {

        /** When the bucket will be full again, on the clock of {@link System#nanoTime}. */
        private long full;

        private int running;

        private Share(long now) {
            this.full = now;
        }

        /** Called once for each time that the share was given. */
        public void leave() {
            synchronized (this) {
                running--;
            }
        }

        private synchronized Verdict take(long now, long interval, long burst, int atATime) {
            if (running >= atATime) {
                return new TooMany();
            }
            long wait = full - now - burst;
            if (wait > 0) {
                return new TooFast(wait);
            }
            full = Math.max(full - now, 0) + now + interval;
            running++;
            return this;
        }
    }

    /** @param now of {@link System#nanoTime} */
    public Verdict take(K client, long now) {
        int hash = client.hashCode() * 0x9e3779b9;
        return shards[hash >>> 28].share(client, now).take(now, interval, burst, atATime);
    }

    private static final class Shard<K> {

        private final Map<K, Share> shares;

        Shard(int most) {
            this.shares = new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<K, Share> eldest) {
                    return size() > most;
                }
            };
        }

        synchronized Share share(K client, long now) {
            return shares.computeIfAbsent(client, _ -> new Share(now));
        }
    }
}
