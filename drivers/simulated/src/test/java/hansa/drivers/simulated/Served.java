package hansa.drivers.simulated;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** A simulated cloud that is served on a free port. */
record Served(SimulatedCloud cloud, SimulatedCloudServer server) implements AutoCloseable {

    static Served in(Path folder, Map<String, String> settings) throws IOException {
        SimulatedCloud cloud = (SimulatedCloud) Fixtures.open(folder, settings, InstantSource.system());
        return new Served(
                cloud, new SimulatedCloudServer(cloud, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
    }

    URI uri() {
        return server.uri();
    }

    @Override
    public void close() {
        server.close();
        cloud.close();
    }
}
