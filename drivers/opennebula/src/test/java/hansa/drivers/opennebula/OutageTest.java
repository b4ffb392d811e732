package hansa.drivers.opennebula;

import hansa.cloud.Cloud;
import hansa.cloud.Facet;
import hansa.cloud.MachineOrder;
import hansa.cloud.kit.LostAnswersConformance;
import hansa.cloud.kit.OutageConformance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OutageTest implements OutageConformance, LostAnswersConformance {

    private final OnedServer server = Fixtures.serve();

    @Override
    public Cloud openWhereNothingAnswers() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, String> settings = new HashMap<>(Fixtures.whole(server));
            settings.put("time-limit", "2s");
            return Fixtures.open("http://127.0.0.1:" + socket.getLocalPort() + "/RPC2", settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Cloud openLosingTheFirstAnswer() {
        AtomicBoolean lost = new AtomicBoolean();
        server.happen(method -> method.equals("one.vm.allocate") && lost.compareAndSet(false, true)
                ? OnedServer.Mishap.LOST_AFTER
                : OnedServer.Mishap.NONE);
        return Fixtures.open(server.url(), Map.of());
    }

    @Override
    public MachineOrder anyOrder() {
        return Fixtures.order("lost");
    }

    @Override
    public Set<Class<? extends Facet>> promisedFacets() {
        return new OpenNebulaDriver().facets();
    }

    @AfterAll
    void stop() {
        server.close();
    }
}
