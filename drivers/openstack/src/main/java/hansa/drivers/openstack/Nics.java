package hansa.drivers.openstack;

import hansa.cloud.RemoteId;
import hansa.cloud.RemoteNic;
import hansa.cloud.Token;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * The interfaces of machines. Nova tells their addresses only, Neutron who they are, which does not change while they are there:
 * so Neutron is asked once for those that are new, for all of them together.
 */
final class Nics {

    private static final int MOST_REMEMBERED = 200_000;

    private final Service network;
    private final Neutron neutron;
    private final int page;
    private final Map<String, Port> ports = new ConcurrentHashMap<>();

    /** An interface, or a public address that leads to one. */
    record Port(String id, Optional<Token> token, String network, Optional<String> subnet) {}

    Nics(Service network, Neutron neutron, int page) {
        this.network = network;
        this.neutron = neutron;
        this.page = page;
    }

    /** Makes sure that the interfaces of these machines are known, in one call or one chain of pages for each kind. */
    void learn(Collection<Server> servers) {
        boolean newPorts = unknown(servers, false);
        boolean newFloating = unknown(servers, true);
        if (!newPorts && !newFloating) {
            return;
        }
        if (ports.size() > MOST_REMEMBERED) {
            ports.clear();
            newPorts = true;
            newFloating = true;
        }
        if (newPorts) {
            String query = servers.size() == 1
                    ? "?device_id=" + servers.iterator().next().id()
                    : "";
            for (JsonNode port : Pages.all(network, "/ports" + query, "ports", page)) {
                remember(port);
            }
        }
        if (newFloating) {
            for (JsonNode floating : Pages.all(network, "/floatingips", "floatingips", page)) {
                rememberFloating(floating);
            }
        }
        // What Neutron did not tell of is not asked for again and again.
        for (Server server : servers) {
            for (Server.Address address : server.addresses()) {
                ports.putIfAbsent(
                        key(server.id(), address),
                        new Port(nameless(address), Optional.empty(), address.network(), Optional.empty()));
            }
        }
    }

    private boolean unknown(Collection<Server> servers, boolean floating) {
        return servers.stream()
                .anyMatch(server -> server.addresses().stream()
                        .filter(address -> address.floating() == floating)
                        .anyMatch(address -> !ports.containsKey(key(server.id(), address))));
    }

    private static String nameless(Server.Address address) {
        String name = address.floating() || address.mac().isEmpty() ? address.address() : address.mac();
        return name.isEmpty() ? "unknown" : name;
    }

    private static String key(String server, Server.Address address) {
        return address.floating() ? address.address() : server + " " + address.mac();
    }

    Port remember(JsonNode port) {
        Port known = new Port(
                port.path("id").asString("unknown"),
                Marks.tokenOf(port.path("description").asString("")),
                port.path("network_id").asString("unknown"),
                // Synnefo has a shorter name for it.
                Optional.of(port.path("fixed_ips").path(0))
                        .map(address -> address.path("subnet_id")
                                .asString(address.path("subnet").asString("")))
                        .filter(id -> !id.isEmpty()));
        String machine = port.path("device_id").asString("");
        if (!machine.isEmpty()) {
            ports.put(machine + " " + port.path("mac_address").asString(""), known);
            known.subnet().filter(id -> neutron.subnet(id).isEmpty()).ifPresent(_ -> neutron.learnSubnets());
        }
        return known;
    }

    Port rememberFloating(JsonNode floating) {
        Port known = new Port(
                floating.path("id").asString("unknown"),
                Marks.tokenOf(floating.path("description").asString("")),
                floating.path("floating_network_id").asString("unknown"),
                Optional.empty());
        ports.put(floating.path("floating_ip_address").asString(""), known);
        return known;
    }

    /** A public address was given back, and may be somebody else's next. */
    void forgetFloating(String address) {
        ports.remove(address);
    }

    /** The machine's interfaces; public addresses that lead to them are shown as such on the external network. */
    List<RemoteNic> of(Server server) {
        learn(List.of(server));
        Map<String, List<Server.Address>> byPort = new LinkedHashMap<>();
        for (Server.Address address : server.addresses()) {
            byPort.computeIfAbsent(key(server.id(), address), _ -> new ArrayList<>())
                    .add(address);
        }
        Wishes wishes = Wishes.of(server.metadata());
        List<RemoteNic> nics = new ArrayList<>();
        byPort.forEach((key, addresses) -> {
            Server.Address first = addresses.getFirst();
            Port port = ports.getOrDefault(
                    key, new Port(nameless(first), Optional.empty(), first.network(), Optional.empty()));
            List<String> texts = addresses.stream().map(Server.Address::address).toList();
            nics.add(new RemoteNic(
                    new RemoteId(port.id()),
                    port.token().or(() -> wishes.take(port.network(), texts)),
                    new RemoteId(port.network().isBlank() ? "unknown" : port.network()),
                    "",
                    first.mac(),
                    port.subnet().flatMap(neutron::subnet).flatMap(Neutron.Subnet::gateway),
                    texts));
        });
        return List.copyOf(nics);
    }
}
