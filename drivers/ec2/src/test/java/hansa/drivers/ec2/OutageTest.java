package hansa.drivers.ec2;

import hansa.cloud.Cloud;
import hansa.cloud.Facet;
import hansa.cloud.MachineOrder;
import hansa.cloud.kit.LostAnswersConformance;
import hansa.cloud.kit.OutageConformance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OutageTest implements OutageConformance, LostAnswersConformance {

    /** Everything shows at once: what is lost here is an answer, and nothing besides. */
    private final StubEndpoint server = new StubEndpoint(new Stub(Fixtures.STEP, 0));

    @Override
    public Cloud openWhereNothingAnswers() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Fixtures.open("http://127.0.0.1:" + socket.getLocalPort() + "/", Map.of("time-limit", "2s"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Cloud openLosingTheFirstAnswer() {
        AtomicBoolean lost = new AtomicBoolean();
        server.happen(action -> action.equals("RunInstances") && lost.compareAndSet(false, true)
                ? StubEndpoint.Mishap.LOST_AFTER
                : StubEndpoint.Mishap.NONE);
        return Fixtures.open(server.url(), Map.of());
    }

    @Override
    public MachineOrder anyOrder() {
        return Fixtures.order("lost");
    }

    @Override
    public Set<Class<? extends Facet>> promisedFacets() {
        return new Ec2Driver().facets();
    }

    @AfterAll
    void stop() {
        server.close();
    }
}
