package hansa.drivers.simulated;

import hansa.cloud.Cloud;
import hansa.cloud.kit.FaultsConformance;
import hansa.cloud.kit.FaultsSubject;
import hansa.cloud.kit.FaultyProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The simulated cloud in another process, over a line that is not to be trusted. */
final class FaultyLineTest implements FaultsConformance {

    private @Nullable Served served;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @BeforeEach
    void serve() throws IOException {
        served = Served.in(folder.resolve("cloud"), Map.of());
    }

    @AfterEach
    void stop() {
        Objects.requireNonNull(served).close();
    }

    @Override
    public FaultsSubject openThroughFaults() {
        Served cloud = Objects.requireNonNull(served);
        FaultyProxy proxy = new FaultyProxy(
                new InetSocketAddress(cloud.uri().getHost(), cloud.uri().getPort()));
        Cloud opened = Fixtures.connect(
                new SimulatedDriver(), folder, proxy.through(cloud.uri()).toString(), Duration.ofSeconds(1));
        return new FaultsSubject(proxy, opened, token -> Fixtures.order(token.value()), Duration.ofSeconds(20), true);
    }
}
