package hansa.drivers.libvirt;

import static hansa.drivers.libvirt.Xml.element;
import static hansa.drivers.libvirt.Xml.text;

import hansa.cloud.CloudException;
import hansa.cloud.Networks;
import hansa.cloud.NicOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.RemoteNic;
import hansa.cloud.Token;
import hansa.drivers.libvirt.DomainInfo.Interface;
import hansa.drivers.libvirt.LibvirtSettings.Bridge;
import hansa.drivers.libvirt.LibvirtSettings.Named;
import hansa.drivers.libvirt.LibvirtSettings.User;
import hansa.drivers.libvirt.MachineSpec.BridgeNic;
import hansa.drivers.libvirt.MachineSpec.NetworkNic;
import hansa.drivers.libvirt.MachineSpec.Nic;
import hansa.drivers.libvirt.MachineSpec.UserNic;
import hansa.drivers.libvirt.Machines.Machine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The networks that the administrator offers, and isolated ones of libvirt's that are made here: a bridge that leads
 * nowhere, with DHCP where it is asked for.
 */
final class LibvirtNetworks implements Networks {

    private static final Logger LOG = LoggerFactory.getLogger(LibvirtNetworks.class);
    private static final String METADATA_SPACE = "urn:hansa:libvirt:network:1";
    private static final Pattern MAC = Pattern.compile("(?i)[0-9a-f][02468ace](:[0-9a-f]{2}){5}");
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(3);

    private final LibvirtSettings settings;
    private final Path folder;
    private final NetworkCalls calls;
    private final Domains domains;
    private final Machines machines;

    LibvirtNetworks(LibvirtSettings settings, Path folder, NetworkCalls calls, Domains domains, Machines machines) {
        this.settings = settings;
        this.folder = folder;
        this.calls = calls;
        this.domains = domains;
        this.machines = machines;
    }

    private static RemoteId id(Token token) {
        return new RemoteId(DomainXml.PREFIX + token);
    }

    @Override
    public List<RemoteNetwork> list() {
        List<NetworkCalls.Seen> known = calls.list();
        List<RemoteNetwork> networks = new ArrayList<>();
        for (LibvirtSettings.NetworkSource source : settings.networks()) {
            switch (source) {
                case User _ -> networks.add(UserNetwork.describe());
                case Bridge(String name) -> networks.add(bridge(source.id(), name));
                case Named(String name) ->
                    known.stream()
                            .filter(seen -> seen.name().equals(name))
                            .findFirst()
                            .map(this::show)
                            .ifPresentOrElse(
                                    networks::add,
                                    () -> LOG.warn("libvirt has no network {} that 'networks' names", name));
            }
        }
        known.stream().filter(this::isOurs).map(this::show).forEach(networks::add);
        return networks;
    }

    private static RemoteNetwork bridge(RemoteId id, String name) {
        return new RemoteNetwork(
                id, Optional.empty(), name, Optional.empty(), Optional.empty(), true, Optional.empty(), true);
    }

    private static Optional<Xml> metadata(NetworkCalls.Seen seen) {
        return seen.xml()
                .child("metadata")
                .flatMap(m -> m.child("hansa:network"))
                .filter(m -> m.attribute("xmlns:hansa").equals(METADATA_SPACE));
    }

    private boolean isOurs(NetworkCalls.Seen seen) {
        return metadata(seen)
                .filter(m -> Path.of(m.attribute("folder")).equals(folder))
                .isPresent();
    }

    private RemoteNetwork show(NetworkCalls.Seen seen) {
        Optional<Xml> ours = metadata(seen).filter(_ -> isOurs(seen));
        Optional<Xml> ip = seen.xml().child("ip");
        Optional<AddressRange> range = ip.flatMap(LibvirtNetworks::range);
        return new RemoteNetwork(
                new RemoteId(seen.name()),
                ours.map(m -> new Token(m.attribute("token"))),
                ours.map(m -> m.childText("hansa:name")).orElse(seen.name()),
                ours.map(m -> m.attribute("cidr")).filter(c -> !c.isEmpty()).or(() -> range.map(AddressRange::cidr)),
                ours.map(m -> m.attribute("gateway")).filter(g -> !g.isEmpty()),
                ip.flatMap(i -> i.child("dhcp")).isPresent(),
                Optional.empty(),
                seen.active());
    }

