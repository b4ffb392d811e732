package hansa.drivers.libvirt;

import hansa.cloud.CloudException;
import hansa.cloud.HostGroup;
import hansa.cloud.RemoteId;
import hansa.cloud.Size;
import hansa.cloud.Token;
import hansa.drivers.libvirt.MachineSpec.PublishedPort;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads a machine of ours back from libvirt's XML.
 *
 * @param domain as libvirt shows it
 * @param metadata what {@link DomainXml} left in it
 */
record DomainInfo(Xml domain, Xml metadata) {

    /** How the image of a machine begins that was not made here; no image of ours has a colon in its name. */
    static final String ADOPTED = "adopted:";

    /** Empty for a domain that no Hansa made. */
    static Optional<DomainInfo> of(Xml domain) {
        return domain.child("metadata")
                .flatMap(m -> m.child("hansa:machine"))
                .filter(m -> m.attribute("xmlns:hansa").equals(DomainXml.METADATA_SPACE))
                .map(m -> new DomainInfo(domain, m));
    }

    Token token() {
        return new Token(metadata.attribute("token"));
    }

    /** Whether somebody else made it, whose its disks are. */
    boolean isAdopted() {
        return metadata.attribute("image").startsWith(ADOPTED);
    }

    /** The folder of the cloud that made it. */
    Path folder() {
        return Path.of(metadata.attribute("folder"));
    }

    RemoteId id() {
        return new RemoteId(domain.childText("name"));
    }

    String name() {
        return metadata.childText("hansa:name");
    }

    Instant created() {
        return Instant.parse(metadata.attribute("created"));
    }

    RemoteId image() {
        return new RemoteId(metadata.attribute("image"));
    }

    Size size() {
        return size(domain, Long.parseLong(metadata.attribute("disk-gib")));
    }

    /** That of any domain, brought within what a {@link Size} can hold. */
    static Size size(Xml domain, long diskGib) {
        Xml memory = domain.child("memory").orElseThrow();
        long amount = Long.parseLong(memory.text().strip());
        // libvirt gives back KiB whatever it was given.
        long mib = switch (memory.attribute("unit")) {
            case "MiB" -> amount;
            case "GiB" -> amount * 1024;
            default -> amount / 1024;
        };
        int cores = Integer.parseInt(domain.childText("vcpu").strip());
        return new Size(Math.clamp(cores, 1, 1024), Math.clamp(mib, 16, 16L * 1024 * 1024), diskGib);
    }

    /** The machines that it shares a host with, or never. */
    Optional<HostGroup> group() {
        return metadata.child("hansa:group")
                .map(group -> new HostGroup(
                        group.attribute("name"), HostGroup.Relation.valueOf(group.attribute("relation"))));
    }

    /** The interface on QEMU's user network, where there is one. */
    Optional<UserInterface> userInterface() {
        return metadata.child("hansa:nic")
                .map(nic -> new UserInterface(
                        new Token(nic.attribute("token")),
                        nic.attribute("mac"),
                        nic.children("hansa:published").stream()
                                .map(p -> new PublishedPort(
                                        Integer.parseInt(p.attribute("guest")),
                                        p.attribute("address"),
                                        Integer.parseInt(p.attribute("port"))))
                                .toList()));
    }

    record UserInterface(Token token, String mac, List<PublishedPort> ports) {}

    /** The interfaces on networks and bridges, as libvirt has them. */
    List<Interface> interfaces() {
        return devices("interface").stream()
                .map(nic -> new Interface(
                        alias(nic, DomainXml.NIC_ALIAS),
                        nic.childAttribute("mac", "address"),
                        nic.attribute("type").equals("bridge") ? Optional.empty() : source(nic, "network"),
                        nic.attribute("type").equals("bridge") ? source(nic, "bridge") : Optional.empty()))
                .toList();
    }

    /** The interfaces on a network, as libvirt wants them back to change them. */
    List<Xml> interfacesOn(String network) {
        return devices("interface").stream()
                .filter(nic -> source(nic, "network").equals(Optional.of(network)))
                .toList();
    }

    /** An interface on a network of libvirt's or else on a bridge. */
    record Interface(Optional<Token> token, String mac, Optional<String> network, Optional<String> bridge) {}

    /** The slot after those of its interfaces, or the lowest free one when that is none any more. */
    int freeNicSlot() {
        Set<Integer> taken = devices("interface").stream()
                .map(nic -> Integer.decode(nic.childAttribute("address", "slot")))
                .collect(Collectors.toCollection(HashSet::new));
        metadata.child("hansa:nic").ifPresent(nic -> taken.add(Integer.decode(nic.attribute("slot"))));
        int after =
                taken.stream().max(Integer::compare).map(highest -> highest + 1).orElse(0);
        return IntStream.concat(
                        IntStream.of(after), IntStream.rangeClosed(DomainXml.FIRST_NIC_SLOT, DomainXml.LAST_NIC_SLOT))
                .filter(slot -> slot >= DomainXml.FIRST_NIC_SLOT && slot <= DomainXml.LAST_NIC_SLOT)
                .filter(slot -> !taken.contains(slot))
                .findFirst()
                .orElseThrow(() ->
                        new CloudException.Conflict("the machine " + id() + " has no room for one more interface"));
    }

    /** The volumes in it. */
    List<Disk> volumes() {
        return devices("disk").stream()
                .flatMap(disk -> alias(disk, DomainXml.VOLUME_ALIAS)
                        .map(token -> new Disk(
                                token, disk.childAttribute("target", "dev"), disk.childAttribute("source", "file")))
                        .stream())
                .toList();
    }

    record Disk(Token volume, String target, String file) {}

    Set<String> targets() {
        return devices("disk").stream()
                .map(disk -> disk.childAttribute("target", "dev"))
                .collect(Collectors.toSet());
    }

    private List<Xml> devices(String kind) {
        return domain.child("devices").map(d -> d.children(kind)).orElse(List.of());
    }

    private static Optional<String> source(Xml nic, String attribute) {
        return Optional.of(nic.childAttribute("source", attribute)).filter(s -> !s.isEmpty());
    }

    private static Optional<Token> alias(Xml device, String prefix) {
        String alias = device.childAttribute("alias", "name");
        return alias.startsWith(prefix) ? Optional.of(new Token(alias.substring(prefix.length()))) : Optional.empty();
    }
}
