package hansa.protocols.opennebula;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A virtual network.
 *
 * @param vlan its 802.1q tag, where it has one
 * @param usedLeases how many addresses machines hold
 * @param ranges its address ranges, {@code AR}
 */
public record VirtualNetwork(
        int id, int owner, String name, OptionalInt vlan, long usedLeases, List<Element> ranges, Element template) {

    public VirtualNetwork {
        ranges = List.copyOf(ranges);
    }

    /** @param network the element {@code VNET} */
    public static VirtualNetwork of(Element network) throws OpenNebulaSyntaxException {
        return new VirtualNetwork(
                network.requiredInteger("ID"),
                network.requiredInteger("UID"),
                network.text("NAME").orElse(""),
                network.integer("VLAN_ID"),
                network.number("USED_LEASES").orElse(0),
                network.orNothing("AR_POOL").children("AR"),
                network.orNothing("TEMPLATE"));
    }

    /** @param pool the element {@code VNET_POOL} */
    public static List<VirtualNetwork> pool(Element pool) throws OpenNebulaSyntaxException {
        List<VirtualNetwork> all = new ArrayList<>();
        for (Element network : pool.children("VNET")) {
            all.add(of(network));
        }
        return List.copyOf(all);
    }
}
