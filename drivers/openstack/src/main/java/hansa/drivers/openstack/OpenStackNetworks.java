package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import hansa.cloud.Networks;
import hansa.cloud.NicOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.RemoteNic;
import hansa.cloud.Token;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Networks of our own, each with a subnet and, where the cloud has an outside, a router; and interfaces plugged into machines later. What
 * an attempt left unfinished is finished by the next with the same token.
 */
final class OpenStackNetworks implements Networks {

    private final Service network;
    private final Neutron neutron;
    private final Nova nova;
    private final Service compute;
    private final Nics nics;
    private final Ports ports;
    private final PublicAddresses addresses;
    private final NetworkPlan plan;
    private final Patience patience;
    private final TokenLocks locks;

    OpenStackNetworks(
            Service network,
            Neutron neutron,
            Nova nova,
            Service compute,
            Nics nics,
            Ports ports,
            PublicAddresses addresses,
            NetworkPlan plan,
            Patience patience,
            TokenLocks locks) {
        this.network = network;
        this.neutron = neutron;
        this.nova = nova;
        this.compute = compute;
        this.nics = nics;
        this.ports = ports;
        this.addresses = addresses;
        this.plan = plan;
        this.patience = patience;
        this.locks = locks;
    }

    @Override
    public RemoteNetwork create(
            Token token,
            String name,
            Optional<String> cidr,
            Optional<String> gateway,
            boolean dynamicAddresses,
            Optional<Integer> vlan) {
        if (vlan.isPresent()) {
            throw new CloudException.InvalidRequest("OpenStack chooses the VLANs of its networks itself");
        }
        String range = NetworkPlan.range(token, cidr);
        return locks.holding(token, () -> {
            Optional<RemoteId> external = plan.routed() ? neutron.external().map(RemoteNetwork::id) : Optional.empty();
            RemoteId id = neutron.findByToken(token)
                    .map(RemoteNetwork::id)
                    .orElseGet(() -> made(network.post("/networks", plan.network(token, name)), "network"));
            RemoteId subnet = marked("/subnets", "subnets", token)
                    .map(one -> one.path("id").asString(""))
                    .map(RemoteId::new)
                    .orElseGet(() -> made(
                            network.post(
                                    "/subnets",
                                    plan.subnet(
                                            token, id.value(), range, gateway, dynamicAddresses, external.isPresent())),
                            "subnet"));
            external.ifPresent(outside -> route(token, name, outside, subnet));
            neutron.forget();
            return neutron.read(id);
        });
    }

    private static RemoteId made(JsonNode answer, String what) {
        String id = answer.path(what).path("id").asString("");
        if (id.isEmpty()) {
            throw new CloudException.Unavailable(
                    "Neutron does not answer as it should: a new " + what + " without an id");
        }
        return new RemoteId(id);
    }

    private Optional<JsonNode> marked(String path, String member, Token token) {
        return Pages.all(network, path + "?description=" + Pages.encoded(Marks.description(token)), member, 100)
                .stream()
                .filter(node ->
                        Marks.tokenOf(node.path("description").asString("")).equals(Optional.of(token)))
                .findFirst();
    }

    private void route(Token token, String name, RemoteId outside, RemoteId subnet) {
        RemoteId router = marked("/routers", "routers", token)
                .map(one -> new RemoteId(one.path("id").asString("")))
                .orElseGet(() -> made(network.post("/routers", plan.router(token, name, outside.value())), "router"));
        try {
            network.put(routerPath(router) + "/add_router_interface", Map.of("subnet_id", subnet.value()));
        } catch (CloudException.InvalidRequest | CloudException.Conflict e) {
            if (!Refusals.says(e.text(), "already has a port on subnet")) {
                throw e;
            }
        }
    }

    private static String routerPath(RemoteId router) {
        return "/routers/" + Marks.segment(router, "router");
    }

    @Override
    public Optional<RemoteNetwork> findByToken(Token token) {
        return neutron.findByToken(token);
    }

    @Override
    public RemoteNetwork read(RemoteId id) {
        return neutron.read(id);
    }

    @Override
    public List<RemoteNetwork> list() {
        return neutron.list();
    }

    @Override
    public void delete(RemoteId id) {
        try {
            Token token = requireOurs(neutron.read(id));
            boolean connected = Pages.all(network, "/ports?network_id=" + id, "ports", 500).stream()
                    .anyMatch(port -> !port.path("device_owner").asString("").startsWith("network:"));
            if (connected) {
                throw new CloudException.Conflict("machines are connected to the network " + id);
            }
            Optional<JsonNode> router = marked("/routers", "routers", token);
            router.ifPresent(one -> unroute(token, new RemoteId(one.path("id").asString(""))));
            network.deleteIfThere("/networks/" + Marks.segment(id, "network"));
            neutron.forget();
        } catch (CloudException.NotFound e) {
            // Gone already, which is what was wanted.
        }
    }

