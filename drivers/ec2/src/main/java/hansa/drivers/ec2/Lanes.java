package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Does so many things at a time and no more of them after one has failed. Used by one thread; closing it waits until nothing is
 * being done any more.
 */
final class Lanes implements AutoCloseable {

    /** What may fail by the node's own disk too. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    private final int count;
    private final Semaphore free;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicReference<@Nullable CloudException> failure = new AtomicReference<>();

    Lanes(int count) {
        this.count = count;
        this.free = new Semaphore(count);
    }

    /**
     * Waits for a free lane.
     *
     * @throws CloudException of something that failed before
     */
    void run(Work work) {
        acquire(1);
        if (failure.get() != null) {
            free.release();
            throwFailure();
        }
        threads.execute(() -> {
            try {
                work.run();
            } catch (CloudException e) {
                failure.compareAndSet(null, e);
            } catch (IOException e) {
                failure.compareAndSet(
                        null, new CloudException.Unavailable("the file of an image cannot be written", e));
            } finally {
                free.release();
            }
        });
    }

    /** Waits until all is done. */
    void finish() {
        acquire(count);
        free.release(count);
        throwFailure();
    }

    private void acquire(int some) {
        try {
            free.acquire(some);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException.Unavailable("the transfer of an image was interrupted", e);
        }
    }

    private void throwFailure() {
        CloudException first = failure.get();
        if (first != null) {
            throw first;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
