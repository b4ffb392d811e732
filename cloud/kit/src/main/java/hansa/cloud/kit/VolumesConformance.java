package hansa.cloud.kit;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolume;
import hansa.cloud.RemoteVolume.VolumeState;
import hansa.cloud.Token;
import hansa.cloud.Volumes;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What clouds with volumes must do with them. */
public interface VolumesConformance extends Conformance {

    private RemoteVolume newVolume(Volumes volumes, Token token) {
        return newVolume(volumes, token, subject().volumeMib());
    }

    private RemoteVolume newVolume(Volumes volumes, Token token, long sizeMib) {
        RemoteVolume volume = volumes.create(token, "kit volume", sizeMib);
        subject().undoLater(() -> volumes.delete(volume.id()));
        subject()
                .eventually(
                        "the volume is online",
                        () -> assertThat(volumes.read(volume.id()).state()).isEqualTo(VolumeState.ONLINE));
        return volumes.read(volume.id());
    }

    @Test
    default void one_token_makes_one_volume_and_it_is_found_until_it_is_deleted() {
        subject().with(Volumes.class, volumes -> {
            Token token = subject().newToken();
            assertThat(volumes.findByToken(token)).isEmpty();
            RemoteVolume volume = newVolume(volumes, token);
            assertThat(volume.token()).contains(token);
            assertThat(volume.name()).isEqualTo("kit volume");
            assertThat(volume.sizeMib()).isEqualTo(subject().volumeMib());
            assertThat(volume.attachedTo()).isEmpty();
            assertThat(volumes.create(token, "kit volume", subject().volumeMib())
                            .id())
                    .isEqualTo(volume.id());
            assertThat(volumes.findByToken(token)).map(RemoteVolume::id).contains(volume.id());
            assertThat(volumes.list())
                    .filteredOn(one -> one.token().equals(Optional.of(token)))
                    .extracting(RemoteVolume::id)
                    .containsExactly(volume.id());

            volumes.delete(volume.id());
            subject()
                    .eventually(
                            "the volume is gone",
                            () -> assertThat(volumes.findByToken(token)).isEmpty());
            subject().assertRefused(CloudException.NotFound.class, () -> volumes.read(volume.id()));
            volumes.delete(volume.id());
        });
    }

    @Test
    default void a_volume_is_plugged_into_a_running_machine_and_out_again() {
        subject().with(Volumes.class, volumes -> {
            RemoteVolume volume = newVolume(volumes, subject().newToken());
            RemoteId machine = subject().runningMachine().id();

            RemoteDisk disk = volumes.attach(machine, volume.id(), Optional.empty());
            subject().undoLater(() -> volumes.detach(machine, volume.id()));
            assertThat(disk.volume()).isEqualTo(volume.id());
            assertThat(volumes.attach(machine, volume.id(), Optional.empty())).isEqualTo(disk);
            assertThat(volumes.read(volume.id()).attachedTo()).contains(machine);
            assertThat(subject().cloud().read(machine).volumes())
                    .extracting(RemoteDisk::volume)
                    .contains(volume.id());
            subject().assertRefused(CloudException.Conflict.class, () -> volumes.delete(volume.id()));

            RemoteId holder = subject().does(Behaviour.UNPLUGS_VOLUMES)
                    ? machine
                    : subject().stoppedMachine().id();
            subject().eventually("the volume is free", () -> {
                volumes.detach(holder, volume.id());
                assertThat(volumes.read(volume.id()).attachedTo()).isEmpty();
            });
            volumes.detach(holder, volume.id());
            assertThat(subject().cloud().read(machine).volumes())
                    .extracting(RemoteDisk::volume)
                    .doesNotContain(volume.id());
        });
    }

    @Test
    default void a_volume_outlives_the_machine_that_held_it_and_only_one_machine_holds_it() {
        subject().with(Volumes.class, volumes -> {
            RemoteVolume volume = newVolume(volumes, subject().newToken());
            Token token = subject().newToken();
            var plain = subject().order(token);
            var order = new hansa.cloud.MachineOrder(
                    token,
                    plain.name(),
                    plain.image(),
                    plain.size(),
                    plain.flavour(),
                    plain.context(),
                    plain.nics(),
                    java.util.List.of(volume.id()));
            RemoteId other = subject().cloud().create(order).id();
            subject().waitFor(other, hansa.cloud.RemoteState.RUNNING);
            assertThat(volumes.read(volume.id()).attachedTo()).contains(other);
            assertThat(subject().cloud().read(other).volumes())
                    .extracting(RemoteDisk::volume)
                    .containsExactly(volume.id());
            RemoteId shared = subject().runningMachine().id();
            subject()
                    .assertRefused(
                            CloudException.Conflict.class, () -> volumes.attach(shared, volume.id(), Optional.empty()));

            subject().cloud().delete(other);
            subject().waitUntilGone(other);
            assertThat(volumes.read(volume.id()).attachedTo()).isEmpty();
        });
    }

    @Test
    default void a_volume_grows_and_never_shrinks() {
        subject().with(Volumes.class, volumes -> {
            RemoteVolume volume = newVolume(volumes, subject().newToken());
            volumes.resize(volume.id(), 2 * subject().volumeMib());
            subject()
                    .eventually(
                            "the volume has grown",
                            () -> assertThat(volumes.read(volume.id()).sizeMib())
                                    .isEqualTo(2 * subject().volumeMib()));
            assertThat(volumes.resize(volume.id(), 2 * subject().volumeMib()).sizeMib())
                    .isEqualTo(2 * subject().volumeMib());
            subject()
                    .assertRefused(
                            CloudException.InvalidRequest.class,
                            () -> volumes.resize(volume.id(), subject().volumeMib()));
            assertThat(volumes.read(volume.id()).sizeMib())
                    .isEqualTo(2 * subject().volumeMib());
        });
    }

    @Test
    default void a_size_that_the_cloud_does_not_sell_is_rounded_up() {
        subject().with(Volumes.class, volumes -> {
            if (!subject().does(Behaviour.SELLS_MEBIBYTES)) {
                RemoteVolume volume =
                        newVolume(volumes, subject().newToken(), subject().volumeMib() + 1);
                assertThat(volume.sizeMib()).isEqualTo(2 * subject().volumeMib());
            }
        });
    }

    @Test
    default void unknown_volumes_and_impossible_sizes_are_refused() {
        subject().with(Volumes.class, volumes -> {
            RemoteId unknown = new RemoteId("00000000-0000-4000-8000-000000000001");
            RemoteId machine = subject().runningMachine().id();
            subject().assertRefused(CloudException.NotFound.class, () -> volumes.read(unknown));
            subject()
                    .assertRefused(
                            CloudException.NotFound.class,
                            () -> volumes.resize(unknown, subject().volumeMib()));
            subject()
                    .assertRefused(
                            CloudException.NotFound.class, () -> volumes.attach(machine, unknown, Optional.empty()));
            volumes.delete(unknown);
            volumes.detach(machine, unknown);
            subject()
                    .assertRefused(
                            CloudException.InvalidRequest.class,
                            () -> volumes.create(subject().newToken(), "none", 0));
        });
    }
}
