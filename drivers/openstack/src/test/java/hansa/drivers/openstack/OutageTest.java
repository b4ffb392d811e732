package hansa.drivers.openstack;

import hansa.cloud.Cloud;
import hansa.cloud.Facet;
import hansa.cloud.MachineOrder;
import hansa.cloud.kit.LostAnswersConformance;
import hansa.cloud.kit.OutageConformance;
import hansa.drivers.openstack.FakeSite.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OutageTest implements OutageConformance, LostAnswersConformance {

    private final FakeSite site = new FakeSite();

    @Override
    public Cloud openWhereNothingAnswers() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Fixtures.open("http://127.0.0.1:" + socket.getLocalPort(), Map.of("time-limit", "2s"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Cloud openLosingTheFirstAnswer() {
        Map<String, Object> server = Fixtures.server("new", "lost", "BUILD");
        site.on("POST /compute/v2.1/servers", _ -> {
            site.list("/compute/v2.1/servers/detail", "servers", server);
            return Reply.cut();
        });
        site.on("GET /compute/v2.1/servers/new", _ -> Reply.ok(Map.of("server", server)));
        site.on("DELETE /compute/v2.1/servers/new", _ -> Reply.text(204, ""));
        return Fixtures.open(site.url(), Map.of());
    }

    @Override
    public MachineOrder anyOrder() {
        return Fixtures.order("lost");
    }

    @Override
    public Set<Class<? extends Facet>> promisedFacets() {
        return new OpenStackDriver().facets();
    }

    @AfterAll
    void stop() {
        site.close();
    }
}
