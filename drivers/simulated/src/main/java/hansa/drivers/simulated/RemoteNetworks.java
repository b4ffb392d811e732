package hansa.drivers.simulated;

import hansa.cloud.Networks;
import hansa.cloud.NicOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.RemoteNic;
import hansa.cloud.Token;
import java.util.List;
import java.util.Optional;

/** The networks of a simulated cloud in another process. */
record RemoteNetworks(Wire wire) implements Networks {

    @Override
    public RemoteNetwork create(
            Token token,
            String name,
            Optional<String> cidr,
            Optional<String> gateway,
            boolean dynamicAddresses,
            Optional<Integer> vlan) {
        return wire.ask(
                Protocol.NETWORK_CREATE, new Protocol.NewNetwork(token, name, cidr, gateway, dynamicAddresses, vlan));
    }

    @Override
    public Optional<RemoteNetwork> findByToken(Token token) {
        return wire.ask(Protocol.NETWORK_FIND, token);
    }

    @Override
    public RemoteNetwork read(RemoteId network) {
        return wire.ask(Protocol.NETWORK_READ, network);
    }

    @Override
    public List<RemoteNetwork> list() {
        return wire.ask(Protocol.NETWORK_LIST, new Protocol.Nothing());
    }

    @Override
    public void delete(RemoteId network) {
        wire.tell(Protocol.NETWORK_DELETE, network);
    }

    @Override
    public RemoteNetwork setActive(RemoteId network, boolean active) {
        return wire.ask(Protocol.NETWORK_ACTIVE, new Protocol.Activate(network, active));
    }

    @Override
    public RemoteNic attach(RemoteId machine, NicOrder order) {
        return wire.ask(Protocol.NIC_ATTACH, new Protocol.Plug(machine, order));
    }

    @Override
    public void detach(RemoteId machine, RemoteId nic) {
        wire.tell(Protocol.NIC_DETACH, new Protocol.Part(machine, nic));
    }
}
