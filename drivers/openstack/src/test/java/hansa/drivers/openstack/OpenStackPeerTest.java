package hansa.drivers.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.cloud.Adoption;
import hansa.cloud.BootContext;
import hansa.cloud.Bytes;
import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription.Capacity;
import hansa.cloud.Console;
import hansa.cloud.MachineOrder;
import hansa.cloud.Networks;
import hansa.cloud.NicOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.RemoteNic;
import hansa.cloud.RemoteState;
import hansa.cloud.Token;
import hansa.cloud.UsageHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a real OpenStack does beyond the kit: public addresses, machines of others, books, room, and what reaches the guest. */
@Tag("peer")
final class OpenStackPeerTest {

    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBXkp6lvjkFBUqJK8GMJJK2N2bLCPIZ9ER0kJrGeVk1m peer";

    private static RemoteNetwork external(Cloud cloud) {
        RemoteNetwork external = cloud.describe().networks().stream()
                .filter(network -> network.name().equals(OpenStackPeer.variable("HANSA_OPENSTACK_EXTERNAL_NETWORK")))
                .findFirst()
                .orElseThrow();
        assertThat(external.publicAddresses()).isTrue();
        return external;
    }

    @Test
    void a_machine_has_its_key_hostname_user_data_and_a_public_address_that_is_given_back_with_it() {
        try (Cloud cloud = OpenStackPeer.open(OpenStackPeer.member())) {
            Token token = OpenStackPeer.token();
            Token nicToken = OpenStackPeer.token();
            RemoteNetwork external = external(cloud);
            MachineOrder order = new MachineOrder(
                    token,
                    "public machine",
                    OpenStackPeer.image(cloud),
                    OpenStackPeer.flavour(cloud).size(),
                    Optional.of(OpenStackPeer.flavour(cloud).id()),
                    new BootContext(
                            Optional.of("outside"),
                            Optional.of(Bytes.utf8("#!/bin/sh\necho \"user data was here\"\n")),
                            List.of(KEY)),
                    List.of(new NicOrder(nicToken, external.id(), Optional.empty(), Optional.empty())),
                    List.of());
            RemoteId id = cloud.create(order).id();
            try {
                RemoteMachine machine = OpenStackPeer.reaches(cloud, id, RemoteState.RUNNING);
                RemoteNic address = await().atMost(OpenStackPeer.PATIENCE)
                        .until(
                                () -> cloud.read(id).nics().stream()
                                        .filter(nic -> nic.token().equals(Optional.of(nicToken)))
                                        .findFirst(),
                                Optional::isPresent)
                        .orElseThrow();
                assertThat(address.network()).isEqualTo(external.id());
                assertThat(address.addresses()).singleElement().asString().startsWith("172.31.0.");
                assertThat(machine.nics()).hasSizeGreaterThanOrEqualTo(1);

                Networks networks = cloud.facet(Networks.class).orElseThrow();
                networks.detach(id, address.id());
                assertThat(cloud.read(id).nics()).extracting(RemoteNic::id).doesNotContain(address.id());
                Token again = OpenStackPeer.token();
                RemoteNic second =
                        networks.attach(id, new NicOrder(again, external.id(), Optional.empty(), Optional.empty()));
                assertThat(second.token()).contains(again);
                assertThat(networks.attach(id, new NicOrder(again, external.id(), Optional.empty(), Optional.empty()))
                                .id())
                        .isEqualTo(second.id());

                Console console = cloud.facet(Console.class).orElseThrow();
                await().atMost(OpenStackPeer.PATIENCE)
                        .pollInterval(Duration.ofSeconds(1))
                        .untilAsserted(() -> assertThat(
                                        console.read(id, 0, 100_000).content().asUtf8())
                                .contains("context openstack", "hostname outside", "ssh keys 1", "user data was here"));
            } finally {
                cloud.delete(id);
            }
            OpenStackPeer.gone(cloud, id);
            assertThat(floatingAddressesOf(token)).isEmpty();
        }
    }

    private static List<String> floatingAddressesOf(Token machine) {
        return OpenStackPeer.asked(
                ServiceKind.NETWORK,
                network -> Pages.all(network, "/floatingips", "floatingips", 100).stream()
                        .filter(one -> Marks.belongsTo(one.path("description").asString(""), machine))
                        .map(one -> one.path("floating_ip_address").asString(""))
                        .toList());
    }

    @Test
    void a_machine_of_others_is_adopted_released_and_in_the_books() {
        try (Cloud cloud = OpenStackPeer.open(OpenStackPeer.member())) {
            Instant before = Instant.now().minus(Duration.ofHours(1));
            Token token = OpenStackPeer.token();
            RemoteId id = cloud.create(new MachineOrder(
                            token,
                            "adopted machine",
                            OpenStackPeer.image(cloud),
                            OpenStackPeer.flavour(cloud).size(),
                            Optional.of(OpenStackPeer.flavour(cloud).id()),
                            BootContext.EMPTY,
                            List.of(),
                            List.of()))
                    .id();
            OpenStackPeer.reaches(cloud, id, RemoteState.RUNNING);
            Adoption adoption = cloud.facet(Adoption.class).orElseThrow();
            adoption.release(id);
            adoption.release(id);
            assertThat(cloud.findByToken(token)).isEmpty();
            assertThat(cloud.list()).extracting(RemoteMachine::id).doesNotContain(id);
            assertThat(adoption.others()).extracting(RemoteMachine::id).contains(id);

            Token second = OpenStackPeer.token();
            assertThat(adoption.adopt(id, second).token()).contains(second);
            assertThat(adoption.adopt(id, second).token()).contains(second);
            assertThat(cloud.findByToken(second)).map(RemoteMachine::id).contains(id);
            assertThat(adoption.others()).extracting(RemoteMachine::id).doesNotContain(id);

            UsageHistory books = cloud.facet(UsageHistory.class).orElseThrow();
            assertThat(books.usage(before, Instant.now().plusSeconds(60)))
                    .filteredOn(usage -> usage.machine().equals(id))
                    .singleElement()
                    .satisfies(usage -> {
                        assertThat(usage.token()).contains(second);
                        assertThat(usage.ended()).isEmpty();
                        assertThat(usage.size().memoryMib()).isEqualTo(128);
                    });
            cloud.delete(id);
            OpenStackPeer.gone(cloud, id);
            assertThat(books.usage(before, Instant.now().plusSeconds(60)))
                    .filteredOn(usage -> usage.machine().equals(id))
                    .singleElement()
                    .satisfies(usage -> assertThat(usage.ended()).isPresent());
        }
    }

    @Test
    void administrators_see_how_full_the_cloud_is_and_members_what_is_theirs() {
        Map<String, String> admin = new HashMap<>(OpenStackPeer.member());
        admin.put("username", OpenStackPeer.variable("HANSA_OPENSTACK_ADMIN"));
        try (Cloud member = OpenStackPeer.open(OpenStackPeer.member());
                Cloud all = OpenStackPeer.open(admin)) {
            assertThat(member.describe().capacity()).isEqualTo(Capacity.UNKNOWN);
            assertThat(member.describe().limits().machines()).contains(20L);
            assertThat(member.describe().used().machines()).isPresent();
            Capacity capacity = all.describe().capacity();
            assertThat(capacity.totalCores().orElseThrow()).isPositive();
            assertThat(capacity.freeMemoryMib().orElseThrow()).isPositive();
        }
    }
}
