package hansa.drivers.opennebula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.Networks;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.Token;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class NetworksTest {

    private final Oned oned = new Oned(Fixtures.STEP, "7.4.0");
    private final OnedServer server = new OnedServer(oned);
    private final Cloud cloud = Fixtures.open(server.url(), Map.of());
    private final Networks networks = cloud.facet(Networks.class).orElseThrow();

    @AfterEach
    void stop() {
        cloud.close();
        server.close();
    }

    private RemoteNetwork create(String token, Optional<String> cidr, Optional<String> gateway) {
        return networks.create(new Token(token), "my net", cidr, gateway, true, Optional.of(7));
    }

    @Test
    void what_was_asked_for_is_told_again() {
        RemoteNetwork network = create("a", Optional.of("10.1.2.0/24"), Optional.of("10.1.2.1"));
        assertThat(network.cidr()).contains("10.1.2.0/24");
        assertThat(network.gateway()).contains("10.1.2.1");
        assertThat(network.vlan()).contains(7);
        assertThat(create("b", Optional.empty(), Optional.empty()).cidr()).isPresent();
    }

    @Test
    void ranges_and_gateways_that_cannot_be_are_refused_before_anything_is_made() {
        server.forgetCalls();
        for (String bad : List.of("10.0.0.0", "10.0.0.0/7", "10.0.0.0/31", "10.0.0/24", "x/24", "::/64", "/24")) {
            assertThatThrownBy(() -> create("c", Optional.of(bad), Optional.empty()))
                    .as(bad)
                    .isInstanceOf(CloudException.InvalidRequest.class);
        }
        assertThatThrownBy(() -> create("c", Optional.of("10.1.2.0/24"), Optional.of("10.1.3.1")))
                .isInstanceOf(CloudException.InvalidRequest.class)
                .hasMessageContaining("10.1.3.1");
        assertThat(server.calls()).isEmpty();
    }

    @Test
    void a_network_that_is_down_lets_nothing_pass_and_goes_with_its_security_group() {
        RemoteId network =
                create("d", Optional.of("10.1.2.0/24"), Optional.empty()).id();
        assertThat(oned.networks().passes("hansa-network-d")).isTrue();
        networks.setActive(network, false);
        assertThat(oned.networks().passes("hansa-network-d"))
                .as("also by OpenNebula's default group")
                .isFalse();
        networks.setActive(network, true);
        assertThat(oned.networks().passes("hansa-network-d")).isTrue();
        networks.delete(network);
        assertThat(oned.networks().rules("hansa-network-d")).isEqualTo(-1);
    }

    @Test
    void a_creation_that_was_cut_short_is_taken_up_again() {
        server.happen(
                method -> method.equals("one.vn.allocate") ? OnedServer.Mishap.LOST_BEFORE : OnedServer.Mishap.NONE);
        assertThatThrownBy(() -> create("e", Optional.of("10.1.2.0/24"), Optional.empty()))
                .isInstanceOf(CloudException.Unavailable.class);
        server.happen(_ -> OnedServer.Mishap.NONE);
        assertThat(create("e", Optional.of("10.1.2.0/24"), Optional.empty()).token())
                .contains(new Token("e"));
    }

    @Test
    void the_default_group_is_taken_off_also_when_a_creation_was_cut_short_before_that() {
        server.happen(
                method -> method.equals("one.vn.update") ? OnedServer.Mishap.LOST_BEFORE : OnedServer.Mishap.NONE);
        assertThatThrownBy(() -> create("g", Optional.of("10.1.2.0/24"), Optional.empty()))
                .isInstanceOf(CloudException.Unavailable.class);
        server.happen(_ -> OnedServer.Mishap.NONE);
        RemoteNetwork network = create("g", Optional.of("10.1.2.0/24"), Optional.empty());
        networks.setActive(network.id(), false);
        assertThat(oned.networks().passes("hansa-network-g")).isFalse();
    }

    @Test
    void orders_at_the_same_moment_make_one_network() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<RemoteNetwork>> made = threads.invokeAll(
                    Collections.nCopies(6, () -> create("h", Optional.of("10.1.2.0/24"), Optional.empty())));
            for (Future<RemoteNetwork> one : made) {
                assertThat(one.get().id()).isEqualTo(made.getFirst().get().id());
            }
        }
        assertThat(networks.list()).hasSize(2);
    }

    @Test
    void an_opennebula_whose_networks_are_nothing_gets_the_name_of_a_bridge() {
        try (Cloud dummy = Fixtures.open(server.url(), Map.of("network-driver", "dummy"))) {
            Networks of = dummy.facet(Networks.class).orElseThrow();
            assertThat(of.create(
                                    new Token("i"),
                                    "dummy",
                                    Optional.of("10.1.2.0/24"),
                                    Optional.empty(),
                                    true,
                                    Optional.empty())
                            .token())
                    .contains(new Token("i"));
        }
    }

    @Test
    void networks_of_others_are_not_changed() {
        RemoteId foreign = new RemoteId("0");
        assertThatThrownBy(() -> networks.setActive(foreign, false)).isInstanceOf(CloudException.Conflict.class);
        assertThatThrownBy(() -> networks.delete(foreign)).isInstanceOf(CloudException.Conflict.class);
        assertThat(networks.read(foreign).active()).isTrue();
    }

    @Test
    void a_machine_that_names_no_network_is_refused_where_there_are_several() {
        create("f", Optional.of("10.1.2.0/24"), Optional.empty());
        assertThatThrownBy(() -> cloud.create(Fixtures.order("m")))
                .isInstanceOf(CloudException.InvalidRequest.class)
                .hasMessageContaining("0 (net1)");
    }
}
