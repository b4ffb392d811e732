package hansa.federation.compute;

import hansa.cloud.RemoteId;
import hansa.federation.compute.Filter.Attribute;
import hansa.federation.policy.Action;
import hansa.federation.stored.Documents.Form;
import java.util.Collection;
import java.util.List;

/** How networks lie in their table. */
final class NetworkShape implements Shape<Network, NetworkWork> {

    private final Form<Network> networks = Forms.ALL.form(Network.class);
    private final Form<NetworkWork> works = Forms.ALL.form(NetworkWork.class);

    @Override
    public String name() {
        return "network";
    }

    @Override
    public Member.Kind member() {
        return Member.Kind.NETWORK;
    }

    @Override
    public boolean shares() {
        return true;
    }

    @Override
    public Form<Network> resources() {
        return networks;
    }

    @Override
    public Form<NetworkWork> works() {
        return works;
    }

    @Override
    public Guarded guarded(Network network) {
        return Guarded.of(network);
    }

    @Override
    public Guarded guarded(String id, String owner, String vo, String cloud, String image, String flavour) {
        return Guarded.network(id, owner, vo, cloud);
    }

    @Override
    public Action list() {
        return Action.NETWORK_LIST;
    }

    @Override
    public Action look() {
        return Action.NETWORK_READ;
    }

    @Override
    public Keys keys(Network network, NetworkWork work) {
        return new Keys(
                network.id().value(),
                network.owner().orElse(Guarded.EVERYBODY),
                network.vo().orElse(""),
                network.cloud().value(),
                network.title(),
                network.state().name(),
                "",
                "",
                work.token().value(),
                work.remote().map(RemoteId::value).orElse(""),
                network.generation());
    }

    @Override
    public Collection<String> values(Network network, Attribute attribute) {
        return switch (attribute) {
            case ID -> List.of(network.id().value());
            case OWNER -> network.owner().map(List::of).orElse(List.of());
            case SUMMARY -> List.of(network.summary());
            case MESSAGE -> List.of(network.message());
            case VLAN -> network.vlan().map(vlan -> List.of(vlan.toString())).orElse(List.of());
            case LABEL -> List.of(network.label());
            case CIDR, ADDRESS -> network.cidr().map(List::of).orElse(List.of());
            case GATEWAY -> network.gateway().map(List::of).orElse(List.of());
            case ALLOCATION -> List.of(network.allocation().name());
            case HOSTNAME,
                    ARCHITECTURE,
                    CORES,
                    MEMORY_MIB,
                    SIZE_MIB,
                    MACHINE,
                    NETWORK,
                    VOLUME,
                    COPY_OF,
                    COPY_KIND,
                    DEVICE,
                    MAC,
                    MOUNTPOINT -> List.of();
        };
    }
}
