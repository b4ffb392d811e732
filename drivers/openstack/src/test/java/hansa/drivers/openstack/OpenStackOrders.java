package hansa.drivers.openstack;

import hansa.drivers.openstack.FakeSite.Reply;
import hansa.drivers.openstack.FakeSite.Request;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The doors of an OpenStack, for tests of other modules that want to know what this driver orders. */
public final class OpenStackOrders implements AutoCloseable {

    public static final String IMAGE = Fixtures.IMAGE;
    public static final String FLAVOUR = "f1";

    private final FakeSite site =
            new FakeSite().stocked().on("POST /compute/v2.1/os-keypairs", _ -> Reply.json(201, Map.of()));

    /** With which the driver reaches it. */
    public Map<String, String> settings() {
        return Fixtures.settings(site.url(), Map.of());
    }

    /** Each {@code server} as Nova is asked for it, the oldest first. */
    public List<JsonNode> servers() {
        return sent("POST /compute/v2.1/servers", "server");
    }

    /** The public key of a pair, in OpenSSH's form. */
    public String publicKey(String pair) {
        return sent("POST /compute/v2.1/os-keypairs", "keypair").stream()
                .filter(each -> each.path("name").asString().equals(pair))
                .map(each -> each.path("public_key").asString())
                .findFirst()
                .orElseThrow();
    }

    private List<JsonNode> sent(String door, String member) {
        return site.requests().stream()
                .filter(request -> request.line().equals(door))
                .map(Request::json)
                .map(json -> json.path(member))
                .toList();
    }

    @Override
    public void close() {
        site.close();
    }
}
