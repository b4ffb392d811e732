package hansa.drivers.occi;

import hansa.cloud.CloudException;
import hansa.cloud.Networks;
import hansa.cloud.NicOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.RemoteNic;
import hansa.cloud.Token;
import hansa.drivers.occi.Marked.Thing;
import hansa.protocols.occi.AttributeValue;
import hansa.protocols.occi.CoreAttributes;
import hansa.protocols.occi.LinkReference;
import hansa.protocols.occi.OcciMessage;
import hansa.protocols.occi.extension.Infrastructure;
import java.util.List;
import java.util.Optional;

/** Networks, and the links by which computes are on them (GFD.224, Network and Network Interface). */
final class OcciNetworks implements Networks {

    private final Names names;
    private final Endpoint endpoint;
    private final Entities entities;
    private final Marked marked;
    private final Patience patience;

    OcciNetworks(Names names, Patience patience) {
        this.names = names;
        this.endpoint = names.own().endpoint();
        this.entities = names.own().entities();
        this.marked = names.own().marked();
        this.patience = patience;
    }

    @Override
    public RemoteNetwork create(
            Token token,
            String name,
            Optional<String> cidr,
            Optional<String> gateway,
            boolean dynamicAddresses,
            Optional<Integer> vlan) {
        Message message = new Message().kind(Infrastructure.NETWORK);
        if (cidr.isPresent() || gateway.isPresent()) {
            message.mixin(Infrastructure.IP_NETWORK)
                    .attribute(NetworkView.ALLOCATION, dynamicAddresses ? "dynamic" : "static");
        }
        cidr.ifPresent(range -> message.attribute(NetworkView.ADDRESS, range));
        gateway.ifPresent(address -> message.attribute(NetworkView.GATEWAY, address));
        vlan.ifPresent(tag -> message.attribute(NetworkView.VLAN, AttributeValue.of(tag)));
        endpoint.peer().marks().mark(message, token, name);
        return settled(marked.create(Infrastructure.NETWORK, token, message));
    }

    /** As it is when nothing is being done to it any more. */
    private RemoteNetwork settled(Thing made) {
        Dialect dialect = endpoint.peer().dialect();
        RemoteId id = made.id();
        OcciMessage now = NetworkView.isBusy(dialect, made.entity())
                ? patience.until(
                        () -> endpoint.read(Infrastructure.NETWORK, id),
                        network -> !NetworkView.isBusy(dialect, network))
                : made.entity();
        if (NetworkView.isBroken(now)) {
            throw new CloudException.Conflict(
                    "the network " + id + " is not usable at the service: " + NetworkView.message(now));
        }
        return NetworkView.of(endpoint.peer(), id, now);
    }

    @Override
    public Optional<RemoteNetwork> findByToken(Token token) {
        return marked.find(Infrastructure.NETWORK, token).map(this::view);
    }

    private RemoteNetwork view(Thing network) {
        return NetworkView.of(endpoint.peer(), network.id(), network.entity());
    }

    @Override
    public RemoteNetwork read(RemoteId network) {
        return NetworkView.of(endpoint.peer(), network, endpoint.read(Infrastructure.NETWORK, network));
    }

    @Override
    public List<RemoteNetwork> list() {
        return entities.all(Infrastructure.NETWORK).stream()
                .flatMap(network -> Marked.thing(network).stream())
                .map(this::view)
                .toList();
    }

    @Override
    public void delete(RemoteId network) {
        endpoint.delete(Infrastructure.NETWORK, network);
        patience.until(() -> endpoint.find(Infrastructure.NETWORK, network), Optional::isEmpty)
                .ifPresent(_ -> {
                    throw new CloudException.Unavailable("the network " + network + " is still being deleted");
                });
    }

    @Override
    public RemoteNetwork setActive(RemoteId network, boolean active) {
        if (NetworkView.isActive(endpoint.read(Infrastructure.NETWORK, network)) != active) {
            String action = active ? "up" : "down";
            endpoint.act(
                    Infrastructure.NETWORK,
                    network,
                    action,
                    new Message().action(Infrastructure.action(Infrastructure.NETWORK, action)));
        }
        OcciMessage now = patience.until(
                () -> endpoint.read(Infrastructure.NETWORK, network),
                there -> NetworkView.isActive(there) == active || NetworkView.isBroken(there));
        return NetworkView.of(endpoint.peer(), network, now);
    }

