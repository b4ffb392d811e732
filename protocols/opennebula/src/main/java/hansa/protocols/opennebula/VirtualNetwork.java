package hansa.protocols.opennebula;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * A virtual network.
 *
 * @param state a number since OpenNebula 6.8; networks of older versions have none and are always ready
 * @param vlan its 802.1q tag, where it has one
 * @param usedLeases how many addresses machines hold
 * @param ranges its address ranges, {@code AR}
 */
public record VirtualNetwork(
        int id,
        int owner,
        String name,
        OptionalInt state,
        OptionalInt vlan,
        long usedLeases,
        List<Element> ranges,
        Element template) {

    private static final int LOCK_CREATE = 2;
    private static final int LOCK_DELETE = 3;
    private static final int DONE = 4;

    public VirtualNetwork {
        ranges = List.copyOf(ranges);
    }

    /** @param network the element {@code VNET} */
    public static VirtualNetwork of(Element network) throws OpenNebulaSyntaxException {
        return new VirtualNetwork(
                network.requiredInteger("ID"),
                network.requiredInteger("UID"),
                network.text("NAME").orElse(""),
                network.integer("STATE"),
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

    public boolean isBeingMade() {
        return state.orElse(1) == LOCK_CREATE;
    }

    public boolean isGoing() {
        return state.orElse(1) == LOCK_DELETE || state.orElse(1) == DONE;
    }
}
