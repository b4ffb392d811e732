package hansa.drivers.simulated;

import hansa.cloud.RemoteUsage;
import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * What machines used that are gone, or have another size now. Of more than there is room for, those that ended first are forgotten.
 * Changed by one thread at a time, read by any.
 */
final class Books {

    /** Stretches that are remembered. */
    static final int ROOM = 100_000;

    private record Key(Instant ended, String machine, Instant began) {}

    private final int room;
    private final NavigableMap<Key, RemoteUsage> stretches = new ConcurrentSkipListMap<>(
            Comparator.comparing(Key::ended).thenComparing(Key::machine).thenComparing(Key::began));
    private final AtomicInteger size = new AtomicInteger();

    Books() {
        this(ROOM);
    }

    Books(int room) {
        this.room = room;
    }

    /** @param stretch one that is over; the same one again changes nothing */
    void add(RemoteUsage stretch) {
        Instant ended = stretch.ended().orElseThrow();
        Key key = new Key(ended, stretch.machine().value(), stretch.began());
        if (stretches.put(key, stretch) != null) {
            return;
        }
        if (size.get() < room) {
            size.incrementAndGet();
        } else {
            stretches.pollFirstEntry();
        }
    }

    /** By their ends. */
    Stream<RemoteUsage> endedAfter(Instant from) {
        return stretches.tailMap(new Key(from, "", Instant.MIN), true).values().stream()
                .filter(stretch -> stretch.ended().filter(from::isBefore).isPresent());
    }

    Stream<RemoteUsage> all() {
        return stretches.values().stream();
    }

    int size() {
        return size.get();
    }
}
