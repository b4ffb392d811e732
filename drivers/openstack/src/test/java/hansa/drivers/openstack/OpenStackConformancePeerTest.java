package hansa.drivers.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription.Flavour;
import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolume.VolumeState;
import hansa.cloud.RemoteVolumeCopy;
import hansa.cloud.VolumeCopies;
import hansa.cloud.Volumes;
import hansa.cloud.kit.AccountsConformance;
import hansa.cloud.kit.AdoptionConformance;
import hansa.cloud.kit.Behaviour;
import hansa.cloud.kit.CloudConformance;
import hansa.cloud.kit.CloudUnderTest;
import hansa.cloud.kit.ConsoleConformance;
import hansa.cloud.kit.HostAffinityConformance;
import hansa.cloud.kit.ImageStoreConformance;
import hansa.cloud.kit.NetworksConformance;
import hansa.cloud.kit.ResizingConformance;
import hansa.cloud.kit.SnapshotsConformance;
import hansa.cloud.kit.UsageConformance;
import hansa.cloud.kit.VolumeCopiesConformance;
import hansa.cloud.kit.VolumesConformance;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The whole kit on a real OpenStack, with a plain member of a project. */
@Tag("peer")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OpenStackConformancePeerTest
        implements CloudConformance,
                VolumesConformance,
                VolumeCopiesConformance,
                NetworksConformance,
                SnapshotsConformance,
                ImageStoreConformance,
                ConsoleConformance,
                ResizingConformance,
                AccountsConformance,
                AdoptionConformance,
                HostAffinityConformance,
                UsageConformance {

    private final CloudUnderTest subject = subject(OpenStackPeer.open(OpenStackPeer.member()));

    private static CloudUnderTest subject(Cloud cloud) {
        cloud.recover(Set.of());
        Flavour flavour = OpenStackPeer.flavour(cloud);
        return new CloudUnderTest(
                new OpenStackDriver(),
                cloud,
                OpenStackPeer.image(cloud),
                flavour.size(),
                Optional.of(flavour.id()),
                OpenStackPeer.PATIENCE,
                // Cinder's NFS driver leaves a volume that it makes of a smaller snapshot as small, and then does not
                // attach it.
                EnumSet.complementOf(EnumSet.of(
                        Behaviour.MACHINES_NEED_IMAGES, Behaviour.SELLS_MEBIBYTES, Behaviour.RESTORES_LARGER)));
    }

    @Override
    public CloudUnderTest subject() {
        return subject;
    }

    /**
     * Instead of what the kit asks: the peer keeps volumes in files as Cinder's NFS driver does, and that cannot back up a volume that grew
     * after a snapshot was taken of it. Of such a volume it is tried what remains.
     */
    @Override
    @Test
    public void a_copy_keeps_the_size_that_its_volume_had() {
        Volumes volumes = subject.cloud().facet(Volumes.class).orElseThrow();
        VolumeCopies copies = subject.cloud().facet(VolumeCopies.class).orElseThrow();
        RemoteId volume = volumes.create(subject.newToken(), "kit source", 1024).id();
        subject.undoLater(() -> volumes.delete(volume));
        subject.eventually(
                "the volume is online",
                () -> assertThat(volumes.read(volume).state()).isEqualTo(VolumeState.ONLINE));
        RemoteId before = copies.take(volume, subject.newToken(), "kit copy", RemoteVolumeCopy.Kind.SNAPSHOT)
                .id();
        subject.undoLater(() -> copies.delete(before));
        subject.eventually(
                "the copy is there",
                () -> assertThat(copies.read(before).state()).isEqualTo(VolumeState.ONLINE));
        volumes.resize(volume, 2048);
        subject.eventually(
                "the volume has grown",
                () -> assertThat(volumes.read(volume).sizeMib()).isEqualTo(2048));
        assertThat(copies.read(before).sizeMib()).isEqualTo(1024);
        subject.assertRefused(
                CloudException.InvalidRequest.class, () -> copies.restore(before, subject.newToken(), "none", 512));
    }

    @AfterAll
    void leaveNothing() {
        subject.close();
    }
}
