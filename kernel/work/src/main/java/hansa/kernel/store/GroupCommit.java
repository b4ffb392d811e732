package hansa.kernel.store;

import hansa.kernel.base.Failure;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one writer of a SQLite file. It takes whatever units wait, runs each in a savepoint of its own inside one transaction, and
 * lets their callers go after one commit: one sync of the disk for all of them. It never waits for more units to come.
 */
final class GroupCommit implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    private final Path file;
    private final StoreSettings settings;
    private final ArrayBlockingQueue<Unit<?>> queue;
    private final Thread thread;
    private @Nullable SqliteConnection connection;
    private boolean failing;
    private volatile boolean closing;
    private volatile boolean ended;

    GroupCommit(Path file, StoreSettings settings) throws SQLException {
        this.file = file;
        this.settings = settings;
        this.queue = new ArrayBlockingQueue<>(settings.queued());
        this.connection = SqliteConnection.writer(file, settings.pages());
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
        disconnect();
        queue.drainTo(batch);
        batch.forEach(unit -> {
            unit.failed(Faults.closed());
            unit.end();
        });
    }

    private void runBatch(List<Unit<?>> batch) {
        try {
            SqliteConnection open = connection == null ? reconnected() : connection;
            open.begin();
            for (Unit<?> unit : batch) {
                run(open, unit);
            }
            open.commit();
            if (failing) {
                failing = false;
                LOG.info("The store takes writes again.");
            }
        } catch (SQLException | RuntimeException | Error e) {
            disconnect();
            Failure failure = Faults.of(e);
            logFirst(failure);
            batch.stream().filter(unit -> !unit.hasFailed()).forEach(unit -> unit.failed(failure));
        } finally {
            batch.forEach(Unit::end);
        }
    }

    /** One line with its trace for each time of trouble: a full disk is often the log's too. */
    private void logFirst(Failure failure) {
        if (!failing) {
            failing = true;
            LOG.error("A commit failed, nothing of it remains; further ones are tried. {}", failure.text(), failure);
        }
    }

    /** Throws only when the whole transaction is lost, as it is after a full disk. */
    private static void run(SqliteConnection open, Unit<?> unit) throws SQLException {
        open.savepoint();
        try (Handle handle = open.handle()) {
            unit.run(handle);
        } catch (RuntimeException | Error e) {
            unit.failed(e);
            try {
                open.undo();
            } catch (SQLException lost) {
                e.addSuppressed(lost);
                throw e;
            }
        }
        open.release();
    }

    private SqliteConnection reconnected() throws SQLException {
        SqliteConnection fresh = SqliteConnection.writer(file, settings.pages());
        connection = fresh;
        return fresh;
    }

    /** Takes the transaction back with the connection: a commit that failed may have left it in any state. */
    private void disconnect() {
        SqliteConnection broken = connection;
        connection = null;
        if (broken != null) {
            try {
                broken.close();
            } catch (SQLException e) {
                LOG.warn("The writer's connection could not be closed cleanly.", e);
            }
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
