package hansa.drivers.openstack;

import hansa.cloud.RemoteId;
import hansa.cloud.Size;
import hansa.cloud.kit.Behaviour;
import hansa.cloud.kit.CloudUnderTest;
import hansa.cloud.kit.HostAffinityConformance;
import hansa.cloud.kit.Hosts;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

/** The kit's groups of machines on the two hosts of the strict server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AffinityConformanceTest implements HostAffinityConformance {

    private final FakeSite site = new FakeSite().stocked();
    private final CloudUnderTest subject = new CloudUnderTest(
            new OpenStackDriver(),
            Fixtures.open(site.url(), Map.of("network", "lan")),
            new RemoteId(Fixtures.IMAGE),
            new Size(1, 128, 1),
            Optional.of(new RemoteId("f1")),
            Duration.ofSeconds(10),
            EnumSet.of(Behaviour.KEEPS_TOGETHER, Behaviour.KEEPS_APART),
            new Hosts(FakeCompute.HOSTS.size(), this::host));

    private Optional<String> host(RemoteId machine) {
        return site.seen("/compute/v2.1/servers/" + machine)
                .map(answer -> answer.path("server").path(FakeCompute.HOST).asString(""));
    }

    @Override
    public CloudUnderTest subject() {
        return subject;
    }

    @AfterAll
    void stop() {
        subject.close();
        site.close();
    }
}
