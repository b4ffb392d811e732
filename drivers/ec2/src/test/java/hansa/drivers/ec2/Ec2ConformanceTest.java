package hansa.drivers.ec2;

import hansa.cloud.kit.AccountsConformance;
import hansa.cloud.kit.AdoptionConformance;
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
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** The whole kit, on a server of ours that answers as EC2 documents and shows what was made only after a while. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class Ec2ConformanceTest
        implements CloudConformance,
                VolumesConformance,
                VolumeCopiesConformance,
                NetworksConformance,
                SnapshotsConformance,
                ImageStoreConformance,
                ConsoleConformance,
                ResizingConformance,
                AccountsConformance,
                HostAffinityConformance,
                AdoptionConformance,
                UsageConformance {

    private final StubEndpoint server = Fixtures.serve();
    private final CloudUnderTest subject = Fixtures.underTest(Fixtures.open(server.url(), Map.of("page", "5")));

    @Override
    public CloudUnderTest subject() {
        return subject;
    }

    @AfterAll
    void cleanUp() {
        try (server) {
            subject.close();
        }
    }
}
