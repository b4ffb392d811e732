package hansa.drivers.occi;

import hansa.cloud.RemoteId;
import hansa.cloud.RemoteNetwork;
import hansa.protocols.occi.LinkReference;
import hansa.protocols.occi.OcciMessage;
import java.math.BigDecimal;
import java.util.Optional;

/** A network in the words of the port (GFD.224, Network). */
final class NetworkView {

    static final String ADDRESS = "occi.network.address";
    static final String GATEWAY = "occi.network.gateway";
    static final String ALLOCATION = "occi.network.allocation";
    static final String VLAN = "occi.network.vlan";
    private static final String STATE = "occi.network.state";
    private static final String PUBLIC = "public";

    private NetworkView() {}

    static RemoteNetwork of(Peer peer, RemoteId id, OcciMessage network) {
        Marks marks = peer.marks();
        String name = marks.nameOf(id.value(), network);
        return new RemoteNetwork(
                id,
                marks.tokenOf(id.value(), network),
                name,
                text(network, ADDRESS),
                text(network, GATEWAY),
                !network.text(ALLOCATION).equals(Optional.of("static")),
                Entities.number(network, VLAN).map(BigDecimal::intValue).filter(vlan -> vlan >= 0 && vlan <= 4095),
                isActive(network),
                isPublic(id, name, network));
    }

    private static Optional<String> text(OcciMessage network, String attribute) {
        return network.text(attribute).map(String::strip).filter(text -> !text.isEmpty());
    }

    static boolean isActive(OcciMessage network) {
        return network.text(STATE).orElse("active").equals("active");
    }

    static boolean isBroken(OcciMessage network) {
        return network.text(STATE).equals(Optional.of("error"));
    }

    static String message(OcciMessage network) {
        return network.text(STATE + ".message").map(Refusals::oneLine).orElse("the service does not say why");
    }

    /** Whether something is being done to it that has not shown yet. Another Hansa shows no actions of it then. */
    static boolean isBusy(Dialect dialect, OcciMessage network) {
        return dialect.showsWhatIsBusy()
                && !isBroken(network)
                && network.links().stream().noneMatch(LinkReference::isAction);
    }

    /** By the mixin of the sites of EGI, or by the name that clients look for. */
    private static boolean isPublic(RemoteId id, String name, OcciMessage network) {
        return PUBLIC.equalsIgnoreCase(id.value())
                || PUBLIC.equalsIgnoreCase(name)
                || network.categories().stream()
                        .anyMatch(category -> category.id().term().equals("public_net"));
    }
}
