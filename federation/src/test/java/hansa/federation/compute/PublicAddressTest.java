package hansa.federation.compute;

import static hansa.federation.Installation.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import hansa.cloud.CloudDescription;
import hansa.cloud.CloudName;
import hansa.cloud.RemoteNetwork;
import hansa.federation.Installation;
import hansa.federation.TamperedCloud;
import hansa.federation.images.ImageId;
import hansa.federation.sites.FlavourId;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that the outside reaches, without knowing what the cloud calls such a network. */
class PublicAddressTest {

    private static final NewMachine SMALL = NewMachine.of("m", new ImageId("tiny"), new FlavourId("small"));

    @TempDir
    Path folder;

    private static RemoteNetwork reachable(RemoteNetwork network, boolean publicAddresses) {
        return new RemoteNetwork(
                network.id(),
                network.token(),
                network.name(),
                network.cidr(),
                network.gateway(),
                network.dynamicAddresses(),
                network.vlan(),
                network.active(),
                publicAddresses);
    }

    private static CloudDescription rewired(CloudDescription said, boolean publicAddresses) {
        return new CloudDescription(
                said.flavours(),
                said.images(),
                said.networks().stream()
                        .map(network -> reachable(network, publicAddresses))
                        .toList(),
                said.limits(),
                said.freeForm());
    }

    private Installation with(boolean publicAddresses) {
        return Installation.on(folder)
                .cloud("sim", Map.of())
                .wrappedCloud(cloud -> new TamperedCloud(cloud, (_, answer) -> {
                    Object said = answer.get();
                    return said instanceof CloudDescription offer ? rewired(offer, publicAddresses) : said;
                }))
                .start();
    }

    private static Failure refusal(Installation node, NewNic nic) {
        Throwable thrown =
                catchThrowable(() -> node.federation().machines().create(ALICE, SMALL.withNics(List.of(nic))));
        assertThat(thrown).isInstanceOf(Failure.class);
        return (Failure) thrown;
    }

    @Test
    void the_only_network_that_gives_such_addresses_is_taken() {
        try (Installation node = Installation.on(folder).start()) {
            NetworkService networks = node.federation().networks();
            assertThat(networks.get(ALICE, new NetworkId("public")).publicAddresses())
                    .isTrue();
            assertThat(networks.get(ALICE, new NetworkId("private")).publicAddresses())
                    .isFalse();
            Machine made = node.federation().machines().create(ALICE, SMALL.withNics(List.of(NewNic.reachable())));
            assertThat(made.nics())
                    .singleElement()
                    .satisfies(nic -> assertThat(nic.network()).isEqualTo(new NetworkId("public")));
            await().atMost(Duration.ofSeconds(10))
                    .until(() ->
                            node.federation().machines().get(ALICE, made.id()).state() == MachineState.ACTIVE);
            NewNic inside = new NewNic(Optional.empty(), "private", true, Optional.empty(), Optional.empty());
            assertThat(refusal(node, inside)).hasMessageContaining("gives no public addresses");
        }
    }

    @Test
    void where_several_do_they_are_named() {
        try (Installation node = with(true)) {
            Failure several = refusal(node, NewNic.reachable());
            assertThat(several.code()).isEqualTo(ErrorCode.NETWORK_AMBIGUOUS);
            assertThat(several).hasMessageContaining("private, public; name one of them");
        }
    }

    @Test
    void where_none_does_that_is_said() {
        try (Installation node = with(false)) {
            Failure none = refusal(node, NewNic.reachable());
            assertThat(none.code()).isEqualTo(ErrorCode.LINK_TARGET_MISSING);
            assertThat(none).hasMessageContaining("'" + new CloudName("sim") + "' has no network that gives public");
        }
    }
}
