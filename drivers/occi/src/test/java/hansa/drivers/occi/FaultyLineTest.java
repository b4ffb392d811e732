package hansa.drivers.occi;

import hansa.cloud.BootContext;
import hansa.cloud.RemoteId;
import hansa.cloud.kit.FaultsConformance;
import hansa.cloud.kit.FaultsSubject;
import hansa.cloud.kit.FaultyProxy;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** The kit's faults between the driver and a server that knows no ids of ours. */
final class FaultyLineTest implements FaultsConformance {

    private static final RemoteId DEBIAN =
            new RemoteId("http://occi.site.example/occi/infrastructure/os_tpl#uuid_debian_7");

    private final PeerServer server = new PeerServer(PeerDialect.ROCCI_1);

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
                Fixtures.open(proxy.through(url).toString(), Map.of("time-limit", "1s")),
                token -> Fixtures.order(token.value(), DEBIAN, BootContext.EMPTY),
                Duration.ofSeconds(20),
                false);
    }
}
