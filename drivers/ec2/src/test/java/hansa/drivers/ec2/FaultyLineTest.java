package hansa.drivers.ec2;

import hansa.cloud.kit.FaultsConformance;
import hansa.cloud.kit.FaultsSubject;
import hansa.cloud.kit.FaultyProxy;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** The kit's faults between the driver and the strict server, which shows what was made only after a while. */
final class FaultyLineTest implements FaultsConformance {

    private final StubEndpoint server = new StubEndpoint(new Stub(Duration.ofMillis(5), 1));

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    public FaultsSubject openThroughFaults() {
        URI url = URI.create(server.url());
        FaultyProxy proxy = new FaultyProxy(new InetSocketAddress(url.getHost(), url.getPort()));
        return new FaultsSubject(
                proxy,
                Fixtures.open(proxy.through(url).toString(), Map.of("time-limit", "500ms")),
                token -> Fixtures.order(token.value()),
                Duration.ofSeconds(20),
                true);
    }
}