    private static Optional<AddressRange> range(Xml ip) {
        String prefix = ip.attribute("prefix");
        String address = ip.attribute("address");
        if (address.contains(":")) {
            return Optional.empty();
        }
        return Optional.of(
                prefix.isEmpty()
                        ? AddressRange.ofMask(address, ip.attribute("netmask"))
                        : AddressRange.of(address + "/" + prefix));
    }

    @Override
    public RemoteNetwork create(
            Token token,
            String name,
            Optional<String> cidr,
            Optional<String> gateway,
            boolean dynamicAddresses,
            Optional<Integer> vlan) {
        if (vlan.filter(v -> v != 0).isPresent()) {
            throw new CloudException.InvalidRequest(
                    "libvirt's own bridges carry no VLAN tags; leave the VLAN out, the network is isolated anyway");
        }
        RemoteId id = id(token);
        return machines.holding(id, () -> {
            Optional<NetworkCalls.Seen> there = calls.find(id.value());
            if (there.isEmpty()) {
                AddressRange range = cidr.map(LibvirtNetworks::requested).orElseGet(this::freeRange);
                Optional<String> router = gateway.map(g -> inside(range, g));
                calls.define(id.value(), definition(token, name, range, router, dynamicAddresses));
                calls.start(id.value());
            }
            return read(id);
        });
    }

    private static AddressRange requested(String cidr) {
        try {
            return AddressRange.of(cidr);
        } catch (IllegalArgumentException e) {
            throw new CloudException.InvalidRequest(String.valueOf(e.getMessage()));
        }
    }

    private static String inside(AddressRange range, String address) {
        if (!range.contains(address)) {
            throw new CloudException.InvalidRequest("the address " + address + " is not in " + range.cidr());
        }
        return address;
    }

    /** One of 10.200.0.0/24 to 10.255.255.0/24 that no network of libvirt's has. */
    private AddressRange freeRange() {
        Set<String> taken = new HashSet<>();
        calls.list()
                .forEach(seen -> seen.xml()
                        .children("ip")
                        .forEach(ip -> range(ip).map(AddressRange::cidr).ifPresent(taken::add)));
        for (int second = 200; second < 256; second++) {
            for (int third = 0; third < 256; third++) {
                String cidr = "10." + second + "." + third + ".0/24";
                if (!taken.contains(cidr)) {
                    return AddressRange.of(cidr);
                }
            }
        }
        throw new CloudException.NoCapacity("all address ranges from 10.200.0.0/24 to 10.255.255.0/24 are in use");
    }

    private Xml definition(
            Token token, String name, AddressRange range, Optional<String> gateway, boolean dynamicAddresses) {
        String bridgeAddress = gateway.orElseGet(range::first);
        Xml ip = element("ip", "address", bridgeAddress, "prefix", Integer.toString(range.bits()));
        Xml addressed = dynamicAddresses
                ? ip.with(element("dhcp")
                        .with(element("range", "start", range.firstAfter(bridgeAddress), "end", range.last())))
                : ip;
        return element("network")
                .with(
                        text("name", id(token).value()),
                        element("metadata")
                                .with(element(
                                                "hansa:network",
                                                "xmlns:hansa",
                                                METADATA_SPACE,
                                                "token",
                                                token.value(),
                                                "folder",
                                                folder.toString(),
                                                "cidr",
                                                range.cidr(),
                                                "gateway",
                                                gateway.orElse(""))
                                        .with(text("hansa:name", name))),
                        element(
                                "bridge",
                                "name",
                                "hn" + Digests.sha256Hex(token.value()).substring(0, 10),
                                "stp",
                                "off",
                                "delay",
                                "0"),
                        element("dns", "enable", "no"),
                        addressed);
    }

    @Override
    public Optional<RemoteNetwork> findByToken(Token token) {
        return find(id(token)).filter(n -> n.token().equals(Optional.of(token)));
    }

    @Override
    public RemoteNetwork read(RemoteId network) {
        return find(network).orElseThrow(() -> notFound(network));
    }

    private Optional<RemoteNetwork> find(RemoteId network) {
        return list().stream().filter(n -> n.id().equals(network)).findFirst();
    }

    private static CloudException.NotFound notFound(RemoteId network) {
        return new CloudException.NotFound("there is no network " + network + " here");
    }

    private static RemoteNetwork own(RemoteNetwork network) {
        if (network.token().isEmpty()) {
            throw new CloudException.InvalidRequest(
                    "the network " + network.id() + " is the administrator's and cannot be changed from here");
        }
        return network;
    }