    @Override
    public RemoteNic attach(RemoteId machine, NicOrder order) {
        Endpoint holder = names.of(machine).endpoint();
        OcciMessage before = holder.read(Infrastructure.COMPUTE, machine);
        if (plugged(before, order).isEmpty()) {
            plug(holder, machine, order);
        }
        OcciMessage after = patience.until(
                () -> holder.read(Infrastructure.COMPUTE, machine),
                now -> link(now, order).filter(OcciNetworks::isPending).isEmpty());
        RemoteNic nic = plugged(after, order)
                .orElseThrow(() -> new CloudException.Conflict(
                        "the interface to the network " + order.network() + " was unplugged again"));
        LinkView.interfacing(after, nic.id()).filter(link -> is(link, "error")).ifPresent(link -> {
            holder.delete(Infrastructure.NETWORK_INTERFACE, nic.id());
            throw new CloudException.Conflict("the interface could not be plugged in: "
                    + LinkView.text(link, LinkView.NIC_STATE + ".message")
                            .map(Refusals::oneLine)
                            .orElse("the service does not say why"));
        });
        return nic;
    }

    private Optional<LinkReference> link(OcciMessage machine, NicOrder order) {
        return plugged(machine, order).flatMap(nic -> LinkView.interfacing(machine, nic.id()));
    }

    /** The interface of an order. Where no token can be left at one, there is one interface to each network. */
    private Optional<RemoteNic> plugged(OcciMessage machine, NicOrder order) {
        List<RemoteNic> nics = LinkView.nics(endpoint.peer().marks(), machine);
        return switch (endpoint.peer().dialect().mark()) {
            case ID ->
                nics.stream()
                        .filter(nic -> nic.token().equals(Optional.of(order.token())))
                        .findFirst();
            case SUMMARY, TITLE ->
                nics.stream()
                        .filter(nic -> nic.network().equals(order.network()))
                        .map(nic -> new RemoteNic(
                                nic.id(),
                                Optional.of(order.token()),
                                nic.network(),
                                nic.device(),
                                nic.mac(),
                                nic.gateway(),
                                nic.addresses()))
                        .findFirst();
        };
    }

    private void plug(Endpoint holder, RemoteId machine, NicOrder order) {
        Message message = new Message()
                .kind(Infrastructure.NETWORK_INTERFACE)
                .attribute(CoreAttributes.SOURCE, holder.path(Infrastructure.COMPUTE, machine))
                .attribute(CoreAttributes.TARGET, holder.path(Infrastructure.NETWORK, order.network()));
        endpoint.peer().marks().id(order.token()).ifPresent(id -> message.attribute(CoreAttributes.ID, id));
        order.mac().ifPresent(mac -> message.attribute(LinkView.MAC, mac));
        order.address()
                .ifPresent(address -> message.mixin(Infrastructure.IP_NETWORK_INTERFACE)
                        .attribute(LinkView.ADDRESS, address)
                        .attribute(LinkView.ALLOCATION, "static"));
        try {
            holder.create(Infrastructure.NETWORK_INTERFACE, message);
        } catch (CloudException.Conflict refusal) {
            // It may be an earlier request of ours, whose answer was lost, that made it.
            if (plugged(holder.read(Infrastructure.COMPUTE, machine), order).isEmpty()) {
                throw refusal;
            }
        }
    }

    /** A link of a machine that is off stays inactive for good, without a word. */
    private static boolean isPending(LinkReference link) {
        return is(link, "inactive")
                && LinkView.text(link, LinkView.NIC_STATE + ".message").isPresent();
    }

    private static boolean is(LinkReference link, String state) {
        return LinkView.text(link, LinkView.NIC_STATE).equals(Optional.of(state));
    }

    @Override
    public void detach(RemoteId machine, RemoteId nic) {
        Endpoint holder = names.of(machine).endpoint();
        if (holder.find(Infrastructure.COMPUTE, machine)
                .flatMap(there -> LinkView.interfacing(there, nic))
                .isPresent()) {
            holder.delete(Infrastructure.NETWORK_INTERFACE, nic);
        }
    }
}
