package hansa.drivers.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.Networks;
import hansa.cloud.NicOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.RemoteNic;
import hansa.cloud.RemoteState;
import hansa.cloud.Token;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Public addresses on request, and what EC2 cannot do with networks. */
final class NetworksTest {

    private final StubEndpoint server = Fixtures.serve();
    private final Cloud cloud = Fixtures.open(server.url(), Map.of());
    private final Networks networks = cloud.facet(Networks.class).orElseThrow();

    @AfterEach
    void stop() {
        try (server) {
            cloud.close();
        }
    }

    private RemoteId running(String token) {
        RemoteId made = cloud.create(Fixtures.order(token)).id();
        Fixtures.waitFor(cloud, made, RemoteState.RUNNING);
        return made;
    }

    private static NicOrder publicNic(String token) {
        return new NicOrder(new Token(token), Addresses.NETWORK, Optional.empty(), Optional.empty());
    }

    @Test
    void the_network_of_public_addresses_is_offered_unless_it_is_switched_off() {
        assertThat(cloud.describe().networks())
                .filteredOn(RemoteNetwork::publicAddresses)
                .extracting(RemoteNetwork::id)
                .containsExactly(Addresses.NETWORK);
        try (Cloud without = Fixtures.open(server.url(), Map.of("public-addresses", "false"))) {
            assertThat(without.describe().networks()).noneMatch(RemoteNetwork::publicAddresses);
        }
    }

    @Test
    void attaching_takes_an_address_and_detaching_gives_it_back() {
        RemoteId machine = running("m");
        RemoteNic nic = networks.attach(machine, publicNic("ip"));
        assertThat(nic.addresses()).containsExactly("203.0.113.1");
        assertThat(nic.mac()).matches("02(:[0-9a-f]{2}){5}");
        assertThat(networks.attach(machine, publicNic("ip")).id()).isEqualTo(nic.id());
        assertThat(cloud.read(machine).nics())
                .extracting(RemoteNic::id)
                .hasSize(2)
                .contains(nic.id());
        assertThat(server.stub().networks.addresses.all).hasSize(1);

        networks.detach(machine, nic.id());
        assertThat(server.stub().networks.addresses.all).isEmpty();
        assertThat(cloud.read(machine).nics()).hasSize(1);
        networks.detach(machine, nic.id());
    }

    @Test
    void a_second_address_is_refused_and_not_kept() {
        RemoteId machine = running("m");
        networks.attach(machine, publicNic("one"));
        assertThatThrownBy(() -> networks.attach(machine, publicNic("two")))
                .isInstanceOf(CloudException.Conflict.class);
        assertThat(server.stub().networks.addresses.all).hasSize(1);
    }

    @Test
    void addresses_go_with_their_machine_and_left_over_ones_when_a_node_starts() {
        RemoteId machine = running("m");
        networks.attach(machine, publicNic("one"));
        cloud.delete(machine);
        assertThat(server.stub().networks.addresses.all).isEmpty();

        RemoteId second = running("n");
        server.happen(action ->
                action.equals("AssociateAddress") ? StubEndpoint.Mishap.LOST_BEFORE : StubEndpoint.Mishap.NONE);
        assertThatThrownBy(() -> networks.attach(second, publicNic("two")))
                .isInstanceOf(CloudException.Unavailable.class);
        server.happen(_ -> StubEndpoint.Mishap.NONE);
        assertThat(server.stub().networks.addresses.all).hasSize(1);
        server.stub().instances.terminateBehindOurBack(second.value());
        Awaitility.await("the address is swept").untilAsserted(() -> {
            cloud.recover(Set.of());
            assertThat(server.stub().networks.addresses.all).isEmpty();
        });
    }

    @Test
    void a_range_is_chosen_where_none_is_given_and_lies_beside_the_others() {
        RemoteNetwork first =
                networks.create(new Token("n1"), "first", Optional.empty(), Optional.empty(), true, Optional.empty());
        RemoteNetwork second =
                networks.create(new Token("n2"), "second", Optional.empty(), Optional.empty(), true, Optional.empty());
        assertThat(first.cidr()).contains("10.213.4.0/24");
        assertThat(first.gateway()).contains("10.213.4.1");
        assertThat(second.cidr()).contains("10.213.5.0/24");
        assertThat(networks.list()).extracting(RemoteNetwork::name).containsExactlyInAnyOrder("first", "second");
    }

    @Test
    void what_ec2_cannot_do_with_networks_is_refused() {
        Optional<String> range = Optional.of("10.213.7.0/24");
        Token token = new Token("n");
        assertInvalid(() -> networks.create(token, "n", range, Optional.empty(), true, Optional.of(7)));
        assertInvalid(() -> networks.create(token, "n", range, Optional.empty(), false, Optional.empty()));
        assertInvalid(() -> networks.create(token, "n", range, Optional.of("10.213.7.254"), true, Optional.empty()));
        assertInvalid(() ->
                networks.create(token, "n", Optional.of("192.168.0.0/24"), Optional.empty(), true, Optional.empty()));
        assertInvalid(() -> networks.delete(new RemoteId("subnet-00000000000000001")));
        assertInvalid(() -> networks.setActive(new RemoteId("subnet-00000000000000001"), false));
        assertInvalid(() -> networks.setActive(Addresses.NETWORK, false));
        assertThat(networks.list()).isEmpty();
    }

    private static void assertInvalid(ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(CloudException.InvalidRequest.class);
    }

    @Test
    void a_machine_is_made_on_a_network_of_our_own_with_its_group_alone() {
        RemoteNetwork network = networks.create(
                new Token("n"), "n", Optional.of("10.213.9.0/24"), Optional.empty(), true, Optional.empty());
        NicOrder nic = new NicOrder(new Token("nic"), network.id(), Optional.empty(), Optional.of("10.213.9.20"));
        RemoteId made =
                cloud.create(Fixtures.order("on", List.of(nic), List.of())).id();
        assertThat(cloud.read(made).nics()).singleElement().satisfies(one -> {
            assertThat(one.token()).contains(new Token("nic"));
            assertThat(one.network()).isEqualTo(network.id());
            assertThat(one.addresses()).containsExactly("10.213.9.20");
            assertThat(one.device()).isEqualTo("eth0");
        });
        assertThat(server.stub().networks.cards.values())
                .singleElement()
                .satisfies(card -> assertThat(card.groups).hasSize(1).doesNotContain(Stub.DEFAULT_GROUP));
        RemoteId first = cloud.read(made).nics().getFirst().id();
        assertThatThrownBy(() -> networks.detach(made, first)).isInstanceOf(CloudException.Conflict.class);
    }
}
