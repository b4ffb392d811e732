package hansa.federation.compute;

import hansa.cloud.CloudDescription;
import hansa.cloud.CloudName;
import hansa.cloud.RemoteNetwork;
import hansa.federation.compute.MachineWork.Stage;
import hansa.federation.sites.DescriptionListener;
import hansa.kernel.store.Tx;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Shows the networks that clouds bring by themselves, as everybody's. */
final class NativeNetworks implements DescriptionListener {

    private final Records<Network, NetworkWork> networks;
    private final Clock clock;

    NativeNetworks(Records<Network, NetworkWork> networks, Clock clock) {
        this.networks = networks;
        this.clock = clock;
    }

    @Override
    public void described(Tx tx, CloudName cloud, CloudDescription description) {
        Set<String> offered = new HashSet<>();
        for (RemoteNetwork remote : description.networks()) {
            if (remote.token().isEmpty()) {
                offered.add(remote.id().value());
                networks.table()
                        .findRemote(tx.sql(), cloud, remote.id().value())
                        .ifPresentOrElse(row -> update(tx, row, remote), () -> insert(tx, cloud, remote));
            }
        }
        for (Row<Network, NetworkWork> row : networks.table().shared(tx.sql(), cloud)) {
            boolean there =
                    row.work().remote().map(id -> offered.contains(id.value())).orElse(false);
            if (!there) {
                withdraw(tx, row);
            }
        }
    }

    private void insert(Tx tx, CloudName cloud, RemoteNetwork remote) {
        Instant now = clock.instant();
        Network network = new Network(
                freeId(tx, cloud, remote),
                Optional.empty(),
                Optional.empty(),
                cloud,
                remote.name(),
                "",
                "",
                remote.vlan(),
                remote.cidr(),
                remote.gateway(),
                remote.dynamicAddresses() ? Allocation.DYNAMIC : Allocation.STATIC,
                remote.publicAddresses(),
                remote.active() ? NetworkState.ACTIVE : NetworkState.INACTIVE,
                "",
                Set.of(),
                now,
                now,
                now,
                1);
        NetworkWork work = new NetworkWork(
                Tokens.next(), Optional.of(remote.id()), Stage.MADE, false, remote.active(), "", "", now);
        networks.insert(tx, new Row<>(network, work, Sight.of(remote), 1));
    }

    /** The cloud's own name for it where that is free, since people and clients know it by that. */
    private NetworkId freeId(Tx tx, CloudName cloud, RemoteNetwork remote) {
        String name = remote.name().replaceAll("[^A-Za-z0-9_.-]", "-");
        for (String candidate : new String[] {name, name + "." + cloud}) {
            if (ResourceName.fits(candidate)
                    && networks.table().read(tx.sql(), candidate).isEmpty()) {
                return new NetworkId(candidate);
            }
        }
        return NetworkId.next();
    }

    private void update(Tx tx, Row<Network, NetworkWork> row, RemoteNetwork remote) {
        NetworkEdit edit = new NetworkEdit(row);
        edit.title = remote.name();
        edit.cidr = remote.cidr();
        edit.gateway = remote.gateway();
        edit.vlan = remote.vlan();
        edit.allocation = remote.dynamicAddresses() ? Allocation.DYNAMIC : Allocation.STATIC;
        edit.publicAddresses = remote.publicAddresses();
        edit.state = remote.active() ? NetworkState.ACTIVE : NetworkState.INACTIVE;
        edit.up = remote.active();
        edit.note = "";
        edit.seen = Sight.of(remote);
        edit.observed = clock.instant();
        networks.update(tx, row, edit.build(clock.instant()));
    }

    private void withdraw(Tx tx, Row<Network, NetworkWork> row) {
        String id = row.resource().id().value();
        if (LinkTable.leadingTo(tx.sql(), LinkTable.Kind.NIC, id) == 0) {
            networks.remove(tx, row);
            return;
        }
        NetworkEdit edit = new NetworkEdit(row);
        edit.state = NetworkState.ERROR;
        edit.note = "The cloud '" + row.resource().cloud() + "' does not offer it any more.";
        networks.update(tx, row, edit.build(clock.instant()));
    }
}
