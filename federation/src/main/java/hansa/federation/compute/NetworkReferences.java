package hansa.federation.compute;

import hansa.cloud.CloudName;
import hansa.federation.caller.Caller;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Finds the networks that callers name by id or by title. */
final class NetworkReferences {

    private final Access access;
    private final ResourceTable<Network, NetworkWork> networks;

    NetworkReferences(Access access, ResourceTable<Network, NetworkWork> networks) {
        this.access = access;
        this.networks = networks;
    }

    List<Network> resolve(Handle sql, Caller caller, CloudName cloud, List<NewNic> nics) {
        List<Network> found = new ArrayList<>();
        for (NewNic nic : nics) {
            found.add(resolve(sql, caller, cloud, nic));
        }
        return found;
    }

    /**
     * @throws Failure {@code link.target-missing} where there is none, {@code network.ambiguous} where there are several
     */
    Network resolve(Handle sql, Caller caller, CloudName cloud, NewNic nic) {
        Network network = nic.publicAddress() && nic.network().isEmpty()
                ? reachable(sql, caller, cloud)
                : find(sql, caller, cloud, nic.network());
        if (nic.publicAddress() && !network.publicAddresses()) {
            throw Input.invalid("The network '" + network.title() + "' of the cloud '" + cloud
                    + "' gives no public addresses; leave it out to have one chosen.");
        }
        if (network.state() == NetworkState.DELETING || network.state() == NetworkState.ERROR) {
            throw new Failure(
                    ErrorCode.LINK_TARGET_MISSING,
                    "The network '" + network.title() + "' is " + MachineRules.word(network.state())
                            + " and takes no more machines.");
        }
        if (nic.address().isPresent() && network.cidr().isPresent()) {
            if (!IpRange.parse(network.cidr().get()).contains(nic.address().get())) {
                throw Input.invalid("The address " + nic.address().get() + " is not inside the network '"
                        + network.title() + "', which has " + network.cidr().get() + ".");
            }
        }
        return network;
    }

    /** The one network of the cloud that gives public addresses. */
    private Network reachable(Handle sql, Caller caller, CloudName cloud) {
        List<Network> found = networks.shared(sql, cloud).stream()
                .map(Row::resource)
                .filter(Network::publicAddresses)
                .filter(network -> network.state() == NetworkState.ACTIVE)
                .filter(network -> access.mayUse(caller, network))
                .toList();
        if (found.isEmpty()) {
            throw new Failure(
                    ErrorCode.LINK_TARGET_MISSING,
                    "The cloud '" + cloud + "' has no network that gives public addresses; choose another cloud, or a"
                            + " network by its name.");
        }
        if (found.size() > 1) {
            throw new Failure(
                    ErrorCode.NETWORK_AMBIGUOUS,
                    "Several networks of the cloud '" + cloud + "' give public addresses: "
                            + String.join(
                                    ", ",
                                    found.stream()
                                            .map(network -> network.id().value())
                                            .toList())
                            + "; name one of them.");
        }
        return found.getFirst();
    }

    private Network find(Handle sql, Caller caller, CloudName cloud, String reference) {
        if (ResourceName.fits(reference)) {
            Optional<Network> byId = networks.read(sql, reference)
                    .filter(network -> network.cloud().equals(cloud))
                    .filter(network -> access.mayUse(caller, network));
            if (byId.isPresent()) {
                return byId.get();
            }
        }
        Sights sights = Sights.of(caller, access.overseen(caller), true);
        for (boolean exactly : new boolean[] {true, false}) {
            List<Row<Network, NetworkWork>> titled = networks.findTitle(sql, sights, cloud, reference, exactly).stream()
                    .filter(row -> access.mayUse(caller, row.resource()))
                    .toList();
            if (titled.size() == 1) {
                return titled.getFirst().resource();
            }
            if (titled.size() > 1) {
                throw new Failure(
                        ErrorCode.NETWORK_AMBIGUOUS,
                        "Several networks are called '" + reference + "': "
                                + String.join(
                                        ", ",
                                        titled.stream()
                                                .map(row -> row.resource().id().value())
                                                .toList())
                                + "; name one by its id.");
            }
        }
        throw new Failure(
                ErrorCode.LINK_TARGET_MISSING,
                "There is no network '" + reference + "' at the cloud '" + cloud
                        + "'; list the networks to see which are.");
    }
}
