package hansa.federation.compute;

import hansa.cloud.CloudException;
import hansa.cloud.CloudName;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolume;
import hansa.cloud.RemoteVolume.VolumeState;
import hansa.cloud.RemoteVolumeCopy;
import hansa.cloud.Token;
import hansa.cloud.VolumeCopies;
import hansa.cloud.Volumes;
import hansa.federation.sites.CloudAccess;
import hansa.kernel.store.Store;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the job of a volume asks of its cloud, where volumes and copies of them have calls of their own. */
final class VolumeCalls {

    private final Store store;
    private final ResourceTable<Volume, VolumeWork> volumes;
    private final CloudAccess clouds;

    VolumeCalls(Store store, ResourceTable<Volume, VolumeWork> volumes, CloudAccess clouds) {
        this.store = store;
        this.volumes = volumes;
        this.clouds = clouds;
    }

    /**
     * A volume or copy as its cloud describes it.
     *
     * @param taken of copies that are whole
     * @param sight see {@link Sight}
     */
    record Seen(RemoteId id, long sizeMib, VolumeState state, String message, Optional<Instant> taken, long sight) {

        static Seen of(RemoteVolume volume) {
            return new Seen(
                    volume.id(),
                    volume.sizeMib(),
                    volume.state(),
                    volume.message(),
                    Optional.empty(),
                    Sight.of(volume));
        }

        static Seen ofCopy(RemoteVolumeCopy copy) {
            return new Seen(
                    copy.id(),
                    copy.sizeMib(),
                    copy.state(),
                    copy.message(),
                    Optional.of(copy.taken()).filter(_ -> copy.state() != VolumeState.BUILDING),
                    Sight.of(copy));
        }
    }

    /** By the cloud's own id where that is known and still leads to it, by token otherwise. */
    Optional<Seen> look(Row<Volume, VolumeWork> row) {
        CloudName cloud = row.resource().cloud();
        Token token = row.work().token();
        if (row.resource().copy().isPresent()) {
            return look(
                    row.work().remote(),
                    id -> Seen.ofCopy(clouds.call(cloud, VolumeCopies.class, "copy-read", copies -> copies.read(id))),
                    () -> clouds.call(cloud, VolumeCopies.class, "copy-find", copies -> copies.findByToken(token))
                            .map(Seen::ofCopy));
        }
        return look(
                row.work().remote(),
                id -> Seen.of(clouds.call(cloud, Volumes.class, "volume-read", opened -> opened.read(id))),
                () -> clouds.call(cloud, Volumes.class, "volume-find", opened -> opened.findByToken(token))
                        .map(Seen::of));
    }

    private static Optional<Seen> look(
            Optional<RemoteId> known, Function<RemoteId, Seen> read, Supplier<Optional<Seen>> find) {
        if (known.isPresent()) {
            try {
                return Optional.of(read.apply(known.get()));
            } catch (CloudException.NotFound e) {
                return find.get();
            }
        }
        return find.get();
    }

    /** Asks for it; what came of it shows at the next look. */
    void make(Row<Volume, VolumeWork> row) {
        Volume volume = row.resource();
        Token token = row.work().token();
        String name = volume.title().isBlank() ? volume.id().value() : volume.title();
        if (volume.copy().isPresent()) {
            Volume.Copy copy = volume.copy().get();
            RemoteId source = remote(copy.of());
            onCopies(volume, "copy-take", copies -> copies.take(source, token, name, copy.kind()));
        } else if (volume.from().isPresent()) {
            RemoteId source = remote(volume.from().get());
            onCopies(volume, "copy-restore", copies -> copies.restore(source, token, name, volume.sizeMib()));
        } else {
            onVolumes(volume, "volume-create", opened -> opened.create(token, name, volume.sizeMib()));
        }
    }

    private RemoteId remote(VolumeId source) {
        return store.read(sql -> volumes.find(sql, source.value()))
                .flatMap(row -> row.work().remote())
                .orElseThrow(() ->
                        new CloudException.NotFound("'" + source + "', which it is made of, is not there any more"));
    }

    void delete(Volume volume, RemoteId remote) {
        if (volume.copy().isPresent()) {
            onCopies(volume, "copy-delete", copies -> copies.delete(remote));
        } else {
            onVolumes(volume, "volume-delete", opened -> opened.delete(remote));
        }
    }

    void resize(Volume volume, RemoteId remote) {
        onVolumes(volume, "volume-resize", opened -> opened.resize(remote, volume.sizeMib()));
    }

    private void onVolumes(Volume volume, String verb, Consumer<Volumes> call) {
        clouds.call(volume.cloud(), Volumes.class, verb, opened -> {
            call.accept(opened);
            return true;
        });
    }

    private void onCopies(Volume volume, String verb, Consumer<VolumeCopies> call) {
        clouds.call(volume.cloud(), VolumeCopies.class, verb, opened -> {
            call.accept(opened);
            return true;
        });
    }
}
