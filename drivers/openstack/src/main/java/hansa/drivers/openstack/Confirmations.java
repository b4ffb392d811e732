package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nova keeps the old form of a machine that got another size until somebody confirms the new one. Whoever asked Hansa for it has
 * nothing to confirm, so it is done whenever a machine is seen waiting for it, also after a restart of ours.
 */
final class Confirmations implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Confirmations.class);
    private static final int MOST = 1_000;
    /** Nova shows the machine waiting for some seconds after it was told. */
    private static final Duration QUIET = Duration.ofSeconds(20);

    private final Nova nova;

    /** What was asked for, with when it may be asked for again by {@link System#nanoTime}. */
    private final Map<String, Long> asked = new ConcurrentHashMap<>();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Confirmations(Nova nova) {
        this.nova = nova;
    }

    Server seen(Server server) {
        boolean waits = server.status().equals("VERIFY_RESIZE")
                && server.task().isEmpty()
                && server.token().isPresent();
        if (!waits) {
            asked.remove(server.id());
        } else if (mayAsk(server.id())) {
            try {
                threads.execute(() -> confirm(server.id()));
            } catch (RejectedExecutionException e) {
                asked.remove(server.id());
                LOG.debug("the cloud is closed, so the new size of {} is confirmed later", server.id(), e);
            }
        }
        return server;
    }

    private boolean mayAsk(String machine) {
        long now = System.nanoTime();
        long next = now + QUIET.toNanos();
        if (asked.size() >= MOST) {
            asked.values().removeIf(until -> until - now < 0);
        }
        return asked.size() < MOST
                && asked.merge(machine, next, (before, after) -> before - now < 0 ? after : before) == next;
    }

    private void confirm(String machine) {
        try {
            nova.act(new RemoteId(machine), "confirmResize");
        } catch (CloudException.Conflict | CloudException.InvalidRequest e) {
            LOG.debug("the new size of the machine {} was confirmed meanwhile: {}", machine, e.text());
        } catch (CloudException e) {
            asked.remove(machine);
            LOG.info("the new size of the machine {} is not confirmed, which is tried again: {}", machine, e.text());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
