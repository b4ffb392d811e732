package hansa.cloud.kit;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolume;
import hansa.cloud.RemoteVolume.VolumeState;
import hansa.cloud.RemoteVolumeCopy;
import hansa.cloud.RemoteVolumeCopy.Kind;
import hansa.cloud.Token;
import hansa.cloud.VolumeCopies;
import hansa.cloud.Volumes;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What clouds with copies of volumes must do with them. */
public interface VolumeCopiesConformance extends Conformance {

    private Volumes volumes() {
        return subject().cloud().facet(Volumes.class).orElseThrow();
    }

    private RemoteId newVolume() {
        RemoteId volume = volumes()
                .create(subject().newToken(), "kit source", subject().volumeMib())
                .id();
        subject().undoLater(() -> volumes().delete(volume));
        online(volume);
        return volume;
    }

    private void online(RemoteId volume) {
        subject()
                .eventually(
                        "the volume is online",
                        () -> assertThat(volumes().read(volume).state()).isEqualTo(VolumeState.ONLINE));
    }

    private RemoteVolumeCopy newCopy(VolumeCopies copies, RemoteId volume, Token token, Kind kind) {
        RemoteId copy = copies.take(volume, token, "kit copy", kind).id();
        subject().undoLater(() -> copies.delete(copy));
        subject()
                .eventually(
                        "the copy is there",
                        () -> assertThat(copies.read(copy).state()).isIn(VolumeState.ONLINE, VolumeState.OFFLINE));
        return copies.read(copy);
    }

    private RemoteVolume restored(VolumeCopies copies, RemoteId copy, Token token, long sizeMib) {
        RemoteId volume = copies.restore(copy, token, "kit restored", sizeMib).id();
        subject().undoLater(() -> volumes().delete(volume));
        online(volume);
        return volumes().read(volume);
    }

    @Test
    default void a_cloud_that_copies_volumes_has_volumes() {
        subject()
                .with(
                        VolumeCopies.class,
                        copies -> assertThat(subject().driver().facets()).contains(Volumes.class));
    }

    @Test
    default void one_token_makes_one_copy_and_it_is_found_until_it_is_deleted() {
        subject().with(VolumeCopies.class, copies -> {
            for (Kind kind : Kind.values()) {
                RemoteId volume = newVolume();
                Token token = subject().newToken();
                assertThat(copies.findByToken(token)).isEmpty();
                RemoteVolumeCopy copy = newCopy(copies, volume, token, kind);
                assertThat(copy.token()).contains(token);
                assertThat(copy.kind()).isEqualTo(kind);
                assertThat(copy.volume()).isEqualTo(volume);
                assertThat(copy.name()).isEqualTo("kit copy");
                assertThat(copy.sizeMib()).isEqualTo(subject().volumeMib());
                assertThat(copies.take(volume, token, "kit copy", kind).id()).isEqualTo(copy.id());
                assertThat(copies.findByToken(token)).contains(copy);
                assertThat(copies.list())
                        .filteredOn(one -> one.token().equals(Optional.of(token)))
                        .containsExactly(copy);
                assertThat(volumes().list()).extracting(RemoteVolume::id).doesNotContain(copy.id());
                assertThat(volumes().findByToken(token)).isEmpty();

                copies.delete(copy.id());
                subject()
                        .eventually(
                                "the copy is gone",
                                () -> assertThat(copies.findByToken(token)).isEmpty());
                subject().assertRefused(CloudException.NotFound.class, () -> copies.read(copy.id()));
                copies.delete(copy.id());
                assertThat(volumes().read(volume).state()).isEqualTo(VolumeState.ONLINE);
            }
        });
    }

    @Test
    default void a_volume_made_of_a_copy_stands_on_its_own() {
        subject().with(VolumeCopies.class, copies -> {
            long size = subject().volumeMib() * (subject().does(Behaviour.RESTORES_LARGER) ? 2 : 1);
            for (Kind kind : Kind.values()) {
                RemoteVolumeCopy copy = newCopy(copies, newVolume(), subject().newToken(), kind);
                Token token = subject().newToken();
                RemoteVolume volume = restored(copies, copy.id(), token, size);
                assertThat(volume.token()).contains(token);
                assertThat(volume.name()).isEqualTo("kit restored");
                assertThat(volume.sizeMib()).isEqualTo(size);
                assertThat(copies.restore(copy.id(), token, "kit restored", size)
                                .id())
                        .isEqualTo(volume.id());
                assertThat(volumes().findByToken(token)).map(RemoteVolume::id).contains(volume.id());

                copies.delete(copy.id());
                assertThat(volumes().read(volume.id()).state()).isEqualTo(VolumeState.ONLINE);
                assertThat(copies.restore(copy.id(), token, "kit restored", size)
                                .id())
                        .as("what was made already is answered also when the copy is gone")
                        .isEqualTo(volume.id());
                RemoteId machine = subject().runningMachine().id();
                volumes().attach(machine, volume.id(), Optional.empty());
                RemoteId holder = subject().stoppedMachine().id();
                volumes().detach(holder, volume.id());
            }
        });
    }

