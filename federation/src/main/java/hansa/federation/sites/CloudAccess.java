package hansa.federation.sites;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.CloudName;
import hansa.cloud.Facet;
import hansa.cloud.Token;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the clouds: few calls at a time to each, each one measured, and none before the cloud has found its
 * machines again after a restart. Thread-safe; calls block.
 */
public final class CloudAccess {

    private static final Logger LOG = LoggerFactory.getLogger(CloudAccess.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<CloudName, Line> lines = new LinkedHashMap<>();
    private final Function<CloudName, Set<Token>> remembered;
    private final MeterRegistry meters;

    /**
     * @param clouds in configured order
     * @param remembered the tokens of machines that the store knows at a cloud
     */
    public CloudAccess(
            Map<CloudName, OpenedCloud> clouds,
            int callsPerCloud,
            Function<CloudName, Set<Token>> remembered,
            MeterRegistry meters) {
        clouds.forEach((name, opened) ->
                lines.put(name, new Line(name, opened.driver(), opened.cloud(), new Semaphore(callsPerCloud, true))));
        this.remembered = remembered;
        this.meters = meters;
    }

    /** In configured order. */
    public Set<CloudName> names() {
        return lines.keySet();
    }

    String driver(CloudName cloud) {
        return line(cloud).driver;
    }

    Set<String> facets(CloudName cloud) {
        return FacetNames.of(line(cloud).cloud);
    }

    public boolean has(CloudName cloud, Class<? extends Facet> facet) {
        Line line = lines.get(cloud);
        return line != null && line.cloud.facet(facet).isPresent();
    }

    /**
     * Asks a cloud.
     *
     * @param verb names the call in metrics
     * @throws CloudException what the cloud answers; {@code Unavailable} too when it is not configured any more
     */
    public <T> T call(CloudName cloud, String verb, Function<Cloud, T> work) {
        Line line = line(cloud);
        line.ensureRecovered();
        return line.limited(verb, () -> work.apply(line.cloud));
    }

    /**
     * Asks a facet of a cloud.
     *
     * @throws CloudException as {@link #call}; {@code InvalidRequest} where the cloud does not have the facet
     */
    public <F extends Facet, T> T call(CloudName cloud, Class<F> facet, String verb, Function<F, T> work) {
        return call(
                cloud,
                verb,
                opened -> work.apply(opened.facet(facet)
                        .orElseThrow(() -> new CloudException.InvalidRequest(
                                "the cloud '" + cloud + "' does not offer " + FacetNames.of(facet)))));
    }

    private Line line(CloudName cloud) {
        Line line = lines.get(cloud);
        if (line == null) {
            throw new CloudException.Unavailable("the cloud '" + cloud + "' is not configured");
        }
        return line;
    }

    /** One cloud with its limit. */
    private final class Line {
        private final CloudName name;
        private final String driver;
        private final Cloud cloud;
        private final Semaphore places;
        private final ReentrantLock recovering = new ReentrantLock();
        private volatile boolean recovered;

        Line(CloudName name, String driver, Cloud cloud, Semaphore places) {
            this.name = name;
            this.driver = driver;
            this.cloud = cloud;
            this.places = places;
        }

        void ensureRecovered() {
            if (recovered) {
                return;
            }
            recovering.lock();
            try {
                if (!recovered) {
                    Set<Token> known = remembered.apply(name);
                    Cloud.Recovery recovery = limited("recover", () -> cloud.recover(known));
                    recovered = true;
                    LOG.info(
                            "Cloud {}: {} machines found again, {} missing, {} strangers.",
                            name,
                            recovery.found().size(),
                            recovery.missing().size(),
                            recovery.strangers().size());
                }
            } finally {
                recovering.unlock();
            }
        }

        <T> T limited(String verb, Supplier<T> work) {
            if (!acquired()) {
                throw new CloudException.Unavailable("too many calls to the cloud '" + name + "' are waiting already");
            }
            long began = System.nanoTime();
            Optional<CloudException> refusal = Optional.empty();
            try {
                return work.get();
            } catch (CloudException e) {
                refusal = Optional.of(e);
                throw e;
            } finally {
                places.release();
                String outcome = refusal.map(e -> e.getClass().getSimpleName()).orElse("Ok");
                meters.timer("hansa.cloud.calls", "cloud", name.value(), "verb", verb, "outcome", outcome)
                        .record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
            }
        }

        private boolean acquired() {
            try {
                return places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
