package hansa.drivers.opennebula;

import hansa.cloud.kit.FaultsConformance;
import hansa.cloud.kit.FaultsSubject;
import hansa.cloud.kit.FaultyProxy;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** The kit's faults between the driver and the strict server. */
final class FaultyLineTest implements FaultsConformance {

    private final OnedServer server = Fixtures.serve();

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    public FaultsSubject openThroughFaults() {
        URI url = URI.create(server.url());
        FaultyProxy proxy = new FaultyProxy(new InetSocketAddress(url.getHost(), url.getPort()));
        Map<String, String> settings = new HashMap<>(Map.of("time-limit", "1s", "page", "2", "network", "0"));
        settings.putAll(Fixtures.asAdministrator());
        return new FaultsSubject(
                proxy,
                Fixtures.open(proxy.through(url).toString(), settings),
                token -> Fixtures.order(token.value()),
                Duration.ofSeconds(20),
                false);
    }
}
