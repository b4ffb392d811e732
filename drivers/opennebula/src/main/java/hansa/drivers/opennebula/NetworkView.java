package hansa.drivers.opennebula;

import hansa.cloud.RemoteNetwork;
import hansa.protocols.opennebula.Element;
import hansa.protocols.opennebula.VirtualNetwork;
import java.util.Optional;
import java.util.Set;

/** A network of OpenNebula in the words of the port. */
final class NetworkView {

    /** The attribute of a network that has been taken down. */
    static final String DOWN = "HANSA_DOWN";

    /** The attribute that says whether guests are to ask for their addresses. */
    static final String DYNAMIC = "HANSA_DYNAMIC";

    /** OpenNebula's attribute for what interfaces of a network let through. */
    static final String GROUPS = "SECURITY_GROUPS";

    private NetworkView() {}

    /** Whether nothing but one group says what its interfaces let through. */
    static boolean hasOneGroup(VirtualNetwork network) {
        return network.template()
                .text(GROUPS)
                .filter(groups -> groups.matches("[1-9]\\d*"))
                .isPresent();
    }

    static boolean isActive(VirtualNetwork network) {
        return !network.template().flag(DOWN);
    }

    /** @param publicOnes numbers and names of networks whose addresses the outside reaches */
    static RemoteNetwork of(VirtualNetwork network, Set<String> publicOnes) {
        Element template = network.template();
        Optional<Integer> vlan =
                network.vlan().isPresent() ? Optional.of(network.vlan().getAsInt()) : Optional.empty();
        return new RemoteNetwork(
                MachineView.id(network.id()),
                Marks.Kind.NETWORK.token(network.name()),
                Marks.nameOf(template, network.name()),
                cidr(network),
                template.text("GATEWAY"),
                template.text(DYNAMIC).isEmpty() || template.flag(DYNAMIC),
                vlan.filter(tag -> tag >= 0 && tag <= 4095),
                isActive(network),
                publicOnes.contains(network.name()) || publicOnes.contains(Integer.toString(network.id())));
    }

    /** The network's address and mask, where it says them; an address range alone does not tell the mask. */
    private static Optional<String> cidr(VirtualNetwork network) {
        Optional<String> mask = network.template().text("NETWORK_MASK");
        Optional<String> address = network.template().text("NETWORK_ADDRESS").or(() -> firstAddress(network));
        if (mask.isEmpty() || address.isEmpty()) {
            return Optional.empty();
        }
        return Ipv4.prefix(mask.get()).flatMap(prefix -> Ipv4.network(address.get(), prefix));
    }

    private static Optional<String> firstAddress(VirtualNetwork network) {
        return network.ranges().stream()
                .flatMap(range -> range.text("IP").stream())
                .findFirst();
    }
}
