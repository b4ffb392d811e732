package hansa.drivers.libvirt;

import static hansa.drivers.libvirt.Xml.element;
import static hansa.drivers.libvirt.Xml.text;

import hansa.cloud.CloudException;
import hansa.cloud.Token;
import hansa.drivers.libvirt.MachineSpec.BridgeNic;
import hansa.drivers.libvirt.MachineSpec.NetworkNic;
import hansa.drivers.libvirt.MachineSpec.Nic;
import hansa.drivers.libvirt.MachineSpec.PublishedPort;
import hansa.drivers.libvirt.MachineSpec.UserNic;
import hansa.drivers.libvirt.MachineSpec.VolumeDisk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes libvirt's XML (libvirt.org/formatdomain.html) for machines and their devices. */
final class DomainXml {

    static final String METADATA_SPACE = "urn:hansa:libvirt:machine:1";
    static final String METADATA_KEY = "hansa";
    static final String PREFIX = "hansa-";
    static final String NIC_ALIAS = "ua-nic-";
    static final String VOLUME_ALIAS = "ua-volume-";

    /**
     * Interfaces have PCI slots of their own, so that the guest sees them in the order in which they were ordered, those
     * that libvirt makes as well as the one that it does not know of. libvirt gives its other devices slots from below.
     */
    static final int FIRST_NIC_SLOT = 0x10;

    static final int LAST_NIC_SLOT = 0x1e;

    private DomainXml() {}

    static String domainName(Token token) {
        return PREFIX + token;
    }

    static Xml domain(MachineSpec spec) {
        List<Xml> devices = new ArrayList<>();
        devices.add(root(spec));
        for (int i = 0; i < spec.isos().size(); i++) {
            devices.add(iso(spec.isos().get(i), i));
        }
        Set<String> taken = new HashSet<>(Set.of("vda"));
        spec.volumes().forEach(v -> v.device().ifPresent(taken::add));
        for (VolumeDisk volume : spec.volumes()) {
            String target = volume.device().orElseGet(() -> freeTarget(taken));
            taken.add(target);
            devices.add(volume(volume.volume(), volume.file(), target));
        }
        devices.add(element("controller", "type", "usb", "model", "none"));
        List<Xml> arguments = new ArrayList<>();
        int slot = FIRST_NIC_SLOT;
        for (Nic nic : spec.nics()) {
            switch (nic) {
                case UserNic user -> arguments.addAll(userNetwork(user, slot));
                case NetworkNic _, BridgeNic _ -> devices.add(nic(nic, slot));
            }
            slot++;
        }
        devices.add(element("serial", "type", "file")
                .with(
                        element("source", "path", spec.console().toString(), "append", "on"),
                        element("target", "port", "0")));
        devices.add(element("memballoon", "model", "none"));
        devices.add(element("rng", "model", "virtio")
                .with(text("backend", "/dev/urandom").withAttribute("model", "random")));
        Xml domain = element(
                        "domain",
                        "type",
                        spec.kvm() ? "kvm" : "qemu",
                        "xmlns:qemu",
                        "http://libvirt.org/schemas/domain/qemu/1.0")
                .with(
                        text("name", domainName(spec.token())),
                        text("title", spec.name().replaceAll("\\v", " ")),
                        element("metadata").with(metadata(spec)),
                        text("memory", Long.toString(spec.size().memoryMib())).withAttribute("unit", "MiB"),
                        text("vcpu", Integer.toString(spec.size().cores())),
                        element("os")
                                .with(
                                        text("type", "hvm")
                                                .withAttribute("arch", "x86_64")
                                                .withAttribute("machine", "pc"),
                                        element("boot", "dev", "hd")),
                        element("features").with(element("acpi"), element("apic")),
                        element("cpu", "mode", spec.kvm() ? "host-passthrough" : "maximum"),
                        element("clock", "offset", "utc"),
                        text("on_poweroff", "destroy"),
                        text("on_reboot", "restart"),
                        text("on_crash", "destroy"),
                        element("devices").with(devices));
        return arguments.isEmpty()
                ? domain
                : domain.with(element("qemu:commandline").with(arguments));
    }

    private static Xml metadata(MachineSpec spec) {
        List<Xml> nics = new ArrayList<>();
        for (int i = 0; i < spec.nics().size(); i++) {
            if (spec.nics().get(i) instanceof UserNic user) {
                nics.add(element(
                                "hansa:nic",
                                "token",
                                user.token().value(),
                                "mac",
                                user.mac(),
                                "slot",
                                hex(FIRST_NIC_SLOT + i))
                        .with(user.ports().stream()
                                .map(p -> element(
                                        "hansa:published",
                                        "guest",
                                        Integer.toString(p.guestPort()),
                                        "address",
                                        p.address(),
                                        "port",
                                        Integer.toString(p.port())))
                                .toList()));
            }
        }
        return element(
                        "hansa:machine",
                        "xmlns:hansa",
                        METADATA_SPACE,
                        "token",
                        spec.token().value(),
                        "folder",
                        spec.folder().toString(),
                        "created",
                        spec.created().toString(),
                        "image",
                        spec.image().value(),
                        "disk-gib",
                        Long.toString(spec.size().diskGib()))
                .with(text("hansa:name", spec.name()))
                .with(nics)
                .with(spec.group().stream()
                        .map(group -> element(
                                "hansa:group",
                                "name",
                                group.name(),
                                "relation",
                                group.relation().name()))
                        .toList());
    }

