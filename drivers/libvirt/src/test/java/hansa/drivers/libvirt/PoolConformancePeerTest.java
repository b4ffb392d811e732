package hansa.drivers.libvirt;

import hansa.cloud.Cloud;
import hansa.cloud.Size;
import hansa.cloud.kit.AdoptionConformance;
import hansa.cloud.kit.Behaviour;
import hansa.cloud.kit.CloudConformance;
import hansa.cloud.kit.CloudUnderTest;
import hansa.cloud.kit.ConsoleConformance;
import hansa.cloud.kit.HostAffinityConformance;
import hansa.cloud.kit.Hosts;
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
import org.junit.jupiter.api.TestInstance;

/** The kit on a pool of two real libvirts. */
@Tag("peer")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PoolConformancePeerTest
        implements CloudConformance,
                AdoptionConformance,
                UsageConformance,
                VolumesConformance,
                VolumeCopiesConformance,
                NetworksConformance,
                SnapshotsConformance,
                ImageStoreConformance,
                ConsoleConformance,
                ResizingConformance,
                HostAffinityConformance {

    private final LibvirtPeer peer = LibvirtPeer.pool();
    private final CloudUnderTest subject = subject(peer.open());

    private static CloudUnderTest subject(Cloud cloud) {
        cloud.recover(Set.of());
        return new CloudUnderTest(
                new LibvirtDriver(),
                cloud,
                LibvirtPeer.IMAGE,
                new Size(1, 128, 0),
                Optional.empty(),
                LibvirtPeer.PATIENCE,
                EnumSet.allOf(Behaviour.class),
                new Hosts(2, machine -> Optional.of(LibvirtPeer.hostOf(cloud, machine))));
    }

    @Override
    public CloudUnderTest subject() {
        return subject;
    }

    @AfterAll
    void leaveNothing() {
        try (peer) {
            subject.close();
        }
    }
}
