package hansa.federation.audit;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log of decisions: JSON lines in files that only grow, each holding the hash of the line before. Thread-safe.
 *
 * <p>Callers put decisions into a queue and go on; one thread writes them in batches. A batch with a denial or with a
 * permission to change something is written and synced at once; permissions to look are written within
 * {@value #PAUSE_MILLIS} ms and synced within a second. Where the queue is full callers wait, and where nothing can be
 * written for long they are refused: no decision takes effect that was not taken over.
 */
public final class AuditLog implements Audit, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

    private static final int QUEUE = 16_384;
    private static final int BATCH = 2_048;
    private static final int PAUSE_MILLIS = 50;
    private static final Duration UNSYNCED = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration TRY_AGAIN = Duration.ofMillis(500);

    private final Segments segments;
    private final Chain chain;
    private final BlockingQueue<AuditEntry> queue = new ArrayBlockingQueue<>(QUEUE);
    private final Counter written;
    private final Counter failed;

    /** How many were put into the queue, and how many of them are on the disk. */
    private final AtomicLong taken = new AtomicLong();

    private final AtomicLong synced = new AtomicLong();
    private final Thread writer;
    private long inFile;
    private long syncedAt = System.nanoTime();
    private volatile boolean closing;
    private volatile boolean hurry;

    /** Nothing waits and nothing is unsynced, so that the writer sleeps until it is woken. */
    private volatile boolean idle;

    private AuditLog(Segments segments, Chain chain, MeterRegistry meters) {
        this.segments = segments;
        this.chain = chain;
        this.written = meters.counter("hansa.audit.records");
        this.failed = meters.counter("hansa.audit.failures");
        meters.gauge("hansa.audit.waiting", queue, BlockingQueue::size);
        this.writer = Thread.ofPlatform().name("audit").daemon().unstarted(this::write);
    }

    /** @throws UncheckedIOException when the folder cannot be used, or the end of the log is damaged */
    public static AuditLog open(AuditSettings settings, MeterRegistry meters) {
        try {
            Files.createDirectories(settings.folder());
            Segments segments = new Segments(settings.folder());
            AuditLog log = new AuditLog(segments, Chain.open(settings, segments), meters);
            log.writer.start();
            return log;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what is in the log, whoever writes meanwhile. */
    public AuditReader reader() {
        return new AuditReader(segments, this::flush);
    }

    @Override
    public void keep(AuditEntry entry) {
        if (closing) {
            throw new Failure(ErrorCode.SHUTTING_DOWN, ErrorCode.SHUTTING_DOWN.meaning());
        }
        if (!queue.offer(entry)) {
            await(entry);
        }
        taken.incrementAndGet();
        if (entry.urgent()) {
            hurry = true;
            LockSupport.unpark(writer);
        } else if (idle || queue.size() > QUEUE / 2) {
            LockSupport.unpark(writer);
        }
    }

    private void await(AuditEntry entry) {
        LockSupport.unpark(writer);
        try {
            if (!queue.offer(entry, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new Failure(
                        ErrorCode.STORE_UNAVAILABLE,
                        "The audit log cannot be written, and nothing happens without it; see whether its disk is full.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ErrorCode.SHUTTING_DOWN, ErrorCode.SHUTTING_DOWN.meaning(), e);
        }
    }

    /**
     * Returns when everything that was kept before the call is on the disk.
     *
     * @throws Failure {@code store.unavailable} when it cannot be brought there
     */
    public void flush() {
        long wanted = taken.get();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (synced.get() < wanted) {
            hurry = true;
            LockSupport.unpark(writer);
            if (System.nanoTime() - end > 0) {
                throw new Failure(
                        ErrorCode.STORE_UNAVAILABLE, "The audit log cannot be written; see whether its disk is full.");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    private void write() {
        List<AuditEntry> batch = new ArrayList<>(BATCH);
        while (true) {
            boolean last = closing;
            boolean now = hurry;
            hurry = false;
            queue.drainTo(batch, BATCH);
            boolean full = batch.size() == BATCH;
            append(batch, now);
            batch.clear();
            if (last && queue.isEmpty()) {
                return;
            }
            if (!full) {
                rest();
            }
        }
    }

    private void rest() {
        if (synced.get() == inFile) {
            idle = true;
            if (queue.isEmpty() && !hurry && !closing) {
                LockSupport.park(this);
            }
            idle = false;
        } else if (!hurry) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
        }
    }

    /** Tries until it succeeds; callers wait as soon as the queue is full. */
    private void append(List<AuditEntry> batch, boolean now) {
        while (true) {
            try {
                boolean sync = now
                        || batch.stream().anyMatch(AuditEntry::urgent)
                        || System.nanoTime() - syncedAt > UNSYNCED.toNanos();
                if (!batch.isEmpty()) {
                    chain.append(batch, sync);
                    written.increment(batch.size());
                    inFile += batch.size();
                } else if (sync && synced.get() < inFile) {
                    chain.sync();
                }
                if (sync) {
                    synced.set(inFile);
                    syncedAt = System.nanoTime();
                }
                return;
            } catch (IOException e) {
                failed.increment();
                LOG.error("The audit log in {} cannot be written: {}", segments.folder(), e.getMessage());
                if (closing) {
                    LOG.error("{} decisions are lost, since the node stops", batch.size() + queue.size());
                    return;
                }
                LockSupport.parkNanos(TRY_AGAIN.toNanos());
            }
        }
    }

    /** Brings everything to the disk. Whoever still decides is refused. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(writer);
        try {
            writer.join();
            chain.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
