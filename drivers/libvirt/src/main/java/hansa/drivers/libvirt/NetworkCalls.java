package hansa.drivers.libvirt;

import static hansa.drivers.libvirt.Connection.checked;
import static hansa.drivers.libvirt.Connection.checkedPointer;
import static hansa.drivers.libvirt.Pointers.array;
import static java.lang.foreign.ValueLayout.ADDRESS;

import hansa.cloud.CloudException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The networks of a host's libvirt by name. Every method is one call of the connection. */
final class NetworkCalls {

    private static final Logger LOG = LoggerFactory.getLogger(NetworkCalls.class);

    private static final int ADD_LAST = 3;
    private static final int DELETE = 2;
    private static final int SECTION_DHCP_HOST = 4;
    private static final int LIVE_AND_CONFIG = 3;
    private static final long LEASE_BYTES = 72;
    private static final long LEASE_MAC = 24;
    private static final long LEASE_ADDRESS = 40;

    private final Host host;

    NetworkCalls(Host host) {
        this.host = host;
    }

    /** A network at one instant. */
    record Seen(String name, boolean active, Xml xml) {}

    /** Which addresses the networks know for which hardware address: leases and reservations. */
    record Addresses(Map<String, Map<String, Set<String>>> byNetwork) {

        static final Addresses NONE = new Addresses(Map.of());

        List<String> of(String network, String mac) {
            return List.copyOf(byNetwork.getOrDefault(network, Map.of()).getOrDefault(mac, Set.of()));
        }
    }

    private interface OnNetwork<T> {
        T run(Libvirt libvirt, MemorySegment network, Arena arena);
    }

    private <T> T on(String name, String doing, OnNetwork<T> work) {
        return host.connection().call(doing + " " + name, (libvirt, open, arena) -> {
            MemorySegment network = checkedPointer(
                    libvirt, doing + " " + name, libvirt.virNetworkLookupByName, open, arena.allocateFrom(name));
            try {
                return work.run(libvirt, network, arena);
            } finally {
                libvirt.virNetworkFree.number(network);
            }
        });
    }

    Optional<Seen> find(String name) {
        try {
            return Optional.of(on(name, "look at the network", (libvirt, network, _) -> see(libvirt, network)));
        } catch (CloudException.NotFound e) {
            return Optional.empty();
        }
    }

    List<Seen> list() {
        return host.connection().call("list networks", (libvirt, open, arena) -> {
            MemorySegment out = arena.allocate(ADDRESS);
            int count = checked(libvirt, "list networks", libvirt.virConnectListAllNetworks, open, out, 0);
            MemorySegment networks = out.get(ADDRESS, 0);
            List<Seen> seen = new ArrayList<>(count);
            for (MemorySegment network : array(networks, count)) {
                try {
                    seen.add(see(libvirt, network));
                } catch (CloudException.NotFound e) {
                    LOG.trace("gone between the list and the look: {}", e.text());
                } finally {
                    libvirt.virNetworkFree.number(network);
                }
            }
            libvirt.release(networks);
            return seen;
        });
    }

    private static Seen see(Libvirt libvirt, MemorySegment network) {
        String doing = "look at a network";
        boolean active = checked(libvirt, doing, libvirt.virNetworkIsActive, network) == 1;
        String xml = libvirt.takeText(checkedPointer(libvirt, doing, libvirt.virNetworkGetXMLDesc, network, 0))
                .orElse("");
        Xml parsed = Xml.parse(xml);
        return new Seen(parsed.childText("name"), active, parsed);
    }

    /** Defines it and starts it, now and whenever its host starts. */
    void make(String name, Xml xml) {
        define(name, xml);
        start(name);
    }

    void define(String name, Xml xml) {
        String doing = "define the network " + name;
        host.connection()
                .call(
                        doing,
                        (libvirt, open, arena) -> libvirt.virNetworkFree.number(checkedPointer(
                                libvirt, doing, libvirt.virNetworkDefineXML, open, arena.allocateFrom(xml.render()))));
    }

    void start(String name) {
        on(name, "start the network", (libvirt, network, _) -> {
            checked(libvirt, "mark the network for start-up " + name, libvirt.virNetworkSetAutostart, network, 1);
            return checked(libvirt, "start the network " + name, libvirt.virNetworkCreate, network);
        });
    }

    void stop(String name) {
        on(name, "stop the network", (libvirt, network, _) -> {
            checked(libvirt, "unmark the network " + name, libvirt.virNetworkSetAutostart, network, 0);
            return checked(libvirt, "stop the network " + name, libvirt.virNetworkDestroy, network);
        });
    }

    void undefine(String name) {
        on(
                name,
                "delete the network",
                (libvirt, network, _) ->
                        checked(libvirt, "delete the network " + name, libvirt.virNetworkUndefine, network));
    }

    /** Reserves an address for an interface, also for the running network. */
    void reserve(String name, Xml entry) {
        update(name, "reserve an address in", ADD_LAST, entry);
    }

    void release(String name, Xml entry) {
        update(name, "release an address in", DELETE, entry);
    }

    private void update(String name, String doing, int command, Xml entry) {
        on(
                name,
                doing,
                (libvirt, network, arena) -> checked(
                        libvirt,
                        doing + " " + name,
                        libvirt.virNetworkUpdate,
                        network,
                        command,
                        SECTION_DHCP_HOST,
                        -1,
                        arena.allocateFrom(entry.render()),
                        LIVE_AND_CONFIG));
    }

    /** One that is gone meanwhile has none. */
    Addresses addresses(List<String> networks) {
        Map<String, Map<String, Set<String>>> all = new HashMap<>();
        for (String network : networks) {
            try {
                all.put(network, addresses(network));
            } catch (CloudException.NotFound | CloudException.Conflict e) {
                all.put(network, Map.of());
            }
        }
        return new Addresses(all);
    }

    private Map<String, Set<String>> addresses(String name) {
        String doing = "read the leases of " + name;
        return on(name, "read the leases of", (libvirt, network, arena) -> {
            Map<String, Set<String>> found = new HashMap<>();
            for (Xml ip : see(libvirt, network).xml().children("ip")) {
                ip.child("dhcp")
                        .map(d -> d.children("host"))
                        .orElse(List.of())
                        .forEach(entry -> found.computeIfAbsent(entry.attribute("mac"), _ -> new LinkedHashSet<>())
                                .add(entry.attribute("ip")));
            }
            if (checked(libvirt, doing, libvirt.virNetworkIsActive, network) == 0) {
                return found;
            }
            MemorySegment out = arena.allocate(ADDRESS);
            int count = checked(libvirt, doing, libvirt.virNetworkGetDHCPLeases, network, MemorySegment.NULL, out, 0);
            MemorySegment leases = out.get(ADDRESS, 0);
            for (MemorySegment pointer : array(leases, count)) {
                MemorySegment lease = Pointers.sized(pointer, LEASE_BYTES);
                Optional<String> mac = libvirt.text(lease.get(ADDRESS, LEASE_MAC));
                Optional<String> address = libvirt.text(lease.get(ADDRESS, LEASE_ADDRESS));
                if (mac.isPresent() && address.isPresent()) {
                    found.computeIfAbsent(mac.get(), _ -> new LinkedHashSet<>()).add(address.get());
                }
                libvirt.virNetworkDHCPLeaseFree.run(pointer);
            }
            if (leases.address() != 0) {
                libvirt.release(leases);
            }
            return found;
        });
    }
}
