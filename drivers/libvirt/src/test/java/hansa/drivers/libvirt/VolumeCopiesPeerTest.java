package hansa.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.MachineOrder;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteState;
import hansa.cloud.RemoteVolume;
import hansa.cloud.RemoteVolume.VolumeState;
import hansa.cloud.RemoteVolumeCopy;
import hansa.cloud.RemoteVolumeCopy.Kind;
import hansa.cloud.Token;
import hansa.cloud.VolumeCopies;
import hansa.cloud.Volumes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is in copies of volumes, and what becomes of copying that is cut short. */
@Tag("peer")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class VolumeCopiesPeerTest {

    private final LibvirtPeer peer = new LibvirtPeer();
    private final Cloud cloud = opened();
    private final Volumes volumes = cloud.facet(Volumes.class).orElseThrow();
    private final VolumeCopies copies = cloud.facet(VolumeCopies.class).orElseThrow();

    private Cloud opened() {
        Cloud opened = peer.open();
        opened.recover(Set.of());
        return opened;
    }

    @AfterAll
    void leaveNothing() {
        try (peer) {
            cloud.close();
        }
    }

    private Path disk(RemoteId volume) {
        return peer.folder()
                .resolve("cloud")
                .resolve("volumes")
                .resolve(volume.value())
                .resolve("disk.qcow2");
    }

    private void write(RemoteId volume, int pattern) {
        qemuIo(disk(volume), "write -P " + pattern + " 1M 1M");
    }

    private static String qemuIo(Path disk, String command) {
        return Programs.run(
                command,
                Duration.ofMinutes(1),
                disk.getParent(),
                List.of("qemu-io", "-f", "qcow2", "-c", command, disk.toString()));
    }

    private void assertHolds(RemoteId volume, int pattern) {
        assertThat(qemuIo(disk(volume), "read -P " + pattern + " 1M 1M"))
                .contains("read 1048576/1048576 bytes")
                .doesNotContain("verification failed");
    }

    private RemoteVolume whole(RemoteId volume) {
        return await().atMost(LibvirtPeer.PATIENCE)
                .until(() -> volumes.read(volume), now -> now.state() == VolumeState.ONLINE);
    }

    private RemoteVolumeCopy taken(RemoteId volume, Kind kind) {
        RemoteId id = copies.take(volume, LibvirtPeer.newToken(), "copy", kind).id();
        return await().atMost(LibvirtPeer.PATIENCE)
                .until(() -> copies.read(id), now -> now.state() == VolumeState.ONLINE);
    }

    @Test
    void a_copy_holds_what_the_volume_held_then_and_a_volume_of_it_is_its_own() {
        RemoteId source = volumes.create(LibvirtPeer.newToken(), "data", 8).id();
        write(source, 1);
        RemoteVolumeCopy snapshot = taken(source, Kind.SNAPSHOT);
        write(source, 2);
        RemoteVolumeCopy backup = taken(source, Kind.BACKUP);
        write(source, 3);
        assertThat(backup.taken()).isAfter(snapshot.taken());

        RemoteId first = whole(copies.restore(snapshot.id(), LibvirtPeer.newToken(), "first", 8)
                        .id())
                .id();
        assertHolds(first, 1);
        copies.delete(snapshot.id());
        volumes.delete(source);
        RemoteVolume second = whole(copies.restore(backup.id(), LibvirtPeer.newToken(), "second", 16)
                .id());
        assertHolds(second.id(), 2);
        assertThat(new QemuImg(Duration.ofMinutes(1)).ownVirtualSize(disk(second.id())))
                .isEqualTo(16L << 20);
        write(second.id(), 4);
        copies.delete(backup.id());
        assertHolds(second.id(), 4);
        assertHolds(first, 1);
        volumes.delete(first);
        volumes.delete(second.id());
        assertThat(copies.list()).isEmpty();
        assertThat(peer.folder().resolve("cloud").resolve("copies")).isEmptyDirectory();
    }

    @Test
    void a_volume_is_copied_beside_a_guest_that_writes_to_it() {
        RemoteId source = volumes.create(LibvirtPeer.newToken(), "data", 64).id();
        write(source, 5);
        // Text of the moment, over and over, behind what was written before.
        String script = """
                #!/bin/sh
                ( while :; do
                    date +%s%N | dd of=/dev/vdb bs=1M seek=2 conv=notrunc 2>/dev/null
                    sync
                done ) &
                echo WRITING
                """;
        var plain = RealGuestPeerTest.order(LibvirtPeer.newToken(), script);
        RemoteId machine = cloud.create(new MachineOrder(
                        plain.token(),
                        plain.name(),
                        plain.image(),
                        plain.size(),
                        plain.flavour(),
                        plain.context(),
                        plain.nics(),
                        List.of(source)))
                .id();
        LibvirtPeer.awaitOnConsole(cloud, machine, "WRITING");
        RemoteVolumeCopy first = taken(source, Kind.BACKUP);
        RemoteVolumeCopy second = taken(source, Kind.SNAPSHOT);
        assertThat(cloud.read(machine).state()).isEqualTo(RemoteState.RUNNING);
        cloud.power(machine, PowerAction.PAUSE);
        LibvirtPeer.awaitState(cloud, machine, RemoteState.PAUSED);
        RemoteVolumeCopy third = taken(source, Kind.BACKUP);
        cloud.power(machine, PowerAction.RESUME);
        LibvirtPeer.awaitState(cloud, machine, RemoteState.RUNNING);
        cloud.power(machine, PowerAction.SAVE);
        LibvirtPeer.awaitState(cloud, machine, RemoteState.SAVED);
        Token refused = LibvirtPeer.newToken();
        assertThatThrownBy(() -> copies.take(source, refused, "none", Kind.BACKUP))
                .isInstanceOf(CloudException.Conflict.class)
                .hasMessageContaining("is saved; stop it or detach the volume");
        assertThat(copies.findByToken(refused)).isEmpty();
        cloud.delete(machine);
        await().atMost(LibvirtPeer.PATIENCE)
                .until(() -> volumes.read(source).attachedTo().isEmpty());
        for (RemoteVolumeCopy copy : List.of(first, second, third)) {
            RemoteId restored = whole(copies.restore(copy.id(), LibvirtPeer.newToken(), "again", 64)
                            .id())
                    .id();
            assertHolds(restored, 5);
            volumes.delete(restored);
            copies.delete(copy.id());
        }
        volumes.delete(source);
    }

    @Test
    void copying_that_was_cut_short_is_taken_up_again_and_what_was_not_described_is_cleared_away() throws IOException {
        RemoteId source = volumes.create(LibvirtPeer.newToken(), "data", 8).id();
        write(source, 7);
        RemoteVolumeCopy copy = taken(source, Kind.BACKUP);
        Token token = LibvirtPeer.newToken();
        RemoteId made = whole(copies.restore(copy.id(), token, "made", 16).id()).id();
        Path copied = peer.folder()
                .resolve("cloud")
                .resolve("copies")
                .resolve(copy.id().value())
                .resolve("disk.qcow2");
        Files.move(copied, Folders.sibling(copied, ".cut.part"));
        Files.delete(disk(made));
        Path half = Files.createDirectories(
                peer.folder().resolve("cloud").resolve("copies").resolve("half-made"));
        assertThat(copies.read(copy.id()).state()).isEqualTo(VolumeState.FAILED);
        assertThat(copies.read(copy.id()).message()).contains("cut short");
        assertThatThrownBy(() -> copies.restore(copy.id(), LibvirtPeer.newToken(), "none", 8))
                .isInstanceOf(CloudException.Conflict.class);

        cloud.recover(Set.of());
        assertThat(half).doesNotExist();
        await().atMost(LibvirtPeer.PATIENCE)
                .until(() -> copies.read(copy.id()), now -> now.state() == VolumeState.ONLINE);
        // The copy was not whole yet when the volume was looked at, so that waits for the next start.
        cloud.recover(Set.of());
        assertHolds(whole(made).id(), 7);
        assertThat(volumes.findByToken(token)).map(RemoteVolume::id).contains(made);
        assertThat(copied.getParent())
                .isDirectoryContaining("glob:**/disk.qcow2")
                .isDirectoryNotContaining("glob:**.part");

        copies.delete(copy.id());
        volumes.delete(made);
        volumes.delete(source);
    }
}
