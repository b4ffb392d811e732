package hansa.drivers.libvirt;

import static hansa.drivers.libvirt.Xml.element;

import hansa.cloud.CloudException;
import hansa.cloud.NicOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.RemoteNic;
import hansa.cloud.Token;
import hansa.drivers.libvirt.DomainInfo.Interface;
import hansa.drivers.libvirt.MachineSpec.BridgeNic;
import hansa.drivers.libvirt.MachineSpec.NetworkNic;
import hansa.drivers.libvirt.MachineSpec.Nic;
import hansa.drivers.libvirt.MachineSpec.UserNic;
import hansa.drivers.libvirt.Machines.Machine;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The interfaces of machines: planned with a new machine, or plugged in and out later. */
final class Interfaces {

    private static final Logger LOG = LoggerFactory.getLogger(Interfaces.class);
    private static final Pattern MAC = Pattern.compile("(?i)[0-9a-f][02468ace](:[0-9a-f]{2}){5}");
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(3);

    private final LibvirtSettings settings;
    private final NetworkList networks;
    private final NetworkPlaces places;
    private final Hosts hosts;
    private final Domains domains;
    private final Machines machines;

    Interfaces(
            LibvirtSettings settings,
            NetworkList networks,
            NetworkPlaces places,
            Hosts hosts,
            Domains domains,
            Machines machines) {
        this.settings = settings;
        this.networks = networks;
        this.places = places;
        this.hosts = hosts;
        this.domains = domains;
        this.machines = machines;
    }

    /** The names of the hosts that have all those networks; empty = any host. */
    Optional<Set<String>> hosts(List<NicOrder> orders) {
        Optional<Set<String>> common = Optional.empty();
        for (NicOrder order : orders) {
            Optional<Set<String>> having = networks.where(order.network())
                    .orElseThrow(() -> new CloudException.NotFound("there is no network " + order.network() + " here"))
                    .hosts();
            Optional<Set<String>> before = common;
            common = having.map(names -> names.stream()
                            .filter(name -> before.map(b -> b.contains(name)).orElse(true))
                            .collect(Collectors.toSet()))
                    .or(() -> before);
        }
        return common;
    }

    /** What a machine at that host is plugged in with. */
    Nic plan(NicOrder order, Host host) {
        RemoteNetwork network = networks.read(order.network());
        String mac = order.mac().orElseGet(() -> Digests.mac(order.token().value()));
        if (!MAC.matcher(mac).matches()) {
            throw new CloudException.InvalidRequest("'" + mac + "' is no unicast MAC address like 52:54:00:12:34:56");
        }
        String lower = mac.toLowerCase(Locale.ROOT);
        if (network.id().equals(UserNetwork.ID)) {
            order.address().filter(a -> !a.equals(UserNetwork.GUEST_ADDRESS)).ifPresent(a -> {
                throw new CloudException.InvalidRequest(
                        "the one address on the network user is " + UserNetwork.GUEST_ADDRESS + ", not " + a);
            });
            return new UserNic(order.token(), lower, List.of());
        }
        if (network.id().value().startsWith("bridge:")) {
            return new BridgeNic(order.token(), lower, network.name());
        }
        if (network.token().isPresent()) {
            places.bring(network.id(), host);
        }
        order.address().ifPresent(address -> reserve(network, lower, address, places.at(host.name())));
        return new NetworkNic(order.token(), lower, network.id().value(), network.active());
    }

    private static void reserve(RemoteNetwork network, String mac, String address, NetworkCalls calls) {
        if (!network.dynamicAddresses()) {
            throw new CloudException.InvalidRequest("the network " + network.id() + " gives no addresses; set "
                    + address + " in the guest, or leave it out");
        }
        NetworkList.own(network);
        network.cidr().map(AddressRange::of).ifPresent(range -> range.requireInside(address));
        if (calls.addresses(List.of(network.id().value()))
                .of(network.id().value(), mac)
                .contains(address)) {
            return;
        }
        calls.reserve(network.id().value(), element("host", "mac", mac, "ip", address));
    }

    /** Puts the cables of a network into all machines that are on it, or pulls them out. */
    void plugCables(RemoteId network, boolean up) {
        for (Machine connected : on(network)) {
            machines.hold(
                    connected.id(),
                    () -> machines.find(connected.id()).ifPresent(machine -> {
                        String name = machine.id().value();
                        Xml link = DomainXml.link(up);
                        new DomainInfo(domains.definition(name), machine.info().metadata())
                                .interfacesOn(network.value())
                                .forEach(nic -> domains.update(name, nic.replacing(link), Domains.AFFECT_CONFIG));
                        if (machine.isActive()) {
                            machine.info()
                                    .interfacesOn(network.value())
                                    .forEach(nic -> domains.update(name, nic.replacing(link), Domains.AFFECT_LIVE));
                        }
                    }));
        }
    }

