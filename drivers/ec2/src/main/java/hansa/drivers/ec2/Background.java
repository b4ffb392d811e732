package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes on with machines while nobody waits for it, with each once at a time. Thread-safe. */
final class Background implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Background.class);
    private static final int MOST = 1_000;

    private final String unfinished;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** @param unfinished what is said of a machine when EC2 does not let the work be done now */
    Background(String unfinished) {
        this.unfinished = unfinished;
    }

    /**
     * Does nothing where the machine is worked on already, or a thousand others are: whoever looks at it next begins it again.
     *
     * @throws CloudException.Unavailable once it is closed
     */
    void goOn(String machine, Runnable work) {
        if (busy.size() >= MOST || !busy.add(machine)) {
            return;
        }
        try {
            threads.execute(() -> {
                try {
                    work.run();
                } catch (CloudException e) {
                    LOG.info(
                            "the machine {} {}; it goes on when somebody looks at it: {}",
                            machine,
                            unfinished,
                            e.text());
                } finally {
                    busy.remove(machine);
                }
            });
        } catch (RejectedExecutionException e) {
            busy.remove(machine);
            throw new CloudException.Unavailable("the cloud is closed", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
