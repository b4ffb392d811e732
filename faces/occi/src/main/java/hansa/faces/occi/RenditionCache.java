package hansa.faces.occi;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Rendered entities by what they depend on. Two maps take turns: when the young one is full it becomes the old one, and
 * what is asked for in the old one moves to the young one. Reads take no lock, and what nobody asks for is forgotten.
 *
 * @param <V> a rendition
 */
final class RenditionCache<V> {

    /** What is rendered and how; the generation is kept beside the value, so that a newer one replaces it. */
    record Subject(String kind, String id, Form form, String mount) {}

    private record Entry<V>(long generation, V value, int weight) {}

    /** Two maps and what the young one weighs. Compared by identity. */
    private static final class Halves<V> {
        private final Map<Subject, Entry<V>> young = new ConcurrentHashMap<>();
        private final Map<Subject, Entry<V>> old;
        private final AtomicLong weight = new AtomicLong();

        Halves(Map<Subject, Entry<V>> old) {
            this.old = old;
        }
    }

    /** What key, entry and map take beside the value, in bytes. */
    private static final int OVERHEAD = 256;

    private final long half;
    private volatile Halves<V> halves = new Halves<>(Map.of());

    /** @param limit bytes that keys and values may take together; 0 keeps nothing */
    RenditionCache(long limit) {
        half = limit / 2;
    }

    Optional<V> find(Subject key, long generation) {
        Halves<V> now = halves;
        Entry<V> entry = now.young.get(key);
        if (entry == null) {
            entry = now.old.get(key);
            if (entry != null && entry.generation() == generation) {
                put(key, entry);
            }
        }
        return entry != null && entry.generation() == generation ? Optional.of(entry.value()) : Optional.empty();
    }

    /** @param bytes the size of the value */
    void put(Subject key, long generation, V value, int bytes) {
        put(key, new Entry<>(generation, value, bytes + OVERHEAD));
    }

    private void put(Subject key, Entry<V> entry) {
        if (entry.weight() > half) {
            return;
        }
        Halves<V> now = halves;
        Entry<V> before = now.young.put(key, entry);
        long weight = now.weight.addAndGet(entry.weight() - (before == null ? 0 : before.weight()));
        if (weight > half) {
            turn(now);
        }
    }

    private synchronized void turn(Halves<V> full) {
        if (halves == full) {
            halves = new Halves<>(full.young);
        }
    }

    /** Bytes held at the moment, roughly. */
    long weight() {
        Halves<V> now = halves;
        return weigh(now.young) + weigh(now.old);
    }

    private static <V> long weigh(Map<Subject, Entry<V>> entries) {
        return entries.values().stream().mapToLong(Entry::weight).sum();
    }
}
