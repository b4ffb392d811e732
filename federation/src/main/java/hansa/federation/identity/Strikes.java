package hansa.federation.identity;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts wrong answers by who gave them; after some free ones each is followed by a pause, twice as long each time. One is
 * forgiven after every while. Bounded; who was wrong least recently is forgotten. Not thread-safe.
 */
final class Strikes<K> {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final int MOST = 10_000;

    private final int free;
    private final Duration longest;
    private final Duration forgiving;
    private final Map<K, Count> counts = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Count> eldest) {
            return size() > MOST;
        }
    };

    /** @param forgiving after how long one wrong answer is forgiven */
    Strikes(int free, Duration longest, Duration forgiving) {
        this.free = free;
        this.longest = longest;
        this.forgiving = forgiving;
    }

    private record Count(int times, Instant last, Instant until) {}

    boolean pauses(K who, Instant now) {
        return Optional.ofNullable(counts.get(who))
                .filter(count -> now.isBefore(count.until()))
                .isPresent();
    }

    void add(K who, Instant now) {
        int before = Optional.ofNullable(counts.get(who))
                .map(count -> left(count, now))
                .orElse(0);
        int times = before + 1;
        Duration pause = times < free ? Duration.ZERO : FIRST.multipliedBy(1L << Math.min(times - free, 20));
        counts.put(who, new Count(times, now, now.plus(pause.compareTo(longest) > 0 ? longest : pause)));
    }

    private int left(Count count, Instant now) {
        long forgiven = Duration.between(count.last(), now).dividedBy(forgiving);
        return (int) Math.max(0, count.times() - Math.max(0, forgiven));
    }

    void clear(K who) {
        counts.remove(who);
    }
}
