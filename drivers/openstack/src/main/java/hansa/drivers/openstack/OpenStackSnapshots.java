package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.RemoteState;
import hansa.cloud.Snapshots;
import hansa.cloud.Token;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Points to which a machine returns: images that Nova makes of it, and from which it rebuilds it with the same name, addresses and volumes.
 * Which images these are stands in the machine's metadata and not with the images, since others that are made of the machine inherit
 * whatever stands there.
 */
final class OpenStackSnapshots implements Snapshots {

    private static final String MARK = "hansa-snapshot-";
    private static final int MOST = 32;

    private final Nova nova;
    private final Glance glance;
    private final Patience patience;
    private final TokenLocks locks;

    OpenStackSnapshots(Nova nova, Glance glance, Patience patience, TokenLocks locks) {
        this.nova = nova;
        this.glance = glance;
        this.patience = patience;
        this.locks = locks;
    }

    private static Map<String, Token> marked(Server server) {
        Map<String, Token> marked = new LinkedHashMap<>();
        server.metadata().forEach((key, value) -> {
            if (key.startsWith(MARK)) {
                Marks.token(value).ifPresent(token -> marked.put(key.substring(MARK.length()), token));
            }
        });
        return marked;
    }

    @Override
    public Snapshot create(RemoteId machine, Token token, String name) {
        return locks.holding(token, () -> {
            Server server = nova.settled(machine);
            server.requireDiskOfItsHost();
            Optional<RemoteImage> made = glance.findByToken(token);
            if (made.isEmpty() && marked(server).size() >= MOST) {
                throw new CloudException.QuotaExceeded(
                        "the machine " + machine + " has " + MOST + " snapshots already");
            }
            RemoteId image = made.map(RemoteImage::id).orElseGet(() -> nova.createImage(machine, token, name));
            if (!marked(server).containsKey(image.value())) {
                nova.setMetadata(machine, Map.of(MARK + image, token.value()));
            }
            // Until then Nova does nothing else to the machine.
            RemoteImage ready =
                    patience.until(() -> glance.read(image), now -> now.state() != RemoteImage.ImageState.SAVING);
            if (ready.state() == RemoteImage.ImageState.FAILED) {
                throw new CloudException.Conflict("Nova did not make the snapshot of the machine " + machine);
            }
            return new Snapshot(image, token, ready.name(), glance.made(image));
        });
    }

    @Override
    public List<Snapshot> list(RemoteId machine) {
        Map<String, Token> marked = marked(nova.ours(machine));
        return marked.isEmpty() ? List.of() : glance.snapshots(marked);
    }

    @Override
    public void revert(RemoteId machine, RemoteId snapshot) {
        Server server = nova.settled(machine);
        if (!marked(server).containsKey(snapshot.value())) {
            throw new CloudException.NotFound("the machine " + machine + " has no snapshot " + snapshot);
        }
        RemoteImage image = glance.read(snapshot);
        if (image.state() != RemoteImage.ImageState.READY) {
            throw new CloudException.Conflict("the snapshot " + snapshot + " is not ready");
        }
        if (States.of(server) == RemoteState.STOPPED) {
            // Nova leaves a machine as it was, and this one shall run.
            nova.act(machine, "os-start");
            nova.settled(machine);
        }
        nova.act(machine, "rebuild", Map.of("imageRef", snapshot.value()));
    }

    @Override
    public void delete(RemoteId machine, RemoteId snapshot) {
        try {
            if (marked(nova.ours(machine)).containsKey(snapshot.value())) {
                glance.delete(snapshot);
                nova.removeMetadata(machine, MARK + snapshot);
            }
        } catch (CloudException.NotFound e) {
            // Gone with its machine.
        }
    }

    /** They live and die with the machine. */
    void deleteOf(Server server) {
        marked(server).keySet().forEach(image -> glance.delete(new RemoteId(image)));
    }
}
