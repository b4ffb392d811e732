package hansa.kernel.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One caller's unit of work on its way through the writer. */
final class Unit<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Unit.class);

    private final Function<Tx, T> work;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<Runnable> afterwards = new ArrayList<>(2);
    private @Nullable T result;
    private @Nullable Throwable thrown;

    Unit(Function<Tx, T> work) {
        this.work = work;
    }

    /** Runs the work; on the writer's thread. */
    void run(Handle handle) {
        result = work.apply(new Tx() {
            @Override
            public Handle sql() {
                return handle;
            }

            @Override
            public void lock(String name) {
                // All units of a SQLite store run one after the other.
            }

            @Override
            public void afterCommit(Runnable action) {
                afterwards.add(action);
            }
        });
    }

    void failed(Throwable reason) {
        thrown = reason;
    }

    boolean hasFailed() {
        return thrown != null;
    }

    /** Lets the caller go on; the last thing that the writer does with a unit. */
    void end() {
        ended.countDown();
    }

    /** Waits for the end; on the caller's thread. An interrupt is kept for later: what was done cannot be undone. */
    @SuppressWarnings("NullAway") // the work's own null, when it is declared so
    T await() {
        boolean interrupted = false;
        while (true) {
            try {
                ended.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        switch (thrown) {
            case null -> {
                afterwards.forEach(Unit::runLogged);
                return result;
            }
            case Error error -> throw error;
            case Throwable other -> throw Faults.of(other);
        }
    }

    static void runLogged(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.error("An action after a commit failed; the commit stands.", e);
        }
    }
}
