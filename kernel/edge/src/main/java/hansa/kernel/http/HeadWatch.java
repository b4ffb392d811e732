package hansa.kernel.http;

import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.Connection;

/**
 * Whether the client of a connection has begun a request and does not get on with it. Time runs from when the connection
 * was opened, and later from when the first byte after a request was seen. Where requests do not come one after the other it is
 * the frames that tell.
 */
final class HeadWatch {

    private final Connection connection;
    private final FrameWatch frames;
    private final AtomicInteger running = new AtomicInteger();
    private volatile boolean multiplexed;
    private volatile boolean silent;
    private volatile long bytes;
    private volatile long since = System.nanoTime();

    HeadWatch(Connection connection) {
        this.connection = connection;
        this.frames = WatchedTls.framesOf(connection);
    }

    Connection connection() {
        return connection;
    }

    /** @param several whether requests do not come one after the other, so that bytes do not tell of the next one */
    void begin(boolean several) {
        multiplexed = several;
        running.incrementAndGet();
    }

    void end() {
        bytes = connection.getBytesIn();
        silent = true;
        running.decrementAndGet();
    }

    /** Called by one thread again and again. */
    boolean isLate(long now, long nanos) {
        if (multiplexed) {
            return frames.isLate(now, nanos);
        }
        if (running.get() > 0) {
            return false;
        }
        if (silent) {
            if (connection.getBytesIn() == bytes) {
                return false;
            }
            silent = false;
            since = now;
        }
        return now - since > nanos;
    }
}
