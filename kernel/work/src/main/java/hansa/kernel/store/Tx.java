package hansa.kernel.store;

import org.jdbi.v3.core.Handle;

/** One unit of work that is being written. */
public interface Tx {

    /** SQL inside this unit of work. */
    Handle sql();

    /** Runs once after the unit is durable, and not when it fails. For wake-ups; what it throws is logged only. */
    void afterCommit(Runnable action);
}