    private static Xml root(MachineSpec spec) {
        return element("disk", "type", "file", "device", "disk")
                .with(
                        element("driver", "name", "qemu", "type", "qcow2", "discard", "unmap"),
                        element("source", "file", spec.root().toString()),
                        // Named to its end, so that libvirt and QEMU never look into a guest's bytes for a format.
                        element("backingStore", "type", "file")
                                .with(
                                        element("format", "type", spec.baseFormat()),
                                        element("source", "file", spec.base().toString()),
                                        element("backingStore")),
                        element("target", "dev", "vda", "bus", "virtio"));
    }

    private static Xml iso(Path file, int index) {
        return element("disk", "type", "file", "device", "cdrom")
                .with(
                        element("driver", "name", "qemu", "type", "raw"),
                        element("source", "file", file.toString()),
                        element("target", "dev", index == 0 ? "hda" : "hdb", "bus", "ide"),
                        element("readonly"));
    }

    /** @param target the device's name in libvirt, {@code vdb} … */
    static Xml volume(Token volume, Path file, String target) {
        return element("disk", "type", "file", "device", "disk")
                .with(
                        element("driver", "name", "qemu", "type", "qcow2", "discard", "unmap"),
                        element("source", "file", file.toString()),
                        element("backingStore"),
                        element("target", "dev", target, "bus", "virtio"),
                        text("serial", serial(volume)),
                        element("alias", "name", VOLUME_ALIAS + volume));
    }

    /** What the guest reads as the disk's serial number: virtio has room for 20 bytes of the token. */
    static String serial(Token volume) {
        return volume.value().length() <= 20
                ? volume.value()
                : Digests.sha256Hex(volume.value()).substring(0, 20);
    }

    /** The first free one of {@code vdb} to {@code vdl}; more would run into the slots of the interfaces. */
    static String freeTarget(Set<String> taken) {
        for (char letter = 'b'; letter <= 'l'; letter++) {
            if (!taken.contains("vd" + letter)) {
                return "vd" + letter;
            }
        }
        throw new CloudException.Conflict("a machine holds at most 11 volumes; detach one first");
    }

    /** @param slot on the PCI bus */
    static Xml nic(Nic nic, int slot) {
        Xml source = switch (nic) {
            case NetworkNic(Token _, String _, String network, boolean _) -> element("source", "network", network);
            case BridgeNic(Token _, String _, String bridge) -> element("source", "bridge", bridge);
            case UserNic _ -> throw new IllegalArgumentException("libvirt cannot plug in QEMU's user network");
        };
        boolean down = nic instanceof NetworkNic onNetwork && !onNetwork.up();
        return element("interface", "type", nic instanceof NetworkNic ? "network" : "bridge")
                .with(
                        element("mac", "address", nic.mac()),
                        source,
                        element("model", "type", "virtio"),
                        element("rom", "enabled", "no"),
                        element("alias", "name", NIC_ALIAS + nic.token()),
                        element(
                                "address",
                                "type",
                                "pci",
                                "domain",
                                "0x0000",
                                "bus",
                                "0x00",
                                "slot",
                                hex(slot),
                                "function",
                                "0x0"))
                .with(down ? List.of(link(false)) : List.of());
    }

    /**
     * QEMU's user network by QEMU's own arguments: libvirt has no word for {@code restrict=on}, which is what keeps the
     * guest from the host, from link-local metadata services and from everything outside.
     */
    private static List<Xml> userNetwork(UserNic nic, int slot) {
        String forwards = nic.ports().stream()
                .map(port -> ",hostfwd=" + hostForward(port))
                .collect(Collectors.joining());
        return List.of(
                argument("-netdev"),
                argument("user,id=hansa,restrict=on,ipv6=off,net=" + UserNetwork.CIDR + forwards),
                argument("-device"),
                argument("virtio-net-pci,netdev=hansa,id=hansa-nic,mac=" + nic.mac() + ",romfile=,bus=pci.0,addr="
                        + hex(slot)));
    }

    static Xml link(boolean up) {
        return element("link", "state", up ? "up" : "down");
    }

    private static String hex(int slot) {
        return "0x" + Integer.toHexString(slot);
    }

    static String hostForward(PublishedPort port) {
        return "tcp:" + port.address() + ":" + port.port() + "-:" + port.guestPort();
    }

    private static Xml argument(String value) {
        return element("qemu:arg", "value", value);
    }
}
