package hansa.drivers.simulated;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolume;
import hansa.cloud.RemoteVolumeCopy.Kind;
import hansa.cloud.Token;
import hansa.cloud.Volumes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Volumes of the simulated cloud. */
final class SimulatedVolumes implements Volumes {

    private static final long MOST_MIB = 64L * 1024 * 1024;
    private static final List<String> DEVICES =
            IntStream.range(1, 65).mapToObj(SimulatedVolumes::device).toList();

    private final World world;
    private final Calls calls;
    private final Terms terms;

    SimulatedVolumes(World world, Calls calls, Terms terms) {
        this.world = world;
        this.calls = calls;
        this.terms = terms;
    }

    @Override
    public RemoteVolume create(Token token, String name, long sizeMib) {
        return calls.run(
                Operation.VOLUME_CREATE,
                () -> remote(world.change(
                        commit -> world.volume(token).orElseGet(() -> make(commit, token, name, sizeMib)))));
    }

    Volume make(Commit commit, Token token, String name, long sizeMib) {
        checkSize(sizeMib);
        long used = world.volumes().size();
        if (terms.quotaVolumes().filter(quota -> used >= quota).isPresent()) {
            throw new CloudException.QuotaExceeded("the quota of " + used + " volumes is used up");
        }
        Instant ready = world.now().plus(terms.latency());
        Volume volume = new Volume(commit.newId("vol"), token, name, sizeMib, ready, Optional.empty());
        commit.put(volume);
        return volume;
    }

    private static void checkSize(long sizeMib) {
        if (sizeMib < 1 || sizeMib > MOST_MIB) {
            throw new CloudException.InvalidRequest("a volume has 1 MiB to 64 TiB, not " + sizeMib + " MiB");
        }
    }

    private RemoteVolume remote(Volume volume) {
        return volume.remote(world.now());
    }

    private Volume volume(RemoteId id) {
        return world.volume(id).orElseThrow(() -> Missing.volume(id));
    }

    @Override
    public Optional<RemoteVolume> findByToken(Token token) {
        return calls.run(Operation.VOLUME_FIND, () -> world.volume(token).map(this::remote));
    }

    @Override
    public RemoteVolume read(RemoteId volume) {
        return calls.run(Operation.VOLUME_READ, () -> remote(volume(volume)));
    }

    @Override
    public List<RemoteVolume> list() {
        return calls.run(
                Operation.VOLUME_LIST,
                () -> world.volumes().stream().map(this::remote).toList());
    }

    @Override
    public void delete(RemoteId id) {
        calls.run(
                Operation.VOLUME_DELETE,
                () -> world.change(commit -> {
                    Optional<Volume> volume = world.volume(id);
                    if (volume.flatMap(Volume::holder).isPresent()) {
                        throw new CloudException.Conflict("the volume " + id + " is attached to the machine "
                                + volume.flatMap(Volume::holder).get() + "; detach it first");
                    }
                    if (world.copiesOf(id).anyMatch(copy -> copy.kind() == Kind.SNAPSHOT)) {
                        throw new CloudException.Conflict("the volume " + id + " has snapshots; delete them first");
                    }
                    volume.ifPresent(commit::remove);
                    return true;
                }));
    }

    @Override
    public RemoteDisk attach(RemoteId machineId, RemoteId id, Optional<String> device) {
        return calls.run(
                Operation.VOLUME_ATTACH,
                () -> world.change(commit -> {
                    Machine machine = world.machine(machineId).orElseThrow(() -> Missing.machine(machineId));
                    Volume volume = volume(id);
                    return machine.disks().stream()
                            .filter(disk -> disk.volume().equals(id))
                            .findFirst()
                            .orElseGet(() -> plug(commit, machine, volume, device));
                }));
    }

    private RemoteDisk plug(Commit commit, Machine machine, Volume volume, Optional<String> wish) {
        requireFree(volume, world.now());
        Attachable.require(machine);
        String device = wish.filter(name ->
                        machine.disks().stream().noneMatch(disk -> disk.device().equals(name)))
                .orElseGet(() -> freeDevice(machine.disks()));
        RemoteDisk disk = new RemoteDisk(volume.id(), device);
        commit.put(volume.heldBy(machine.id()));
        commit.put(machine.with(draft -> draft.disks(
                Stream.concat(machine.disks().stream(), Stream.of(disk)).toList())));
        return disk;
    }

    static void requireFree(Volume volume, Instant now) {
        if (volume.holder().isPresent()) {
            throw new CloudException.Conflict("the volume " + volume.id() + " is attached to the machine "
                    + volume.holder().get());
        }
        if (!volume.isReady(now)) {
            throw new CloudException.Conflict("the volume " + volume.id() + " is not ready yet");
        }
    }

    private static String device(int position) {
        String first = position < 26 ? "" : String.valueOf((char) ('a' + position / 26 - 1));
        return "/dev/vd" + first + (char) ('a' + position % 26);
    }

    static String freeDevice(List<RemoteDisk> disks) {
        List<String> used = disks.stream().map(RemoteDisk::device).toList();
        return DEVICES.stream()
                .filter(device -> !used.contains(device))
                .findFirst()
                .orElseThrow(() -> new CloudException.Conflict("the machine has no room for one more volume"));
    }

    @Override
    public void detach(RemoteId machineId, RemoteId id) {
        calls.run(
                Operation.VOLUME_DETACH,
                () -> world.change(commit -> {
                    Machine machine = world.machine(machineId).orElseThrow(() -> Missing.machine(machineId));
                    List<RemoteDisk> rest = new ArrayList<>(machine.disks());
                    if (rest.removeIf(disk -> disk.volume().equals(id))) {
                        commit.put(volume(id).free());
                        commit.put(machine.with(draft -> draft.disks(rest)));
                    }
                    return true;
                }));
    }

    @Override
    public RemoteVolume resize(RemoteId id, long sizeMib) {
        return calls.run(
                Operation.VOLUME_RESIZE,
                () -> remote(world.change(commit -> {
                    Volume volume = volume(id);
                    checkSize(sizeMib);
                    if (sizeMib < volume.sizeMib()) {
                        throw new CloudException.InvalidRequest("the volume " + id + " has " + volume.sizeMib()
                                + " MiB and cannot shrink to " + sizeMib + " MiB");
                    }
                    Volume grown = volume.grown(sizeMib);
                    commit.put(grown);
                    return grown;
                })));
    }
}
