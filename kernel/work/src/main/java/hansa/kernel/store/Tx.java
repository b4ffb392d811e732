package hansa.kernel.store;

import org.jdbi.v3.core.Handle;

/** One unit of work that is being written. Not to be used after the work returns, nor by another thread. */
public interface Tx {

    /** SQL inside this unit of work. */
    Handle sql();

    /**
     * Units that lock the same name run one after the other, from here until they are durable, on all nodes. Needed
     * only for what no row stands for; costs nothing on SQLite, where all units run one after the other.
     */
    void lock(String name);

    /**
     * Runs once after the unit is durable, and not when it fails, on the thread of the caller before {@link Store#write} returns. For
     * wake-ups: short, no waiting; what it throws is logged only.
     */
    void afterCommit(Runnable action);
}
