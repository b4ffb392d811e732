package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolume;
import hansa.cloud.RemoteVolume.VolumeState;
import hansa.cloud.RemoteVolumeCopy;
import hansa.cloud.RemoteVolumeCopy.Kind;
import hansa.cloud.Token;
import hansa.cloud.VolumeCopies;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * EC2's snapshots. They are whole and outlive their volumes, so they are backups by nature; that a volume does not go before
 * its snapshots is the driver's doing.
 */
final class Ec2VolumeCopies implements VolumeCopies {

    private final SnapshotCalls calls;
    private final VolumeCalls volumeCalls;
    private final Ec2Volumes volumes;
    private final Tags tags;
    private final Locks locks = new Locks();

    Ec2VolumeCopies(SnapshotCalls calls, VolumeCalls volumeCalls, Ec2Volumes volumes, Tags tags) {
        this.calls = calls;
        this.volumeCalls = volumeCalls;
        this.volumes = volumes;
        this.tags = tags;
    }

    private RemoteVolumeCopy view(SnapshotCalls.Snapshot snapshot) {
        return new RemoteVolumeCopy(
                new RemoteId(snapshot.id()),
                tags.tokenOf(snapshot.tags()),
                snapshot.kind().equals(SnapshotCalls.KEEPS_ITS_VOLUME) ? Kind.SNAPSHOT : Kind.BACKUP,
                new RemoteId(snapshot.volume()),
                Optional.ofNullable(snapshot.tags().get(Tags.NAME))
                        .filter(name -> !name.isBlank())
                        .orElse(snapshot.id()),
                snapshot.sizeGib() * VolumeCalls.MIB_PER_GIB,
                state(snapshot),
                snapshot.message(),
                snapshot.started());
    }

    private static VolumeState state(SnapshotCalls.Snapshot snapshot) {
        return switch (snapshot.status()) {
            case "completed" -> VolumeState.ONLINE;
            case "error" -> VolumeState.FAILED;
            default -> VolumeState.BUILDING;
        };
    }

    @Override
    public RemoteVolumeCopy take(RemoteId volume, Token token, String name, Kind kind) {
        return locks.holding(token.value(), () -> {
            List<SnapshotCalls.Snapshot> made = calls.with(token);
            made.stream().skip(1).forEach(extra -> calls.delete(extra.id()));
            if (!made.isEmpty()) {
                return view(made.getFirst());
            }
            VolumeState state = volumeCalls.view(volumeCalls.get(volume)).state();
            if (state != VolumeState.ONLINE) {
                throw new CloudException.Conflict("the volume " + volume + " is not ready to be copied");
            }
            return view(calls.take(volume.value(), token, name, kind.name().toLowerCase(Locale.ROOT)));
        });
    }

    @Override
    public Optional<RemoteVolumeCopy> findByToken(Token token) {
        return calls.with(token).stream().findFirst().map(this::view);
    }

    @Override
    public RemoteVolumeCopy read(RemoteId copy) {
        return view(calls.get(copy));
    }

    @Override
    public List<RemoteVolumeCopy> list() {
        return calls.all().stream().map(this::view).toList();
    }

    @Override
    public void delete(RemoteId copy) {
        calls.delete(copy.value());
    }

    @Override
    public RemoteVolume restore(RemoteId copy, Token token, String name, long sizeMib) {
        long gib = Ec2Volumes.gib(sizeMib);
        Optional<RemoteVolume> made = volumes.findByToken(token);
        if (made.isPresent()) {
            return made.get();
        }
        SnapshotCalls.Snapshot snapshot = calls.get(copy);
        if (gib < snapshot.sizeGib()) {
            throw new CloudException.InvalidRequest("the copy " + copy + " has " + snapshot.sizeGib()
                    + " GiB; a volume made of it has at least that, not " + gib);
        }
        if (state(snapshot) != VolumeState.ONLINE) {
            throw new CloudException.Conflict("the copy " + copy + " is not ready");
        }
        return volumes.make(token, name, gib, Optional.of(snapshot.id()));
    }
}
