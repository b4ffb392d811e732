package hansa.drivers.libvirt;

import hansa.cloud.CloudException;
import hansa.drivers.libvirt.MachineSpec.PublishedPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Chooses the host's ports on which guests on the user network are reached. */
final class PublishedPorts {

    private final LibvirtSettings settings;

    PublishedPorts(LibvirtSettings settings) {
        this.settings = settings;
    }

    /**
     * One for each published port of the guest, none of which a machine has that libvirt knows.
     *
     * @param address of the host
     */
    List<PublishedPort> choose(String address, List<DomainInfo> known) {
        Set<Integer> taken = new HashSet<>();
        known.forEach(domain ->
                domain.userInterface().ifPresent(nic -> nic.ports().forEach(port -> taken.add(port.port()))));
        List<PublishedPort> chosen = new ArrayList<>();
        for (int guestPort : settings.publishedPorts()) {
            int port = free(taken);
            taken.add(port);
            chosen.add(new PublishedPort(guestPort, address, port));
        }
        return chosen;
    }

    /** Starts somewhere in the range, so that another program's ports are seldom hit twice. */
    private int free(Set<Integer> taken) {
        int count = settings.lastPort() - settings.firstPort() + 1;
        int start = ThreadLocalRandom.current().nextInt(count);
        for (int i = 0; i < count; i++) {
            int port = settings.firstPort() + (start + i) % count;
            if (!taken.contains(port)) {
                return port;
            }
        }
        throw new CloudException.NoCapacity(
                "all ports of forward-ports, " + settings.firstPort() + "-" + settings.lastPort() + ", are given out");
    }

    /** The same definition with other ports. */
    Xml moved(Xml definition, String address, List<DomainInfo> known) {
        List<PublishedPort> old = DomainInfo.of(definition)
                .flatMap(DomainInfo::userInterface)
                .map(DomainInfo.UserInterface::ports)
                .orElse(List.of());
        Map<Integer, PublishedPort> byGuestPort = new HashMap<>();
        choose(address, known).forEach(port -> byGuestPort.put(port.guestPort(), port));
        Map<PublishedPort, PublishedPort> moves = new HashMap<>();
        for (PublishedPort port : old) {
            PublishedPort replacement = byGuestPort.get(port.guestPort());
            if (replacement != null) {
                moves.put(port, replacement);
            }
        }
        return definition.map(element -> switch (element.name()) {
            case "qemu:arg" -> {
                String value = element.attribute("value");
                for (var move : moves.entrySet()) {
                    value = value.replace(DomainXml.hostForward(move.getKey()), DomainXml.hostForward(move.getValue()));
                }
                yield element.withAttribute("value", value);
            }
            case "hansa:published" ->
                moves.entrySet().stream()
                        .filter(m -> Integer.toString(m.getKey().guestPort()).equals(element.attribute("guest")))
                        .findFirst()
                        .map(m -> element.withAttribute("address", m.getValue().address())
                                .withAttribute(
                                        "port", Integer.toString(m.getValue().port())))
                        .orElse(element);
            default -> element;
        });
    }
}