    /** The machines that are on a network. */
    List<Machine> on(RemoteId network) {
        return machines.all().stream()
                .filter(m -> !m.info().interfacesOn(network.value()).isEmpty())
                .toList();
    }

    RemoteNic attach(RemoteId machine, NicOrder order) {
        return machines.holding(machine, () -> {
            Machine into = machines.require(machine).reached();
            if (into.info().isAdopted()) {
                throw new CloudException.Conflict(
                        "the machine " + machine + " was adopted; its interfaces are not changed from here");
            }
            if (nic(into, order.token()).isEmpty()) {
                switch (plan(order, hosts.named(into.host()))) {
                    case UserNic _ ->
                        throw new CloudException.Conflict(
                                "the network user is there from a machine's start or not at all; "
                                        + "order the machine with it, or use another network");
                    case NetworkNic nic -> plug(into, nic);
                    case BridgeNic nic -> plug(into, nic);
                }
            }
            Interface nic = nic(machines.require(machine), order.token())
                    .orElseThrow(() -> new CloudException.Unavailable(
                            "the interface did not show up in " + machine + "; try again"));
            return MachineView.nic(
                    nic, places.at(into.host()).addresses(nic.network().stream().toList()));
        });
    }

    private void plug(Machine machine, Nic nic) {
        domains.attach(machine.id().value(), DomainXml.nic(nic, machine.info().freeNicSlot()), affected(machine));
    }

    private static Optional<Interface> nic(Machine machine, Token token) {
        return machine.info().interfaces().stream()
                .filter(nic -> nic.token().equals(Optional.of(token)))
                .findFirst();
    }

    private static int affected(Machine machine) {
        return switch (machine.state().state()) {
            case RUNNING, PAUSED -> Domains.AFFECT_LIVE | Domains.AFFECT_CONFIG;
            case STOPPED, FAILED -> Domains.AFFECT_CONFIG;
            case BUILDING, SAVED, BUSY ->
                throw new CloudException.Conflict("the machine " + machine.id() + " is "
                        + machine.state().state().name().toLowerCase(Locale.ROOT)
                        + "; its interfaces cannot be changed now");
        };
    }

    void detach(RemoteId machine, RemoteId nic) {
        long end = System.nanoTime() + settings.timeLimit().toNanos();
        long ask = System.nanoTime();
        while (true) {
            Optional<Machine> holder = machines.find(machine);
            Optional<Interface> plugged = holder.flatMap(m -> m.info().interfaces().stream()
                    .filter(i -> i.mac().equals(nic.value()))
                    .findFirst());
            if (holder.isEmpty() || plugged.isEmpty()) {
                return;
            }
            if (System.nanoTime() - ask >= 0) {
                ask = System.nanoTime() + ASK_AGAIN.toNanos();
                unplug(holder.get().reached(), plugged.get());
            }
            if (System.nanoTime() - end >= 0) {
                throw new CloudException.Unavailable("the guest of " + machine + " did not let go of the interface "
                        + nic + " within " + settings.timeLimit().toSeconds() + " s; stop the machine first");
            }
            try {
                Thread.sleep(POLL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CloudException.Unavailable("interrupted while unplugging " + nic, e);
            }
        }
    }

    private void unplug(Machine machine, Interface nic) {
        String name = machine.id().value();
        // The address in hardware is enough for libvirt to know which one is meant.
        Xml source = nic.bridge()
                .map(bridge -> element("source", "bridge", bridge))
                .orElseGet(() -> element("source", "network", nic.network().orElse("")));
        Xml device = element("interface", "type", nic.bridge().isPresent() ? "bridge" : "network")
                .with(element("mac", "address", nic.mac()), source);
        int affected = affected(machine);
        nic.network().ifPresent(network -> forget(network, nic.mac(), places.at(machine.host())));
        for (int where : List.of(Domains.AFFECT_CONFIG, Domains.AFFECT_LIVE)) {
            if ((affected & where) != 0) {
                try {
                    domains.detach(name, device, where);
                } catch (CloudException e) {
                    LOG.debug("{} does not let go of {} yet: {}", name, nic.mac(), e.text());
                }
            }
        }
    }

    /** Reservations go with the interface that they were made for. */
    private void forget(String network, String mac, NetworkCalls calls) {
        calls.find(network)
                .filter(networks::isOurs)
                .ifPresent(seen -> seen.xml().children("ip").stream()
                        .flatMap(ip -> ip.child("dhcp").stream())
                        .flatMap(dhcp -> dhcp.children("host").stream())
                        .filter(host -> host.attribute("mac").equals(mac))
                        .forEach(host ->
                                calls.release(network, element("host", "mac", mac, "ip", host.attribute("ip")))));
    }
}
