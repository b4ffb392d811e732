package hansa.kernel.store;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * The durable state of an installation, on SQLite or PostgreSQL. SQL stays within what both share.
 *
 * <p>Safe for many threads; calls block. A {@link hansa.kernel.base.Failure} that the work throws comes out as it is
 * and leaves no trace in the store.
 */
public interface Store extends AutoCloseable {

    /** Runs queries on a consistent view. The handle is not to be used after the work returns. */
    <T> T read(Function<Handle, T> work);

    /**
     * Runs one unit of work and returns when it is durable: all of it, or nothing.
     *
     * <p>Units of many callers may share one commit, and on SQLite one writer's thread runs them one after the other:
     * the work does SQL and arithmetic, waits for nothing, and may be run again after a lost race.
     */
    <T> T write(Function<Tx, T> work);

    @Override
    void close();
}
