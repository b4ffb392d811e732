package hansa.kernel.store;

import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The durable state of an installation, on SQLite or PostgreSQL. SQL stays within what both share (see the package).
 *
 * <p>Safe for many threads; calls block. The work may run on another thread than its caller's, and an interrupt does not
 * shorten it. A {@link hansa.kernel.base.Failure} that
 * the work throws comes out as it is and leaves no trace in the store. Everything else that goes wrong is a Failure
 * too: {@code store.full} when the disk is full, {@code store.unavailable} when the database does not answer or too many wait,
 * {@code internal} for a fault in the work.
 */
public interface Store extends AutoCloseable {

    /** Runs queries on a consistent view. The handle is not to be used after the work returns. */
    <T> T read(Function<Handle, T> work);

    /**
     * Runs one unit of work and returns when it is durable: all of it, or nothing.
     *
     * <p>Units behave as if they ran one after the other. Units of many callers may share one commit, and on SQLite one
     * writer's thread runs them: the work does SQL and arithmetic, waits for nothing, starts no other unit, and may be run
     * again after a lost race.
     */
    <T> T write(Function<Tx, T> work);

    /** A unit of work without a result; see {@link #write}. */
    default void run(Consumer<Tx> work) {
        write(tx -> {
            work.accept(tx);
            return true;
        });
    }

    /** Finishes the units that wait, refuses new ones, lets go of the database. */
    @Override
    void close();
}
