package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.Token;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The networks that our project may use, as they were when they were last listed. */
final class Neutron {

    private static final int MOST_NAMES = 20;

    private final Service network;
    private final OpenStackSettings settings;
    private volatile Map<String, RemoteNetwork> last = Map.of();
    private volatile Map<String, Subnet> subnets = Map.of();

    /** What machines on a network need to know of it. */
    record Subnet(String id, String network, String cidr, Optional<String> gateway, boolean dhcp) {

        static Subnet of(JsonNode subnet) {
            return new Subnet(
                    subnet.path("id").asString(""),
                    subnet.path("network_id").asString(""),
                    subnet.path("cidr").asString(""),
                    Optional.of(subnet.path("gateway_ip").asString("")).filter(text -> !text.isEmpty()),
                    subnet.path("enable_dhcp").asBoolean(false));
        }
    }

    Neutron(Service network, OpenStackSettings settings) {
        this.network = network;
        this.settings = settings;
    }

    /** All of them, as they are now. */
    List<RemoteNetwork> list() {
        return networks("/networks");
    }

    private List<RemoteNetwork> networks(String path) {
        List<JsonNode> nodes = Pages.all(network, path, "networks", settings.page());
        refreshSubnets();
        List<RemoteNetwork> views = nodes.stream().map(this::view).toList();
        last = views.stream()
                .collect(Collectors.toUnmodifiableMap(one -> one.id().value(), one -> one, (one, _) -> one));
        return views;
    }

    private void refreshSubnets() {
        Map<String, Subnet> now = new HashMap<>();
        for (JsonNode node : Pages.all(network, "/subnets", "subnets", settings.page())) {
            Subnet subnet = Subnet.of(node);
            now.put(subnet.id(), subnet);
        }
        subnets = Map.copyOf(now);
    }

    private RemoteNetwork view(JsonNode node) {
        String id = node.path("id").asString("");
        Optional<Subnet> subnet = node.path("subnets").isEmpty()
                ? Optional.empty()
                : subnets.values().stream()
                        .filter(one -> one.network().equals(id))
                        .min((one, other) -> one.id().compareTo(other.id()));
        return view(node, subnet);
    }

    static RemoteNetwork view(JsonNode node, Optional<Subnet> subnet) {
        String id = node.path("id").asString("");
        String name = node.path("name").asString("");
        Optional<Integer> tag = Optional.of(
                        node.path("provider:segmentation_id").asInt(-1))
                .filter(number -> number >= 0
                        && number <= 4095
                        && node.path("provider:network_type").asString("").equals("vlan"));
        return new RemoteNetwork(
                new RemoteId(id.isEmpty() ? "unknown" : id),
                Marks.tokenOf(node.path("description").asString("")),
                name.isBlank() ? id : name,
                subnet.map(Subnet::cidr).filter(cidr -> !cidr.isEmpty()),
                subnet.flatMap(Subnet::gateway),
                subnet.map(Subnet::dhcp).orElse(false),
                tag,
                node.path("admin_state_up").asBoolean(true),
                node.path("router:external").asBoolean(false));
    }

    /** @throws CloudException.NotFound where there is none */
    RemoteNetwork read(RemoteId id) {
        JsonNode node = network.get("/networks/" + Marks.segment(id, "network")).path("network");
        if (!node.path("subnets").isEmpty()) {
            refreshSubnets();
        }
        return view(node);
    }

    Optional<RemoteNetwork> findByToken(Token token) {
        List<JsonNode> nodes = Pages.all(
                network,
                "/networks?description=" + Pages.encoded(Marks.description(token)),
                "networks",
                settings.page());
        if (nodes.isEmpty()) {
            return Optional.empty();
        }
        refreshSubnets();
        return nodes.stream()
                .filter(node ->
                        Marks.tokenOf(node.path("description").asString("")).equals(Optional.of(token)))
                .min((one, other) -> one.path("created_at")
                        .asString("")
                        .compareTo(other.path("created_at").asString("")))
                .map(this::view);
    }

    /** As it was last seen, or asked for. */
    RemoteNetwork known(RemoteId id) {
        return Optional.ofNullable(last.get(id.value())).orElseGet(() -> {
            RemoteNetwork found = read(id);
            Map<String, RemoteNetwork> more = new HashMap<>(last);
            more.put(id.value(), found);
            last = Map.copyOf(more);
            return found;
        });
    }

    /** Something was changed, so that what was seen last is not true any more. */
    void forget() {
        last = Map.of();
    }

    Optional<Subnet> subnet(String id) {
        return Optional.ofNullable(subnets.get(id));
    }

    /** Takes in what was made since. */
    void learnSubnets() {
        refreshSubnets();
    }

    /**
     * Where machines go that ask for no network.
     *
     * @throws CloudException.InvalidRequest with the names, where there are several
     */
    RemoteNetwork standard() {
        return settings.network().isPresent()
                ? named(settings.network().get(), "network", _ -> true)
                : only(one -> !one.publicAddresses() && one.token().isEmpty(), "network", "network");
    }

    /** Where public addresses come from; empty where the cloud has none. */
    Optional<RemoteNetwork> external() {
        if (settings.externalNetwork().isPresent()) {
            return Optional.of(
                    named(settings.externalNetwork().get(), "external-network", RemoteNetwork::publicAddresses));
        }
        return seen(RemoteNetwork::publicAddresses).isEmpty()
                ? Optional.empty()
                : Optional.of(only(RemoteNetwork::publicAddresses, "external network", "external-network"));
    }

    private List<RemoteNetwork> seen(Predicate<RemoteNetwork> fitting) {
        List<RemoteNetwork> before = last.values().stream().filter(fitting).toList();
        return before.isEmpty() ? list().stream().filter(fitting).toList() : before;
    }

    private RemoteNetwork named(String wanted, String key, Predicate<RemoteNetwork> fitting) {
        Predicate<RemoteNetwork> asked = one -> fitting.test(one)
                && (one.id().value().equals(wanted) || one.name().equals(wanted));
        List<RemoteNetwork> found = seen(asked);
        if (found.size() != 1) {
            throw new CloudException.InvalidRequest("'" + key + "' is '" + wanted + "', and the cloud has "
                    + (found.isEmpty() ? "no such network" : "several of that name: " + names(found)));
        }
        return found.getFirst();
    }

    private RemoteNetwork only(Predicate<RemoteNetwork> fitting, String what, String key) {
        // Always asked for, since there may be more by now.
        List<RemoteNetwork> found = list().stream().filter(fitting).toList();
        if (found.size() == 1) {
            return found.getFirst();
        }
        throw new CloudException.InvalidRequest(
                found.isEmpty()
                        ? "the project may use no " + what
                        : "it is not said which " + what + " is meant, and '" + key + "' is not set; there are "
                                + names(found));
    }

    private static String names(List<RemoteNetwork> networks) {
        return networks.stream()
                .limit(MOST_NAMES)
                .map(one -> Refusals.oneLine(one.name()) + " (" + one.id() + ")")
                .collect(Collectors.joining(", "));
    }
}
