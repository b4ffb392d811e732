package hansa.drivers.libvirt;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Disks that are being copied in the background, and why the last attempts failed. Thread-safe. */
final class DiskCopying {

    private static final Logger LOG = LoggerFactory.getLogger(DiskCopying.class);

    /** What is being made, and from what. */
    private final Map<RemoteId, RemoteId> running = new ConcurrentHashMap<>();

    private final Map<RemoteId, String> failures = new ConcurrentHashMap<>();

    boolean isMaking(RemoteId target) {
        return running.containsKey(target);
    }

    boolean isReading(RemoteId source) {
        return running.containsValue(source);
    }

    /** Why it is not there; a copy that neither runs nor failed was cut short with its process. */
    String failure(RemoteId target) {
        return Optional.ofNullable(failures.get(target)).orElse("its copying was cut short; delete it");
    }

    void forget(RemoteId target) {
        failures.remove(target);
    }

    /**
     * Copies in the background.
     *
     * @param then done at the end, whatever became of it
     */
    void start(RemoteId target, RemoteId source, Runnable copy, Runnable then) {
        failures.remove(target);
        running.put(target, source);
        Thread.ofVirtual().name("copy " + source).start(() -> {
            try {
                copy.run();
            } catch (CloudException e) {
                LOG.warn("{} could not be copied to {}: {}", source, target, e.text());
                failures.put(target, e.text());
            } finally {
                running.remove(target);
                then.run();
            }
        });
    }
}
