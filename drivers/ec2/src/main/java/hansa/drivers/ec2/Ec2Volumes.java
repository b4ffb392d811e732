package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolume;
import hansa.cloud.Token;
import hansa.cloud.Volumes;
import java.util.List;
import java.util.Optional;

/** Volumes in the cloud's zone. EC2 sells whole GiB; what is ordered is rounded up. */
final class Ec2Volumes implements Volumes {

    private static final long MOST_MIB = 64L * 1024 * 1024;

    private final Query query;
    private final VolumeCalls calls;
    private final SnapshotCalls snapshots;
    private final Place place;
    private final Ec2Settings settings;
    private final Locks locks = new Locks();

    Ec2Volumes(Query query, VolumeCalls calls, SnapshotCalls snapshots, Place place, Ec2Settings settings) {
        this.query = query;
        this.calls = calls;
        this.snapshots = snapshots;
        this.place = place;
        this.settings = settings;
    }

    static long gib(long sizeMib) {
        if (sizeMib < 1 || sizeMib > MOST_MIB) {
            throw new CloudException.InvalidRequest("a volume has 1 MiB to 64 TiB, not " + sizeMib + " MiB");
        }
        return Math.ceilDiv(sizeMib, VolumeCalls.MIB_PER_GIB);
    }

    @Override
    public RemoteVolume create(Token token, String name, long sizeMib) {
        long gib = gib(sizeMib);
        return make(token, name, gib, Optional.empty());
    }

    /** @param snapshot what it begins as */
    RemoteVolume make(Token token, String name, long gib, Optional<String> snapshot) {
        return locks.holding(
                token.value(),
                () -> calls.view(calls.with(token).orElseGet(() -> {
                    Form form = Form.of("CreateVolume")
                            .with("AvailabilityZone", place.zone())
                            .with("Size", gib);
                    snapshot.ifPresent(id -> form.with("SnapshotId", id));
                    settings.volumeType().ifPresent(type -> form.with("VolumeType", type));
                    return calls.make(form, token, name);
                })));
    }

    @Override
    public Optional<RemoteVolume> findByToken(Token token) {
        return calls.with(token).map(calls::view);
    }

    @Override
    public RemoteVolume read(RemoteId volume) {
        return calls.view(calls.get(volume));
    }

    @Override
    public List<RemoteVolume> list() {
        return calls.ours().stream().map(calls::view).toList();
    }

    @Override
    public void delete(RemoteId volume) {
        Optional<VolumeCalls.Volume> there = calls.settled(volume.value());
        if (there.isEmpty()) {
            return;
        }
        if (!there.get().instance().isEmpty()) {
            throw new CloudException.Conflict("the volume " + volume + " is held by the machine "
                    + there.get().instance() + "; detach it first");
        }
        if (snapshots.keeps(volume.value())) {
            throw new CloudException.Conflict("the volume " + volume + " has snapshots; delete them first");
        }
        try {
            query.call(Form.of("DeleteVolume").with("VolumeId", volume.value()));
        } catch (CloudException.NotFound e) {
            // Gone already, which is what was wanted.
        }
    }

    @Override
    public RemoteDisk attach(RemoteId machine, RemoteId volume, Optional<String> device) {
        return calls.attach(machine, volume, device);
    }

    @Override
    public void detach(RemoteId machine, RemoteId volume) {
        calls.detach(machine, volume);
    }

    @Override
    public RemoteVolume resize(RemoteId volume, long sizeMib) {
        long gib = gib(sizeMib);
        VolumeCalls.Volume now = calls.get(volume);
        if (gib < now.sizeGib()) {
            throw new CloudException.InvalidRequest("the volume " + volume + " has " + now.sizeGib()
                    + " GiB and can grow only, not to " + gib + " GiB");
        }
        if (gib > now.sizeGib()) {
            calls.grow(volume.value(), gib);
        }
        return read(volume);
    }
}
