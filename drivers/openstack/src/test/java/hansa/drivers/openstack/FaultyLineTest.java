package hansa.drivers.openstack;

import hansa.cloud.kit.FaultsConformance;
import hansa.cloud.kit.FaultsSubject;
import hansa.cloud.kit.FaultyProxy;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** The kit's faults between the driver and the strict server. */
final class FaultyLineTest implements FaultsConformance {

    private final FakeSite site = new FakeSite().stocked();

    @AfterEach
    void stop() {
        site.close();
    }

    @Override
    public FaultsSubject openThroughFaults() {
        URI url = URI.create(site.url());
        FaultyProxy proxy = new FaultyProxy(new InetSocketAddress(url.getHost(), url.getPort()));
        String through = proxy.through(url).toString().replaceAll("/$", "");
        site.reachedAs(through);
        return new FaultsSubject(
                proxy,
                Fixtures.open(through, Map.of("time-limit", "1s", "page", "2", "network", "lan")),
                token -> Fixtures.order(token.value()),
                Duration.ofSeconds(20),
                false);
    }
}