    @Override
    public void delete(RemoteId network) {
        machines.hold(network, () -> {
            Optional<RemoteNetwork> there = find(network);
            if (there.isEmpty()) {
                return;
            }
            refuseWhileConnected(own(there.get()), "deleted");
            if (there.get().active()) {
                calls.stop(network.value());
            }
            calls.undefine(network.value());
        });
    }

    private void refuseWhileConnected(RemoteNetwork network, String what) {
        connected(network.id()).stream().findFirst().ifPresent(machine -> {
            throw new CloudException.Conflict("the network " + network.id() + " cannot be " + what
                    + " while the machine " + machine.id() + " is connected; unplug it first");
        });
    }

    private List<Machine> connected(RemoteId network) {
        return machines.all().stream()
                .filter(m -> m.info().interfaces().stream()
                        .anyMatch(nic -> nic.network().equals(Optional.of(network.value()))))
                .toList();
    }

    @Override
    public RemoteNetwork setActive(RemoteId network, boolean active) {
        return machines.holding(network, () -> {
            RemoteNetwork there = own(read(network));
            if (there.active() != active) {
                if (active) {
                    calls.start(network.value());
                } else {
                    // libvirt would leave running guests with cables that nothing plugs in again.
                    connected(network).stream()
                            .filter(Machine::isActive)
                            .findFirst()
                            .ifPresent(machine -> {
                                throw new CloudException.Conflict(
                                        "the network " + network + " cannot be taken down while " + machine.id()
                                                + " runs on it; stop or unplug that first");
                            });
                    calls.stop(network.value());
                }
            }
            return read(network);
        });
    }

    /** What a machine is plugged in with. */
    Nic plan(NicOrder order) {
        RemoteNetwork network = read(order.network());
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
        order.address().ifPresent(address -> reserve(network, lower, address));
        return new NetworkNic(order.token(), lower, network.id().value());
    }

    private void reserve(RemoteNetwork network, String mac, String address) {
        if (!network.dynamicAddresses()) {
            throw new CloudException.InvalidRequest("the network " + network.id() + " gives no addresses; set "
                    + address + " in the guest, or leave it out");
        }
        own(network);
        network.cidr().map(AddressRange::of).ifPresent(range -> inside(range, address));
        if (calls.addresses(List.of(network.id().value()))
                .of(network.id().value(), mac)
                .contains(address)) {
            return;
        }
        calls.reserve(network.id().value(), element("host", "mac", mac, "ip", address));
    }

    @Override
    public RemoteNic attach(RemoteId machine, NicOrder order) {
        return machines.holding(machine, () -> {
            Machine into = machines.require(machine);
            if (nic(into, order.token()).isEmpty()) {
                switch (plan(order)) {
                    case UserNic _ ->
                        throw new CloudException.Conflict(
                                "the network user is there from a machine's start or not at all; "
                                        + "order the machine with it, or use another network");
                    case NetworkNic nic -> domains.attach(machine.value(), DomainXml.nic(nic), affected(into));
                    case BridgeNic nic -> domains.attach(machine.value(), DomainXml.nic(nic), affected(into));
                }
            }
            Interface nic = nic(machines.require(machine), order.token())
                    .orElseThrow(() -> new CloudException.Unavailable(
                            "the interface did not show up in " + machine + "; try again"));
            return MachineView.nic(nic, calls.addresses(nic.network().stream().toList()));
        });
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

    @Override
    public void detach(RemoteId machine, RemoteId nic) {
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
                unplug(holder.get(), plugged.get());
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
        Token token = nic.token().orElseGet(() -> new Token("none"));
        Xml device = DomainXml.nic(
                nic.bridge().isPresent()
                        ? new BridgeNic(token, nic.mac(), nic.bridge().get())
                        : new NetworkNic(token, nic.mac(), nic.network().orElse("")));
        int affected = affected(machine);
        nic.network().ifPresent(network -> forget(network, nic.mac()));
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
    private void forget(String network, String mac) {
        calls.find(network)
                .filter(this::isOurs)
                .ifPresent(seen -> seen.xml().children("ip").stream()
                        .flatMap(ip -> ip.child("dhcp").stream())
                        .flatMap(dhcp -> dhcp.children("host").stream())
                        .filter(host -> host.attribute("mac").equals(mac))
                        .forEach(host ->
                                calls.release(network, element("host", "mac", mac, "ip", host.attribute("ip")))));
    }
}
