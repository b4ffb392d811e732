package hansa.kernel.store;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps interrupts away from work on sockets: one that hits a virtual thread closes the socket that it waits for, and with it
 * the knowledge whether a commit was done.
 */
final class Shield {

    private Shield() {}

    /** Runs the work on a thread that nobody interrupts, and waits for it; an interrupt is kept for afterwards. */
    static <T> T uninterrupted(Supplier<T> work) {
        if (!Thread.currentThread().isVirtual()) {
            return work.get();
        }
        FutureTask<T> task = new FutureTask<>(work::get);
        Thread.ofVirtual().name("store").start(task);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw rethrown(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException rethrown(@Nullable Throwable thrown) {
        return switch (thrown) {
            case RuntimeException exception -> exception;
            case Error error -> throw error;
            case null -> new IllegalStateException("A unit of work failed without a cause.");
            case Throwable other -> new IllegalStateException(other);
        };
    }
}
