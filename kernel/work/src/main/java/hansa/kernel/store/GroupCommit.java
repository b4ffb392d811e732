package hansa.kernel.store;

import hansa.kernel.base.Failure;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of a SQLite file. It takes whatever units wait, runs each in a savepoint of its own inside one transaction, and
 * lets their callers go after one commit: one sync of the disk for all of them. It never waits for more units to come.
 */
final class GroupCommit implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    private final SqliteConnection connection;
    private final StoreSettings settings;
    private final ArrayBlockingQueue<Unit<?>> queue;
    private final PreparedStatement savepoint;
    private final PreparedStatement release;
    private final PreparedStatement undo;
    private final Thread thread;
    private volatile boolean closing;
    private volatile boolean ended;

    GroupCommit(SqliteConnection connection, StoreSettings settings) throws SQLException {
        this.connection = connection;
        this.settings = settings;
        this.queue = new ArrayBlockingQueue<>(settings.queued());
        this.savepoint = connection.prepare("savepoint unit");
        this.release = connection.prepare("release unit");
        this.undo = connection.prepare("rollback to unit");
        // A platform thread: native calls and syncs would hold up a carrier of virtual threads.
        this.thread = Thread.ofPlatform().name("store-writer").daemon().unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    <T> T submit(Function<Tx, T> work) {
        if (Thread.currentThread().equals(thread)) {
            throw new IllegalStateException("A unit of work starts another one; hand its Tx on instead.");
        }
        if (closing) {
            throw Faults.closed();
        }
        Unit<T> unit = new Unit<>(work);
        enqueue(unit);
        if (ended && queue.remove(unit)) {
            throw Faults.closed();
        }
        return unit.await();
    }

    private void enqueue(Unit<?> unit) {
        try {
            if (!queue.offer(unit) && !queue.offer(unit, settings.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                throw Faults.unavailable(
                        "Too many writes wait for the store; nothing was changed. Try again in a moment.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Faults.unavailable("The write was interrupted before it began; nothing was changed.", e);
        }
    }

    private void work() {
        List<Unit<?>> batch = new ArrayList<>(settings.batch());
        while (!closing || !queue.isEmpty()) {
            try {
                batch.add(queue.take());
                queue.drainTo(batch, settings.batch() - 1);
                runBatch(batch);
            } catch (InterruptedException e) {
                LOG.debug("The writer is not to be interrupted; it ends when the store is closed.", e);
            } finally {
                batch.clear();
            }
        }
        ended = true;
        queue.drainTo(batch);
        batch.forEach(unit -> {
            unit.failed(Faults.closed());
            unit.end();
        });
    }

    private void runBatch(List<Unit<?>> batch) {
        try {
            connection.begin();
            for (Unit<?> unit : batch) {
                run(unit);
            }
            connection.commit();
        } catch (SQLException | RuntimeException | Error e) {
            abandon();
            Failure failure = Faults.of(e);
            LOG.warn("A commit of {} units failed; nothing of it remains.", batch.size(), e);
            batch.stream().filter(unit -> !unit.hasFailed()).forEach(unit -> unit.failed(failure));
        } finally {
            batch.forEach(Unit::end);
        }
    }

    /** Throws only when the whole transaction is lost, as it is after a full disk. */
    private void run(Unit<?> unit) throws SQLException {
        savepoint.execute();
        try (Handle handle = connection.handle()) {
            unit.run(handle);
        } catch (RuntimeException | Error e) {
            unit.failed(e);
            try {
                undo.execute();
            } catch (SQLException lost) {
                e.addSuppressed(lost);
                throw e;
            }
        }
        release.execute();
    }

    private void abandon() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // A lost transaction has been rolled back by SQLite itself.
            LOG.debug("Nothing to roll back.", e);
        }
    }

    @Override
    public void close() {
        closing = true;
        Unit<Boolean> wakeUp = new Unit<>(_ -> true);
        if (!queue.offer(wakeUp)) {
            LOG.debug("The writer is awake: its queue is full.");
        }
        boolean interrupted = false;
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
    }
}
