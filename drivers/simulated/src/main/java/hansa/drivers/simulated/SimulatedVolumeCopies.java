package hansa.drivers.simulated;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolume;
import hansa.cloud.RemoteVolumeCopy;
import hansa.cloud.RemoteVolumeCopy.Kind;
import hansa.cloud.Token;
import hansa.cloud.VolumeCopies;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Copies of the simulated cloud's volumes: they remember the size, which is all that its volumes have. */
final class SimulatedVolumeCopies implements VolumeCopies {

    private static final int MOST_OF_ONE_VOLUME = 64;

    private final World world;
    private final Calls calls;
    private final Terms terms;
    private final SimulatedVolumes volumes;

    SimulatedVolumeCopies(World world, Calls calls, Terms terms, SimulatedVolumes volumes) {
        this.world = world;
        this.calls = calls;
        this.terms = terms;
        this.volumes = volumes;
    }

    @Override
    public RemoteVolumeCopy take(RemoteId volume, Token token, String name, Kind kind) {
        return calls.run(
                Operation.COPY_TAKE,
                () -> remote(world.change(
                        commit -> world.copy(token).orElseGet(() -> make(commit, volume, token, name, kind)))));
    }

    private Copy make(Commit commit, RemoteId id, Token token, String name, Kind kind) {
        Volume volume = world.volume(id).orElseThrow(() -> Missing.volume(id));
        Instant now = world.now();
        if (!volume.isReady(now)) {
            throw new CloudException.Conflict("the volume " + id + " is not ready yet");
        }
        if (world.copiesOf(id).count() >= MOST_OF_ONE_VOLUME) {
            throw new CloudException.QuotaExceeded(
                    "a volume has at most " + MOST_OF_ONE_VOLUME + " copies; delete some of " + id);
        }
        Copy copy =
                new Copy(commit.newId("copy"), token, kind, id, name, volume.sizeMib(), now, now.plus(terms.latency()));
        commit.put(copy);
        return copy;
    }

    private RemoteVolumeCopy remote(Copy copy) {
        return copy.remote(world.now());
    }

    @Override
    public Optional<RemoteVolumeCopy> findByToken(Token token) {
        return calls.run(Operation.COPY_FIND, () -> world.copy(token).map(this::remote));
    }

    @Override
    public RemoteVolumeCopy read(RemoteId id) {
        return calls.run(Operation.COPY_READ, () -> remote(world.copy(id).orElseThrow(() -> Missing.copy(id))));
    }

    @Override
    public List<RemoteVolumeCopy> list() {
        return calls.run(
                Operation.COPY_LIST,
                () -> world.copies().stream().map(this::remote).toList());
    }

    @Override
    public void delete(RemoteId id) {
        calls.run(
                Operation.COPY_DELETE,
                () -> world.change(commit -> {
                    world.copy(id).ifPresent(commit::remove);
                    return true;
                }));
    }

    @Override
    public RemoteVolume restore(RemoteId id, Token token, String name, long sizeMib) {
        return calls.run(
                Operation.COPY_RESTORE,
                () -> world.change(commit ->
                                world.volume(token).orElseGet(() -> restored(commit, id, token, name, sizeMib)))
                        .remote(world.now()));
    }

    private Volume restored(Commit commit, RemoteId id, Token token, String name, long sizeMib) {
        Copy copy = world.copy(id).orElseThrow(() -> Missing.copy(id));
        if (!copy.isReady(world.now())) {
            throw new CloudException.Conflict("the copy " + id + " is not ready yet");
        }
        if (sizeMib < copy.sizeMib()) {
            throw new CloudException.InvalidRequest("the copy " + id + " has " + copy.sizeMib()
                    + " MiB, which do not fit into a volume of " + sizeMib + " MiB");
        }
        return volumes.make(commit, token, name, sizeMib);
    }
}
