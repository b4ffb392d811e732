package hansa.drivers.libvirt;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.Token;
import hansa.drivers.libvirt.LibvirtSettings.Bridge;
import hansa.drivers.libvirt.LibvirtSettings.Named;
import hansa.drivers.libvirt.LibvirtSettings.User;
import hansa.drivers.libvirt.NetworkPlaces.Placed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The networks of this cloud: those that the administrator offers, and those that were made here. */
final class NetworkList {

    private static final Logger LOG = LoggerFactory.getLogger(NetworkList.class);
    static final String METADATA_SPACE = "urn:hansa:libvirt:network:1";

    private final LibvirtSettings settings;
    private final Path folder;
    private final NetworkPlaces places;

    NetworkList(LibvirtSettings settings, Path folder, NetworkPlaces places) {
        this.settings = settings;
        this.folder = folder;
        this.places = places;
    }

    /**
     * A network that machines can be plugged into.
     *
     * @param hosts the names of those that have it; empty = all, or the one that it will be made at
     */
    record Offered(RemoteNetwork network, Optional<Set<String>> hosts) {}

    List<RemoteNetwork> list() {
        return offered().stream().map(Offered::network).toList();
    }

    private List<Offered> offered() {
        List<Placed> known = places.all(this::isOurs);
        List<Offered> networks = new ArrayList<>();
        for (LibvirtSettings.NetworkSource source : settings.networks()) {
            switch (source) {
                case User _ -> networks.add(new Offered(UserNetwork.describe(), Optional.empty()));
                case Bridge(String name) -> networks.add(new Offered(bridge(source.id(), name), Optional.empty()));
                case Named(String name) -> {
                    List<Placed> there = known.stream()
                            .filter(placed -> placed.seen().name().equals(name))
                            .toList();
                    if (there.isEmpty()) {
                        LOG.warn("libvirt has no network {} that 'networks' names", name);
                    } else {
                        networks.add(new Offered(
                                show(there.getFirst().seen()),
                                Optional.of(there.stream()
                                        .flatMap(placed -> placed.host().stream())
                                        .collect(Collectors.toSet()))));
                    }
                }
            }
        }
        known.stream()
                .filter(placed -> isOurs(placed.seen()))
                .map(placed -> new Offered(show(placed.seen()), placed.host().map(Set::of)))
                .forEach(networks::add);
        return networks;
    }

    private static RemoteNetwork bridge(RemoteId id, String name) {
        return new RemoteNetwork(
                id, Optional.empty(), name, Optional.empty(), Optional.empty(), true, Optional.empty(), true);
    }

    /** A file that is there while a network of ours is taken down. */
    Path downMark(String network) {
        return folder.resolve("networks").resolve(network + ".down");
    }

    private static Optional<Xml> metadata(NetworkCalls.Seen seen) {
        return seen.xml()
                .child("metadata")
                .flatMap(m -> m.child("hansa:network"))
                .filter(m -> m.attribute("xmlns:hansa").equals(METADATA_SPACE));
    }

    boolean isOurs(NetworkCalls.Seen seen) {
        return metadata(seen)
                .filter(m -> Path.of(m.attribute("folder")).equals(folder))
                .isPresent();
    }

    private RemoteNetwork show(NetworkCalls.Seen seen) {
        Optional<Xml> ours = metadata(seen).filter(_ -> isOurs(seen));
        Optional<Xml> ip = seen.xml().child("ip");
        Optional<AddressRange> range = ip.flatMap(NetworkList::range);
        return new RemoteNetwork(
                new RemoteId(seen.name()),
                ours.map(m -> new Token(m.attribute("token"))),
                ours.map(m -> m.childText("hansa:name")).orElse(seen.name()),
                ours.map(m -> m.attribute("cidr")).filter(c -> !c.isEmpty()).or(() -> range.map(AddressRange::cidr)),
                ours.map(m -> m.attribute("gateway")).filter(g -> !g.isEmpty()),
                ip.flatMap(i -> i.child("dhcp")).isPresent(),
                Optional.empty(),
                seen.active() && !Files.exists(downMark(seen.name())));
    }

    static Optional<AddressRange> range(Xml ip) {
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

    /** @throws CloudException.NotFound where there is none */
    RemoteNetwork read(RemoteId network) {
        return find(network).orElseThrow(() -> new CloudException.NotFound("there is no network " + network + " here"));
    }

    Optional<RemoteNetwork> find(RemoteId network) {
        return where(network).map(Offered::network);
    }

    /** The same with where it is. */
    Optional<Offered> where(RemoteId network) {
        return offered().stream()
                .filter(offered -> offered.network().id().equals(network))
                .findFirst();
    }

    /** @throws CloudException.InvalidRequest for one of the administrator's */
    static RemoteNetwork own(RemoteNetwork network) {
        if (network.token().isEmpty()) {
            throw new CloudException.InvalidRequest(
                    "the network " + network.id() + " is the administrator's and cannot be changed from here");
        }
        return network;
    }
}
