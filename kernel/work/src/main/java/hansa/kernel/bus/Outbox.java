package hansa.kernel.bus;

import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events leave with the change that they tell of, or not at all: they are written in the same unit of work, and moved to the
 * bus once that is durable. At least once, in order per subject. Of several nodes on one store, one at a time moves them.
 *
 * <p>Safe for many threads.
 */
public final class Outbox implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);
    private static final int BATCH = 512;
    private static final Duration LEASE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofSeconds(2);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Store store;
    private final Bus bus;
    private final Lease lease;
    private final Counter moved;
    private final Semaphore bell = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closing;

    /** @param node unique among the running nodes of the installation, and the same after a restart */
    public Outbox(Store store, Bus bus, Clock clock, String node, MeterRegistry meters) {
        this.store = store;
        this.bus = bus;
        this.lease = new Lease(store, clock, "outbox", node, LEASE);
        this.moved = meters.counter("hansa.outbox.moved");
        this.thread = Thread.ofVirtual().name("outbox").unstarted(this::work);
        Gauge.builder("hansa.outbox.length", this, Outbox::length)
                .description("events that have not reached the bus yet")
                .register(meters);
    }

    /** Says with the unit of work that something happened. */
    public void append(Tx tx, Event event) {
        // Numbers are given out before a commit; the lock makes their order the order of the commits, per subject.
        tx.lock(event.subject());
        EventRows.bind(
                        tx.sql()
                                .createUpdate("insert into outbox (" + EventRows.COLUMNS + ") values ("
                                        + EventRows.VALUES + ")"),
                        event)
                .execute();
        tx.afterCommit(this::ring);
    }

    /** Begins to move events, those of an earlier run first. Subscribe before. */
    public void start() {
        thread.start();
    }

    private void ring() {
        if (bell.availablePermits() == 0) {
            bell.release();
        }
    }

    private void work() {
        Duration pause = FIRST_PAUSE;
        while (!closing) {
            try {
                boolean all = moveBatch();
                pause = FIRST_PAUSE;
                if (all) {
                    await(POLL);
                }
            } catch (RuntimeException e) {
                if (!closing) {
                    LOG.warn("Events wait in the outbox; next attempt in {}.", pause, e);
                    await(pause);
                    Duration doubled = pause.multipliedBy(2);
                    pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
                }
            }
        }
    }

    private void await(Duration atMost) {
        try {
            bell.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS);
            bell.drainPermits();
        } catch (InterruptedException e) {
            // Only close() interrupts; the loop sees it.
            LOG.debug("The outbox is asked to stop.", e);
        }
    }

    /** Whether nothing is left to move for now. */
    private boolean moveBatch() {
        List<Row> rows = next();
        if (rows.isEmpty() || !lease.hold()) {
            return true;
        }
        // Read again after the lease is ours: another node may have moved them meanwhile.
        rows = next();
        if (rows.isEmpty()) {
            return true;
        }
        bus.publish(rows.stream().map(Row::event).toList());
        List<Row> taken = rows;
        store.run(tx -> delete(tx, taken));
        moved.increment(taken.size());
        return taken.size() < BATCH;
    }

    private List<Row> next() {
        return store.read(sql -> sql.createQuery(
                        "select seq, " + EventRows.COLUMNS + " from outbox order by seq limit " + BATCH)
                .map((row, _) -> new Row(row.getLong(1), EventRows.event(row, 1)))
                .list());
    }

    /** Deletes by runs of adjacent numbers: nothing else can ever appear between two adjacent ones. */
    private static void delete(Tx tx, List<Row> rows) {
        int first = 0;
        for (int i = 1; i <= rows.size(); i++) {
            if (i == rows.size() || rows.get(i).seq() != rows.get(i - 1).seq() + 1) {
                tx.sql()
                        .createUpdate("delete from outbox where seq between :first and :last")
                        .bind("first", rows.get(first).seq())
                        .bind("last", rows.get(i - 1).seq())
                        .execute();
                first = i;
            }
        }
    }

    private double length() {
        return store.read(sql -> sql.createQuery("select count(*) from outbox")
                .map((row, _) -> row.getLong(1))
                .one());
    }

    /** Stops moving events; those that are left go first after the next start. Close it before the bus and the store. */
    @Override
    public void close() {
        closing = true;
        boolean started = thread.getState() != Thread.State.NEW;
        ring();
        thread.interrupt();
        if (started) {
            boolean interrupted = Thread.interrupted();
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            try {
                lease.giveBack();
            } catch (RuntimeException e) {
                LOG.debug("The lease of the outbox could not be given back; it ends by itself.", e);
            }
        }
    }

    private record Row(long seq, Event event) {}
}
