package hansa.kernel.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/** The body of a request as it comes in, for one thread at a time. */
final class Incoming {

    /** How far {@link #discard} came. */
    enum Rest {
        ENDED,
        MORE,
        /** Nothing came in time, and the source still owes an answer to having been asked. */
        OVERDUE
    }

    private final Content.Source source;
    private final Semaphore arrived = new Semaphore(0);
    private Content.@Nullable Chunk piece;
    private boolean begun;
    private boolean ended;

    Incoming(Content.Source source) {
        this.source = source;
    }

    /** Whether it was asked for, which tells a client that only offered it to send it. */
    boolean begun() {
        return begun;
    }

    /** Whether all of it was taken, or no more of it can be. */
    boolean ended() {
        return ended;
    }

    /**
     * Waits until there is something.
     *
     * @return the number of bytes, or -1 at the end
     */
    int read(byte[] to, int offset, int most) throws IOException {
        begun = true;
        while (!ended) {
            Content.Chunk found = next();
            if (found == null) {
                await();
            } else if (Content.Chunk.isFailure(found)) {
                ended = true;
                throw new IOException(found.getFailure());
            } else if (found.hasRemaining()) {
                return found.get(to, offset, most);
            } else {
                drop(found);
            }
        }
        return -1;
    }

    /** Takes what still comes and throws it away. */
    Rest discard(long most, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        long taken = 0;
        while (!ended && taken < most) {
            Content.Chunk found = next();
            if (found == null) {
                if (!await(deadline - System.nanoTime())) {
                    return Rest.OVERDUE;
                }
            } else if (Content.Chunk.isFailure(found)) {
                ended = true;
            } else {
                taken += found.remaining();
                drop(found);
            }
        }
        return ended ? Rest.ENDED : Rest.MORE;
    }

    private Content.@Nullable Chunk next() {
        if (piece == null) {
            piece = source.read();
        }
        return piece;
    }

    private void drop(Content.Chunk done) {
        ended = done.isLast();
        done.release();
        piece = null;
    }

    private void await() throws IOException {
        demand();
        try {
            arrived.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ended = true;
            throw new InterruptedIOException("The request was interrupted");
        }
    }

    private boolean await(long nanos) {
        demand();
        try {
            return arrived.tryAcquire(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void demand() {
        source.demand(Invocable.from(Invocable.InvocationType.NON_BLOCKING, arrived::release));
    }
}
