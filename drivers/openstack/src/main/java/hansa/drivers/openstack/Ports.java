package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import hansa.cloud.NicOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.Token;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Interfaces that we make ourselves, before a machine has them, because they carry a token or a wish that Nova would not pass on.
 * They do not go away with their machine; whoever deletes that deletes them too.
 */
final class Ports {

    private final Service network;
    private final SecurityGroups groups;
    private final int page;

    Ports(Service network, SecurityGroups groups, int page) {
        this.network = network;
        this.groups = groups;
        this.page = page;
    }

    /** The interface for that order, which may be there already. */
    JsonNode ensure(Token machine, Optional<Token> nic, RemoteId on, Optional<String> mac, Optional<String> address) {
        String description = Marks.description(nic, machine);
        List<JsonNode> there = Pages.all(
                network,
                "/ports?network_id=" + Marks.segment(on, "network") + "&description=" + Pages.encoded(description),
                "ports",
                page);
        return there.isEmpty() ? make(description, on, mac, address) : there.getFirst();
    }

    JsonNode ensure(Token machine, NicOrder order) {
        return ensure(machine, Optional.of(order.token()), order.network(), order.mac(), order.address());
    }

    private JsonNode make(String description, RemoteId on, Optional<String> mac, Optional<String> address) {
        Map<String, Object> port = new LinkedHashMap<>();
        port.put("network_id", on.value());
        port.put("description", description);
        port.put("security_groups", groups.ids());
        mac.ifPresent(wish -> port.put("mac_address", wish));
        address.ifPresent(wish -> port.put("fixed_ips", List.of(Map.of("ip_address", wish))));
        try {
            return network.post("/ports", Map.of("port", port)).path("port");
        } catch (CloudException.NotFound e) {
            groups.forget();
            throw e;
        }
    }

    void delete(String port) {
        network.deleteIfThere("/ports/" + Marks.segment(new RemoteId(port), "interface"));
    }

    /** One that we made, whosever it is. */
    void deleteIfOurs(RemoteId id) {
        try {
            JsonNode port =
                    network.get("/ports/" + Marks.segment(id, "interface")).path("port");
            if (port.path("description").asString("").startsWith("hansa:")) {
                delete(id.value());
            }
        } catch (CloudException.NotFound e) {
            // Gone already, which is what was wanted.
        }
    }

    /** All that belong to the machine. */
    void deleteOf(Token machine) {
        for (JsonNode port : Pages.all(network, "/ports", "ports", page)) {
            if (Marks.belongsTo(port.path("description").asString(""), machine)) {
                delete(port.path("id").asString(""));
            }
        }
    }
}
