package hansa.federation.sites;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription;
import hansa.cloud.CloudException;
import hansa.cloud.CloudName;
import hansa.kernel.jobs.JobHandler;
import hansa.kernel.jobs.Outcome;
import hansa.kernel.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a cloud what it offers, now and then, and keeps the answer in the store. */
final class Describing implements JobHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Describing.class);
    private static final Duration WHEN_DOWN = Duration.ofSeconds(5);
    private static final int LONGEST_MESSAGE = 1000;

    private final Store store;
    private final CloudAccess clouds;
    private final Stock stock;
    private final List<DescriptionListener> listeners;
    private final Duration every;
    private final Clock clock;

    Describing(
            Store store,
            CloudAccess clouds,
            Stock stock,
            List<DescriptionListener> listeners,
            Duration every,
            Clock clock) {
        this.store = store;
        this.clouds = clouds;
        this.stock = stock;
        this.listeners = listeners;
        this.every = every;
        this.clock = clock;
    }

    @Override
    public Outcome run(String subject, int attempt) {
        CloudName cloud = new CloudName(subject);
        if (!clouds.names().contains(cloud)) {
            return Outcome.DONE;
        }
        return describe(cloud) ? new Outcome.Again(every) : new Outcome.Again(shorter(every, WHEN_DOWN));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Whether the cloud answered. */
    boolean describe(CloudName cloud) {
        CloudDescription description;
        Instant asked = clock.instant();
        try {
            description = clouds.call(cloud, "describe", Cloud::describe);
        } catch (CloudException e) {
            LOG.warn("Cloud {} does not tell what it offers: {}", cloud, e.text());
            store.run(tx -> {
                CloudTable.down(tx.sql(), cloud, cut(e.text()));
                Reliability.count(tx.sql(), cloud, false, asked);
            });
            return false;
        }
        String digest = digest(description);
        store.run(tx -> {
            CloudTable.up(tx.sql(), cloud, clock.instant());
            stock.told(tx, cloud, description, asked);
            Reliability.count(tx.sql(), cloud, true, asked);
            if (!digest.equals(CloudTable.digest(tx.sql(), cloud))) {
                CloudTable.described(tx.sql(), cloud, description, digest);
                listeners.forEach(listener -> listener.described(tx, cloud, description));
            }
        });
        return true;
    }

    static String cut(String text) {
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE);
    }

    /** Of what changes seldom: how full a cloud is changes all the time and is no reason to write its images anew. */
    private static String digest(CloudDescription description) {
        try {
            byte[] text = ("2 " + description.flavours() + description.images() + description.networks()
                            + description.freeForm())
                    .getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