    private void unroute(Token token, RemoteId router) {
        for (JsonNode subnet :
                Pages.all(network, "/subnets?description=" + Pages.encoded(Marks.description(token)), "subnets", 100)) {
            try {
                network.put(
                        routerPath(router) + "/remove_router_interface",
                        Map.of("subnet_id", subnet.path("id").asString("")));
            } catch (CloudException.NotFound e) {
                // It was never plugged in, or is not any more.
            }
        }
        network.deleteIfThere(routerPath(router));
    }

    private static Token requireOurs(RemoteNetwork network) {
        return network.token()
                .orElseThrow(() -> new CloudException.Conflict(
                        "the network " + network.id() + " was not made by Hansa and is not changed by it"));
    }

    @Override
    public RemoteNetwork setActive(RemoteId id, boolean active) {
        RemoteNetwork there = neutron.read(id);
        if (there.active() == active) {
            return there;
        }
        requireOurs(there);
        network.put("/networks/" + Marks.segment(id, "network"), Map.of("network", Map.of("admin_state_up", active)));
        neutron.forget();
        return neutron.read(id);
    }

    @Override
    public RemoteNic attach(RemoteId machine, NicOrder order) {
        return locks.holding(order.token(), () -> {
            RemoteNetwork wanted = neutron.known(order.network());
            Server server = nova.settled(machine);
            List<RemoteNic> there = nics.of(server);
            Optional<RemoteNic> before = there.stream()
                    .filter(nic -> nic.token().equals(Optional.of(order.token())))
                    .findFirst();
            if (before.isPresent()) {
                return before.get();
            }
            if (!server.metadata().containsKey(Marks.EXTRAS)) {
                nova.setMetadata(machine, Map.of(Marks.EXTRAS, "true"));
            }
            return wanted.publicAddresses() ? lead(server, order, there) : plug(server, order);
        });
    }

    private RemoteNic lead(Server server, NicOrder order, List<RemoteNic> there) {
        List<String> inside = there.stream()
                .filter(nic -> !nic.network().equals(order.network()))
                .map(nic -> nic.id().value())
                .toList();
        RemoteNic nic = addresses.lead(server.token().orElseThrow(), order, inside);
        return seen(server, nic);
    }

    private RemoteNic plug(Server server, NicOrder order) {
        RemoteId machine = new RemoteId(server.id());
        JsonNode port = ports.ensure(server.token().orElseThrow(), order);
        String id = port.path("id").asString("");
        if (port.path("device_id").asString("").isEmpty()) {
            try {
                compute.post(
                        Nova.path(machine) + "/os-interface", Map.of("interfaceAttachment", Map.of("port_id", id)));
            } catch (CloudException.Unavailable e) {
                // Whether it is plugged in is unknown, and the next attempt finds out.
                throw e;
            } catch (CloudException e) {
                ports.delete(id);
                throw e;
            }
        }
        nics.learn(List.of(nova.read(machine)));
        RemoteNic nic = new RemoteNic(
                new RemoteId(id),
                Optional.of(order.token()),
                order.network(),
                "",
                port.path("mac_address").asString(""),
                Optional.empty(),
                port.path("fixed_ips").findValuesAsString("ip_address"));
        return seen(server, nic);
    }

    /** Nova hears of it from Neutron a moment later. */
    private RemoteNic seen(Server server, RemoteNic nic) {
        Server now = patience.until(() -> nova.read(new RemoteId(server.id())), one -> shows(one, nic));
        return nics.of(now).stream()
                .filter(one -> one.id().equals(nic.id()))
                .findFirst()
                .orElse(nic);
    }

    private static boolean shows(Server server, RemoteNic nic) {
        return server.addresses().stream()
                .anyMatch(address -> nic.addresses().contains(address.address())
                        || address.mac().equals(nic.mac())
                                && !address.floating()
                                && nic.addresses().isEmpty());
    }

    @Override
    public void detach(RemoteId machine, RemoteId id) {
        try {
            Optional<RemoteNic> there = nics.of(nova.settled(machine)).stream()
                    .filter(nic -> nic.id().equals(id))
                    .findFirst();
            if (there.isEmpty()) {
                return;
            }
            RemoteNic nic = there.get();
            if (neutron.known(nic.network()).publicAddresses()) {
                addresses.giveBack(id, nic.addresses());
            } else {
                compute.deleteIfThere(Nova.path(machine) + "/os-interface/" + Marks.segment(id, "interface"));
            }
            patience.until(() -> nova.read(machine), server -> !shows(server, nic));
            ports.deleteIfOurs(id);
        } catch (CloudException.NotFound e) {
            // Where one of both is gone, nothing is plugged in.
        }
    }
}
