package hansa.drivers.simulated;

import hansa.cloud.Cloud;
import hansa.cloud.Facet;
import hansa.cloud.MachineOrder;
import hansa.cloud.kit.LostAnswersConformance;
import hansa.cloud.kit.OutageConformance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

final class OutageTest implements OutageConformance, LostAnswersConformance {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Override
    public Cloud openWhereNothingAnswers() {
        return Fixtures.connect(new SimulatedDriver(), folder, "http://127.0.0.1:" + closedPort());
    }

    private static int closedPort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Cloud openLosingTheFirstAnswer() {
        return Fixtures.open(folder, Map.of("faults", "on create nth 1: timeout after"));
    }

    @Override
    public MachineOrder anyOrder() {
        return Fixtures.order("a");
    }

    @Override
    public Set<Class<? extends Facet>> promisedFacets() {
        return new SimulatedDriver().facets();
    }
}
