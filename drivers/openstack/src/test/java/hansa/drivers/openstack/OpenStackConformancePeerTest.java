package hansa.drivers.openstack;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription.Flavour;
import hansa.cloud.kit.AccountsConformance;
import hansa.cloud.kit.Behaviour;
import hansa.cloud.kit.CloudConformance;
import hansa.cloud.kit.CloudUnderTest;
import hansa.cloud.kit.ConsoleConformance;
import hansa.cloud.kit.ImageStoreConformance;
import hansa.cloud.kit.NetworksConformance;
import hansa.cloud.kit.ResizingConformance;
import hansa.cloud.kit.SnapshotsConformance;
import hansa.cloud.kit.VolumeCopiesConformance;
import hansa.cloud.kit.VolumesConformance;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
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
                AccountsConformance {

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
                EnumSet.complementOf(EnumSet.of(Behaviour.MACHINES_NEED_IMAGES)));
    }

    @Override
    public CloudUnderTest subject() {
        return subject;
    }

    /** Cinder knows whole GiB only. */
    @Override
    public long volumeMib() {
        return 1024;
    }

    @AfterAll
    void leaveNothing() {
        subject.close();
    }
}