    @Test
    default void a_backup_outlives_its_volume() {
        subject().with(VolumeCopies.class, copies -> {
            RemoteId volume = newVolume();
            RemoteVolumeCopy backup = newCopy(copies, volume, subject().newToken(), Kind.BACKUP);
            volumes().delete(volume);
            subject()
                    .eventually(
                            "the volume is gone",
                            () -> assertThat(volumes().list())
                                    .extracting(RemoteVolume::id)
                                    .doesNotContain(volume));
            assertThat(copies.read(backup.id())).isEqualTo(backup);
            RemoteVolume again = restored(
                    copies, backup.id(), subject().newToken(), subject().volumeMib());
            assertThat(again.sizeMib()).isEqualTo(subject().volumeMib());
        });
    }

    @Test
    default void a_volume_with_a_snapshot_is_not_deleted() {
        subject().with(VolumeCopies.class, copies -> {
            RemoteId volume = newVolume();
            RemoteVolumeCopy snapshot = newCopy(copies, volume, subject().newToken(), Kind.SNAPSHOT);
            subject()
                    .assertRefused(
                            CloudException.Conflict.class, () -> volumes().delete(volume));
            assertThat(volumes().read(volume).state()).isEqualTo(VolumeState.ONLINE);
            copies.delete(snapshot.id());
            subject().eventually("the volume is gone", () -> {
                volumes().delete(volume);
                assertThat(volumes().list()).extracting(RemoteVolume::id).doesNotContain(volume);
            });
        });
    }

    @Test
    default void a_copy_keeps_the_size_that_its_volume_had() {
        subject().with(VolumeCopies.class, copies -> {
            RemoteId volume = newVolume();
            RemoteVolumeCopy before = newCopy(copies, volume, subject().newToken(), Kind.SNAPSHOT);
            volumes().resize(volume, 2 * subject().volumeMib());
            subject()
                    .eventually(
                            "the volume has grown",
                            () -> assertThat(volumes().read(volume).sizeMib())
                                    .isEqualTo(2 * subject().volumeMib()));
            RemoteVolumeCopy after = newCopy(copies, volume, subject().newToken(), Kind.BACKUP);
            assertThat(copies.read(before.id()).sizeMib()).isEqualTo(subject().volumeMib());
            assertThat(after.sizeMib()).isEqualTo(2 * subject().volumeMib());
            subject()
                    .assertRefused(
                            CloudException.InvalidRequest.class,
                            () -> copies.restore(
                                    after.id(),
                                    subject().newToken(),
                                    "none",
                                    subject().volumeMib()));
        });
    }

    @Test
    default void a_volume_that_a_running_machine_holds_is_copied_or_refused() {
        subject().with(VolumeCopies.class, copies -> {
            for (Kind kind : Kind.values()) {
                RemoteId volume = newVolume();
                RemoteId machine = subject().runningMachine().id();
                volumes().attach(machine, volume, Optional.empty());
                subject()
                        .undoLater(() ->
                                volumes().detach(subject().stoppedMachine().id(), volume));
                Token token = subject().newToken();
                if (subject().does(Behaviour.COPIES_HELD_VOLUMES)) {
                    newCopy(copies, volume, token, kind);
                } else {
                    subject()
                            .assertRefused(
                                    CloudException.Conflict.class, () -> copies.take(volume, token, "none", kind));
                    assertThat(copies.findByToken(token)).isEmpty();
                }
                subject().stoppedMachine();
                RemoteVolumeCopy copy = newCopy(copies, volume, subject().newToken(), kind);
                volumes().detach(machine, volume);
                assertThat(copies.read(copy.id()).state()).isIn(VolumeState.ONLINE, VolumeState.OFFLINE);
            }
        });
    }

    @Test
    default void copies_of_unknown_volumes_and_unknown_copies_are_not_found() {
        subject().with(VolumeCopies.class, copies -> {
            RemoteId unknown = new RemoteId("00000000-0000-4000-8000-000000000009");
            for (Kind kind : Kind.values()) {
                subject()
                        .assertRefused(
                                CloudException.NotFound.class,
                                () -> copies.take(unknown, subject().newToken(), "none", kind));
            }
            subject().assertRefused(CloudException.NotFound.class, () -> copies.read(unknown));
            subject()
                    .assertRefused(
                            CloudException.NotFound.class,
                            () -> copies.restore(
                                    unknown,
                                    subject().newToken(),
                                    "none",
                                    subject().volumeMib()));
            copies.delete(unknown);
        });
    }
}
