package hansa.drivers.opennebula;

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
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** The whole kit, with a plain user, on a server of ours that answers as OpenNebula documents. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OpenNebulaConformanceTest
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

    private final OnedServer server = Fixtures.serve();
    private final CloudUnderTest subject =
            Fixtures.underTest(Fixtures.open(server.url(), settings(Fixtures.whole(server))), server);

    private static Map<String, String> settings(Map<String, String> whole) {
        Map<String, String> all = new HashMap<>(whole);
        all.putAll(Map.of("page", "2", "network", "0", "host-limit", "1s"));
        return all;
    }

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
