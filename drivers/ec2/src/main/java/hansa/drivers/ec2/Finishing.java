package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.Token;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plugs into new machines what EC2 takes for running ones only: volumes and public addresses. A tag of the machine says what
 * is left to do, so whoever sees it next, after a restart too, goes on with it.
 */
final class Finishing implements AutoCloseable {

    static final String ADDRESS = "address:";

    private static final Logger LOG = LoggerFactory.getLogger(Finishing.class);
    private static final int MOST_LOOKS = 300;

    private final Tags tags;
    private final Instances instances;
    private final VolumeCalls volumes;
    private final Addresses addresses;
    private final Patience patience;
    private final Background background = new Background("is not whole yet");

    Finishing(Tags tags, Instances instances, VolumeCalls volumes, Addresses addresses, Patience patience) {
        this.tags = tags;
        this.instances = instances;
        this.volumes = volumes;
        this.addresses = addresses;
        this.patience = patience;
    }

    /** Goes on with the machine in the background, where something is left to do. */
    void look(Instance instance) {
        if (instance.tags().containsKey(tags.open())) {
            background.goOn(instance.id(), () -> finish(instance.id()));
        }
    }

    private void finish(String id) {
        Duration pause = patience.firstPause();
        for (int looks = 0; looks < MOST_LOOKS; looks++) {
            Instance instance = instances.get(new RemoteId(id));
            switch (instance.state()) {
                case RUNNING, STOPPED -> {
                    plugIn(instance);
                    return;
                }
                case SHUTTING_DOWN, TERMINATED -> {
                    return;
                }
                case PENDING, STOPPING, OTHER -> {
                    Patience.sleep(pause);
                    pause = Patience.longer(pause);
                }
            }
        }
    }

    private void plugIn(Instance instance) {
        Optional<String> trouble = Optional.empty();
        for (String item : instance.tags().getOrDefault(tags.open(), "").split(" ")) {
            try {
                plugIn(instance, item);
            } catch (CloudException.Unavailable e) {
                throw e;
            } catch (CloudException e) {
                trouble = Optional.of(e.text());
                LOG.warn("the machine {} goes without {}: {}", instance.id(), item, e.text());
            }
        }
        trouble.ifPresent(text -> instances.tag(
                instance, Map.of(tags.note(), text.substring(0, Math.min(text.length(), Tags.LONGEST_VALUE)))));
        Instance done = instances.untag(instance, List.of(tags.open()));
        instances
                .recent()
                .instance(instance.id())
                .ifPresent(_ -> instances.recent().made(done));
    }

    private void plugIn(Instance instance, String item) {
        if (item.startsWith(ADDRESS)) {
            addresses.attach(instance, new Token(item.substring(ADDRESS.length())));
        } else if (!item.isEmpty()) {
            volumes.attach(new RemoteId(instance.id()), new RemoteId(item), Optional.empty());
        }
    }

    @Override
    public void close() {
        background.close();
    }
}
