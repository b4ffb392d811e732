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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes isolated networks of libvirt's: a bridge that leads nowhere, with DHCP where it is asked for. */
final class LibvirtNetworks implements Networks {

    private final Path folder;
    private final NetworkList networks;
    private final NetworkPlaces places;
    private final Interfaces interfaces;
    private final Machines machines;

    LibvirtNetworks(Path folder, NetworkList networks, NetworkPlaces places, Interfaces interfaces, Machines machines) {
        this.folder = folder;
        this.networks = networks;
        this.places = places;
        this.interfaces = interfaces;
        this.machines = machines;
    }

    private static RemoteId id(Token token) {
        return new RemoteId(DomainXml.PREFIX + token);
    }

    @Override
    public List<RemoteNetwork> list() {
        return networks.list();
    }

    @Override
    public RemoteNetwork read(RemoteId network) {
        return networks.read(network);
    }

    @Override
    public Optional<RemoteNetwork> findByToken(Token token) {
        return networks.find(id(token)).filter(n -> n.token().equals(Optional.of(token)));
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
            if (places.all(networks::isOurs).stream()
                    .noneMatch(there -> there.seen().name().equals(id.value()))) {
                AddressRange range = cidr.map(LibvirtNetworks::requested).orElseGet(this::freeRange);
                Optional<String> router = gateway.map(range::requireInside);
                places.make(id.value(), definition(token, name, range, router, dynamicAddresses));
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

    /** One of 10.200.0.0/24 to 10.255.255.0/24 that no network of libvirt's has. */
    private AddressRange freeRange() {
        Set<String> taken = new HashSet<>();
        places.all(networks::isOurs)
                .forEach(placed -> placed.seen()
                        .xml()
                        .children("ip")
                        .forEach(ip ->
                                NetworkList.range(ip).map(AddressRange::cidr).ifPresent(taken::add)));
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
                                                NetworkList.METADATA_SPACE,
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
    public void delete(RemoteId network) {
        machines.hold(network, () -> {
            Optional<NetworkList.Offered> there = networks.where(network);
            if (there.isEmpty()) {
                return;
            }
            refuseWhileConnected(NetworkList.own(there.get().network()), "deleted");
            places.delete(network.value(), host(there.get()));
            Folders.change(
                    "delete the network " + network, () -> Files.deleteIfExists(networks.downMark(network.value())));
        });
    }

    /** That of a network of ours, which is at one host at most. */
    private static Optional<String> host(NetworkList.Offered ours) {
        return ours.hosts().flatMap(names -> names.stream().findFirst());
    }

    private void refuseWhileConnected(RemoteNetwork network, String what) {
        interfaces.on(network.id()).stream().findFirst().ifPresent(machine -> {
            throw new CloudException.Conflict("the network " + network.id() + " cannot be " + what
                    + " while the machine " + machine.id() + " is connected; unplug it first");
        });
    }

    /**
     * Down means that no machine has a cable into it. The bridge itself stays: libvirt would not put running guests back
     * on it.
     */
    @Override
    public RemoteNetwork setActive(RemoteId network, boolean active) {
        return machines.holding(network, () -> {
            NetworkList.Offered there = networks.where(network)
                    .orElseThrow(() -> new CloudException.NotFound("there is no network " + network + " here"));
            NetworkList.own(there.network());
            Path mark = networks.downMark(network.value());
            if (active) {
                host(there)
                        .map(places::at)
                        .filter(calls -> calls.find(network.value())
                                .filter(seen -> !seen.active())
                                .isPresent())
                        .ifPresent(calls -> calls.start(network.value()));
                Folders.change("take up the network " + network, () -> Files.deleteIfExists(mark));
            } else {
                Folders.change("take down the network " + network, () -> Folders.write(mark, new byte[0]));
            }
            interfaces.plugCables(network, active);
            return read(network);
        });
    }

    @Override
    public RemoteNic attach(RemoteId machine, NicOrder order) {
        return interfaces.attach(machine, order);
    }

    @Override
    public void detach(RemoteId machine, RemoteId nic) {
        interfaces.detach(machine, nic);
    }
}
