package hansa.kernel.http;

import java.util.Set;
import org.eclipse.jetty.io.Connection;

/** When a client must have taken what is being written to it: at the slowest rate that is borne. */
final class AnswerWatch {

    private static final long NOTHING = 0;

    private final Connection connection;
    private final Limits limits;
    private final Set<AnswerWatch> watched;
    private volatile long due = NOTHING;

    AnswerWatch(Connection connection, Limits limits, Set<AnswerWatch> watched) {
        this.connection = connection;
        this.limits = limits;
        this.watched = watched;
    }

    Connection connection() {
        return connection;
    }

    /** A write begins. */
    void begin(long bytes) {
        double nanos = limits.bodyGrace().toNanos() + bytes * 1e9 / limits.bodyRate();
        due = System.nanoTime() + (long) nanos | 1;
    }

    /** Has the write looked after unless it ended at once, as nearly all do. */
    void watch() {
        if (due != NOTHING) {
            watched.add(this);
            if (due == NOTHING) {
                watched.remove(this);
            }
        }
    }

    void end() {
        due = NOTHING;
        watched.remove(this);
    }

    boolean isLate(long now) {
        long end = due;
        return end != NOTHING && now - end > 0;
    }
}
