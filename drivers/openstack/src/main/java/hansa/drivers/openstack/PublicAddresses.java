package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import hansa.cloud.NicOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteNic;
import hansa.cloud.Token;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Floating addresses: public ones that the cloud leads to an interface. Each carries the token that it was ordered with and that of
 * its machine, so that it is found again and given back when the machine ends.
 */
final class PublicAddresses {

    private final Service network;
    private final Nics nics;
    private final int page;

    PublicAddresses(Service network, Nics nics, int page) {
        this.network = network;
        this.nics = nics;
        this.page = page;
    }

    private List<JsonNode> all() {
        return Pages.all(network, "/floatingips", "floatingips", page);
    }

    /**
     * One that leads to the first of the interfaces that the external network is reached from.
     *
     * @param ports ids of the machine's interfaces
     * @throws CloudException.Conflict where it is reached from none
     */
    RemoteNic lead(Token machine, NicOrder order, List<String> ports) {
        String description = Marks.description(Optional.of(order.token()), machine);
        Optional<JsonNode> there = all().stream()
                .filter(one -> one.path("description").asString("").equals(description))
                .findFirst();
        if (there.isPresent() && !there.get().path("port_id").asString("").isEmpty()) {
            return nic(there.get());
        }
        Optional<CloudException> refusal = Optional.empty();
        for (String port : ports) {
            try {
                return nic(lead(there, order, description, port));
            } catch (CloudException.NotFound | CloudException.InvalidRequest e) {
                // Neutron says so of an interface from which no router leads there.
                refusal = Optional.of(e);
            }
        }
        throw new CloudException.Conflict("no interface of the machine can have a public address: "
                + refusal.map(CloudException::text).orElse("it has none"));
    }

    private JsonNode lead(Optional<JsonNode> there, NicOrder order, String description, String port) {
        if (there.isPresent()) {
            return network.put(
                            "/floatingips/" + there.get().path("id").asString(""),
                            Map.of("floatingip", Map.of("port_id", port)))
                    .path("floatingip");
        }
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("floating_network_id", order.network().value());
        wanted.put("port_id", port);
        wanted.put("description", description);
        order.address().ifPresent(address -> wanted.put("floating_ip_address", address));
        return network.post("/floatingips", Map.of("floatingip", wanted)).path("floatingip");
    }

    private RemoteNic nic(JsonNode floating) {
        Nics.Port known = nics.rememberFloating(floating);
        return new RemoteNic(
                new RemoteId(known.id()),
                known.token(),
                new RemoteId(known.network()),
                "",
                floating.path("port_details").path("mac_address").asString(""),
                Optional.empty(),
                List.of(floating.path("floating_ip_address").asString("")));
    }

    void giveBack(RemoteId id, List<String> addresses) {
        network.deleteIfThere("/floatingips/" + Marks.segment(id, "public address"));
        addresses.forEach(nics::forgetFloating);
    }

    /** All that the machine has. */
    void giveBackOf(Token machine) {
        for (JsonNode floating : all()) {
            if (Marks.belongsTo(floating.path("description").asString(""), machine)) {
                giveBack(
                        new RemoteId(floating.path("id").asString("unknown")),
                        List.of(floating.path("floating_ip_address").asString("")));
            }
        }
    }
}
