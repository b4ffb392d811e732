package hansa.drivers.occi;

import hansa.cloud.CloudException;
import hansa.cloud.MachineOrder;
import hansa.cloud.NicOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.Size;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.CoreAttributes;
import hansa.protocols.occi.extension.Infrastructure;
import java.util.LinkedHashMap;
import java.util.Map;

/** Orders in the words of OCCI. */
final class Orders {

    private final Endpoint endpoint;

    Orders(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * @throws CloudException.NotFound where the service does not offer the image or the flavour
     */
    Message machine(MachineOrder order) {
        CategoryId image = offered(order.image(), "image");
        Message message = new Message().kind(Infrastructure.COMPUTE).mixin(image);
        order.flavour()
                .ifPresentOrElse(
                        flavour -> message.mixin(offered(flavour, "flavour")), () -> size(message, order.size()));
        Peer peer = endpoint.peer();
        GuestContext.add(message, peer, order.context());
        order.nics().forEach(nic -> link(message, peer, nic));
        order.volumes()
                .forEach(volume -> message.link(
                        endpoint.path(Infrastructure.STORAGE, volume),
                        Infrastructure.STORAGE,
                        Infrastructure.STORAGE_LINK.toString(),
                        Map.of()));
        return peer.marks().mark(message, order.token(), order.name());
    }

    static void size(Message message, Size size) {
        message.attribute(MachineView.CORES, AttributeValue.of(size.cores()))
                .attribute(MachineView.MEMORY, AttributeValue.of(Entities.gibOfMib(size.memoryMib())));
    }

    /** A template that is offered now; one that we do not know yet may be new. */
    CategoryId offered(RemoteId template, String what) {
        return CategoryId.find(template.value())
                .filter(id -> endpoint.peer().offers(id) || endpoint.look().offers(id))
                .orElseThrow(() ->
                        new CloudException.NotFound("the service does not offer the " + what + " '" + template + "'"));
    }

    private void link(Message message, Peer peer, NicOrder nic) {
        Map<String, String> attributes = new LinkedHashMap<>();
        peer.marks().id(nic.token()).ifPresent(id -> attributes.put(CoreAttributes.ID, id));
        nic.mac().ifPresent(mac -> attributes.put(LinkView.MAC, mac));
        nic.address().ifPresent(address -> {
            attributes.put(LinkView.ADDRESS, address);
            attributes.put(LinkView.ALLOCATION, "static");
        });
        String types = Infrastructure.NETWORK_INTERFACE
                + (nic.address().isPresent() && peer.dialect().takesMixinsOfLinks()
                        ? " " + Infrastructure.IP_NETWORK_INTERFACE
                        : "");
        message.link(endpoint.path(Infrastructure.NETWORK, nic.network()), Infrastructure.NETWORK, types, attributes);
    }
}
