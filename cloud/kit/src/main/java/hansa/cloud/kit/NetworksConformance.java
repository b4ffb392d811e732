package hansa.cloud.kit;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.CloudException;
import hansa.cloud.Networks;
import hansa.cloud.NicOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.RemoteNic;
import hansa.cloud.Token;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What clouds with private networks must do with them. */
public interface NetworksConformance extends Conformance {

    private RemoteNetwork newNetwork(Networks networks, Token token, String cidr) {
        RemoteNetwork network =
                networks.create(token, "kit network", Optional.of(cidr), Optional.empty(), true, Optional.empty());
        subject().undoLater(() -> networks.delete(network.id()));
        return network;
    }

    @Test
    default void one_token_makes_one_network_and_it_is_found_until_it_is_deleted() {
        subject().with(Networks.class, networks -> {
            Token token = subject().newToken();
            assertThat(networks.findByToken(token)).isEmpty();
            RemoteNetwork network = newNetwork(networks, token, "10.213.7.0/24");
            assertThat(network.token()).contains(token);
            assertThat(network.name()).isEqualTo("kit network");
            assertThat(network.cidr()).contains("10.213.7.0/24");
            assertThat(network.dynamicAddresses()).isTrue();
            assertThat(newNetwork(networks, token, "10.213.7.0/24").id()).isEqualTo(network.id());
            assertThat(networks.findByToken(token)).map(RemoteNetwork::id).contains(network.id());
            assertThat(networks.list()).extracting(RemoteNetwork::id).containsOnlyOnce(network.id());
            assertThat(subject().cloud().describe().networks())
                    .extracting(RemoteNetwork::id)
                    .contains(network.id());

            networks.delete(network.id());
            assertThat(networks.findByToken(token)).isEmpty();
            subject().assertRefused(CloudException.NotFound.class, () -> networks.read(network.id()));
            networks.delete(network.id());
        });
    }

    @Test
    default void a_network_is_taken_down_and_up() {
        subject().with(Networks.class, networks -> {
            RemoteNetwork network = newNetwork(networks, subject().newToken(), "10.213.8.0/24");
            assertThat(network.active()).isTrue();
            assertThat(networks.setActive(network.id(), false).active()).isFalse();
            assertThat(networks.read(network.id()).active()).isFalse();
            assertThat(networks.setActive(network.id(), false).active()).isFalse();
            assertThat(networks.setActive(network.id(), true).active()).isTrue();
            assertThat(networks.read(network.id()).active()).isTrue();
        });
    }

    @Test
    default void an_interface_is_plugged_into_a_machine_and_out_again() {
        subject().with(Networks.class, networks -> {
            RemoteNetwork network = newNetwork(networks, subject().newToken(), "10.213.9.0/24");
            RemoteId machine = subject().does(Behaviour.PLUGS_NICS)
                    ? subject().runningMachine().id()
                    : subject().stoppedMachine().id();
            int before = subject().cloud().read(machine).nics().size();
            Token token = subject().newToken();
            NicOrder order = new NicOrder(token, network.id(), wishedMac(), wishedAddress());

            RemoteNic nic = networks.attach(machine, order);
            subject().undoLater(() -> networks.detach(machine, nic.id()));
            assertThat(nic.token()).contains(token);
            assertThat(nic.network()).isEqualTo(network.id());
            assertThat(nic.mac()).matches("[0-9a-fA-F]{2}(:[0-9a-fA-F]{2}){5}");
            order.mac().ifPresent(mac -> assertThat(nic.mac()).isEqualToIgnoringCase(mac));
            order.address().ifPresent(address -> assertThat(nic.addresses()).contains(address));
            assertThat(networks.attach(machine, order).id()).isEqualTo(nic.id());
            assertThat(subject().cloud().read(machine).nics())
                    .hasSize(before + 1)
                    .extracting(RemoteNic::id)
                    .contains(nic.id());
            subject().assertRefused(CloudException.Conflict.class, () -> networks.delete(network.id()));

            networks.detach(machine, nic.id());
            subject()
                    .eventually(
                            "the interface is gone",
                            () -> assertThat(subject().cloud().read(machine).nics())
                                    .extracting(RemoteNic::id)
                                    .doesNotContain(nic.id()));
            networks.detach(machine, nic.id());
            networks.delete(network.id());
        });
    }

    private Optional<String> wishedMac() {
        return subject().does(Behaviour.GRANTS_MACS) ? Optional.of("52:54:00:4b:49:54") : Optional.empty();
    }

    private Optional<String> wishedAddress() {
        return subject().does(Behaviour.GRANTS_ADDRESSES) ? Optional.of("10.213.9.77") : Optional.empty();
    }

    @Test
    default void unknown_networks_and_impossible_ranges_are_refused() {
        subject().with(Networks.class, networks -> {
            RemoteId unknown = new RemoteId("00000000-0000-4000-8000-000000000002");
            RemoteId machine = subject().runningMachine().id();
            subject().assertRefused(CloudException.NotFound.class, () -> networks.read(unknown));
            subject().assertRefused(CloudException.NotFound.class, () -> networks.setActive(unknown, true));
            NicOrder order = new NicOrder(subject().newToken(), unknown, Optional.empty(), Optional.empty());
            subject().assertRefused(CloudException.NotFound.class, () -> networks.attach(machine, order));
            networks.delete(unknown);
            networks.detach(machine, unknown);
            subject()
                    .assertRefused(
                            CloudException.InvalidRequest.class,
                            () -> newNetwork(networks, subject().newToken(), "10.213.0.0/99"));
        });
    }

    @Test
    default void a_running_machine_tells_its_addresses_where_the_cloud_knows_them() {
        RemoteId machine = subject().runningMachine().id();
        if (subject().does(Behaviour.TELLS_ADDRESSES)) {
            subject()
                    .eventually(
                            "the machine has an address",
                            () -> assertThat(subject().cloud().read(machine).nics())
                                    .flatExtracting(RemoteNic::addresses)
                                    .isNotEmpty());
        } else {
            assertThat(subject().cloud().read(machine).nics())
                    .flatExtracting(RemoteNic::addresses)
                    .isEmpty();
        }
    }
}
