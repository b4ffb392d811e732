package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import java.util.Set;
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

    private final Nova nova;
    private final Set<String> underway = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Confirmations(Nova nova) {
        this.nova = nova;
    }

    Server seen(Server server) {
        boolean waits = server.status().equals("VERIFY_RESIZE")
                && server.task().isEmpty()
                && server.token().isPresent();
        if (waits && underway.size() < MOST && underway.add(server.id())) {
            try {
                threads.execute(() -> confirm(server.id()));
            } catch (RejectedExecutionException e) {
                underway.remove(server.id());
                LOG.debug("the cloud is closed, so the new size of {} is confirmed later", server.id(), e);
            }
        }
        return server;
    }

    private void confirm(String machine) {
        try {
            nova.act(new RemoteId(machine), "confirmResize");
        } catch (CloudException.Conflict | CloudException.InvalidRequest e) {
            LOG.debug("the new size of the machine {} was confirmed meanwhile: {}", machine, e.text());
        } catch (CloudException e) {
            LOG.info("the new size of the machine {} is not confirmed, which is tried again: {}", machine, e.text());
        } finally {
            underway.remove(machine);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
