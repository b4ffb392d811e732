package hansa.drivers.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.BootContext;
import hansa.cloud.Bytes;
import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.MachineOrder;
import hansa.cloud.NicOrder;
import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteNic;
import hansa.cloud.RemoteState;
import hansa.cloud.Size;
import hansa.cloud.Token;
import hansa.cloud.Volumes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What machines are made with. */
final class LaunchTest {

    private static final String RSA = "ssh-rsa AAAAB3NzaC1yc2E= ada@example.org";
    private static final String ED25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 ada@example.org";
    private static final String ECDSA = "ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTI= ada@example.org";

    private final StubEndpoint server = Fixtures.serve();

    @AfterEach
    void stop() {
        server.close();
    }

    private Map<String, String> asked(Cloud cloud, BootContext context) {
        RemoteId made = cloud.create(Fixtures.order("asked", context)).id();
        return asked(made);
    }

    private Map<String, String> asked(RemoteId made) {
        return Optional.ofNullable(server.stub().instances.all.get(made.value()))
                .orElseThrow()
                .asked;
    }

    private static BootContext context(Optional<String> hostname, Optional<String> data, String... keys) {
        return new BootContext(hostname, data.map(Bytes::utf8), List.of(keys));
    }

    @Test
    void one_key_becomes_a_key_pair_and_nothing_else_is_told() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            Map<String, String> asked = asked(cloud, context(Optional.empty(), Optional.empty(), RSA));
            assertThat(asked.get("KeyName")).matches("hansa-[0-9a-f]{32}");
            assertThat(asked).doesNotContainKey("UserData").containsEntry("ClientToken", "hansa-asked");
            cloud.create(Fixtures.order("second", context(Optional.empty(), Optional.empty(), RSA)));
        }
        try (Cloud another = Fixtures.open(server.url(), Map.of())) {
            another.create(Fixtures.order("third", context(Optional.empty(), Optional.empty(), RSA)));
        }
        assertThat(server.calls())
                .filteredOn("ImportKeyPair"::equals)
                .as("one for each node")
                .hasSize(2);
    }

    @Test
    void further_keys_a_hostname_and_a_script_come_as_an_archive() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            Map<String, String> asked = asked(
                    cloud, context(Optional.of("web"), Optional.of("#!/bin/sh\necho \"hi\"\n"), ECDSA, ED25519, RSA));
            assertThat(asked).containsKey("KeyName");
            assertThat(StubInstances.userData(asked.getOrDefault("UserData", "")))
                    .contains("#!/bin/sh\necho \"hi\"\n")
                    .contains("#cloud-config\nhostname: \"web\"\nssh_authorized_keys:\n")
                    .contains("  - \"" + ECDSA + "\"\n")
                    .contains("  - \"" + RSA + "\"\n")
                    .doesNotContain(ED25519);
        }
    }

    @Test
    void a_message_of_parts_stays_one_within_the_archive() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            String parts = "Content-Type: multipart/mixed; boundary=\"own\"\nMIME-Version: 1.0\n\n--own\n"
                    + "Content-Type: text/cloud-config\n\n#cloud-config\n{}\n--own--\n";
            Map<String, String> asked = asked(cloud, context(Optional.of("web"), Optional.of(parts)));
            assertThat(new String(
                            Base64.getDecoder().decode(asked.getOrDefault("UserData", "")), StandardCharsets.UTF_8))
                    .contains("\n--==hansa-user-data==\n" + parts);
        }
    }

    @Test
    void keys_are_not_imported_where_the_endpoint_cannot() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of("import-keys", "false"))) {
            Map<String, String> asked = asked(cloud, context(Optional.empty(), Optional.empty(), RSA));
            assertThat(asked).doesNotContainKey("KeyName");
            assertThat(StubInstances.userData(asked.getOrDefault("UserData", "")))
                    .isEqualTo("#cloud-config\nssh_authorized_keys:\n  - \"" + RSA + "\"\n");
        }
    }

    @Test
    void a_key_pair_that_somebody_deleted_is_imported_anew() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            BootContext context = context(Optional.empty(), Optional.empty(), RSA);
            cloud.create(Fixtures.order("first", context));
            server.stub().instances.deleteKeys();
            assertThatThrownBy(() -> cloud.create(Fixtures.order("second", context)))
                    .isInstanceOf(CloudException.Unavailable.class);
            assertThat(cloud.create(Fixtures.order("second", context)).token()).contains(new Token("second"));
        }
    }

    @Test
    void user_data_beyond_the_limit_is_compressed_and_refused_where_that_does_not_help() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            String repetitive = "#!/bin/sh\n" + "echo \"again and again\"\n".repeat(2_000);
            Map<String, String> asked = asked(cloud, context(Optional.empty(), Optional.of(repetitive)));
            assertThat(StubInstances.userData(asked.getOrDefault("UserData", "")))
                    .isEqualTo(repetitive);

            byte[] noise = new byte[20_000];
            new Random(7).nextBytes(noise);
            BootContext much = new BootContext(Optional.empty(), Optional.of(Bytes.of(noise)), List.of());
            assertThatThrownBy(() -> cloud.create(Fixtures.order("much", much)))
                    .isInstanceOf(CloudException.InvalidRequest.class)
                    .message()
                    .startsWith("EC2 takes 16384 bytes of user data; these are 20000, and 2");
            assertThat(server.stub().instances.launches()).isEqualTo(1);
        }
    }

    @Test
    void a_root_disk_is_as_large_as_ordered_and_a_smaller_one_than_the_image_is_refused() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of("metadata-tokens", "true"))) {
            RemoteId made = cloud.create(Fixtures.orderOf("disk", "t3.micro", new Size(2, 1024, 20)))
                    .id();
            assertThat(cloud.read(made).size()).isEqualTo(new Size(2, 1024, 20));
            assertThat(asked(made))
                    .containsEntry("BlockDeviceMapping.1.DeviceName", "/dev/xvda")
                    .containsEntry("BlockDeviceMapping.1.Ebs.VolumeSize", "20")
                    .containsEntry("MetadataOptions.HttpTokens", "required");
            assertThatThrownBy(() -> cloud.create(Fixtures.orderOf("tiny", "t3.micro", new Size(2, 1024, 1))))
                    .isInstanceOf(CloudException.InvalidRequest.class);
        }
    }

    @Test
    void the_smallest_type_that_fits_is_taken_where_none_is_named() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            MachineOrder order = new MachineOrder(
                    new Token("fit"),
                    "fit",
                    Fixtures.DEBIAN,
                    new Size(1, 600, 0),
                    Optional.empty(),
                    BootContext.EMPTY,
                    List.of(),
                    List.of());
            assertThat(cloud.create(order).size()).isEqualTo(Fixtures.MICRO_SIZE);
        }
    }

    @Test
    void an_endpoint_that_ignores_tag_specifications_is_told_tags_afterwards() {
        server.stub().ignoreTagSpecifications();
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            RemoteId made = cloud.create(Fixtures.order("tagged")).id();
            assertThat(cloud.list()).singleElement().satisfies(machine -> {
                assertThat(machine.id()).isEqualTo(made);
                assertThat(machine.token()).contains(new Token("tagged"));
                assertThat(machine.name()).isEqualTo("machine tagged");
            });
            Volumes volumes = cloud.facet(Volumes.class).orElseThrow();
            RemoteId volume = volumes.create(new Token("v"), "v", 1024).id();
            assertThat(volumes.findByToken(new Token("v"))).map(one -> one.id()).contains(volume);
        }
    }

    @Test
    void a_launch_that_was_interrupted_before_its_tags_is_found_by_its_client_token() {
        server.stub().ignoreTagSpecifications();
        server.happen(
                action -> action.equals("RunInstances") ? StubEndpoint.Mishap.LOST_AFTER : StubEndpoint.Mishap.NONE);
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            assertThatThrownBy(() -> cloud.create(Fixtures.order("cut")))
                    .isInstanceOf(CloudException.Unavailable.class);
        }
        server.happen(_ -> StubEndpoint.Mishap.NONE);
        try (Cloud restarted = Fixtures.open(server.url(), Map.of())) {
            RemoteMachine found = Awaitility.await("the machine to show")
                    .until(() -> restarted.findByToken(new Token("cut")), Optional::isPresent)
                    .orElseThrow();
            assertThat(restarted.create(Fixtures.order("cut")).id()).isEqualTo(found.id());
            assertThat(restarted.list()).extracting(RemoteMachine::id).containsExactly(found.id());
            assertThat(server.stub().instances.launches()).isEqualTo(1);
        }
    }

    @Test
    void where_several_networks_might_be_meant_the_order_is_refused_with_their_names() {
        server.stub().networks.addRival();
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            assertThatThrownBy(() -> cloud.create(Fixtures.order("where")))
                    .isInstanceOf(CloudException.InvalidRequest.class)
                    .hasMessage("the zone test-1a has several networks; choose one of subnet-00000000000000001,"
                            + " subnet-00000000000000003");
        }
        try (Cloud cloud = Fixtures.open(server.url(), Map.of("subnet", "subnet-00000000000000003"))) {
            RemoteMachine made = cloud.create(Fixtures.order("there"));
            assertThat(made.nics())
                    .extracting(RemoteNic::network)
                    .containsExactly(new RemoteId("subnet-00000000000000003"));
        }
    }

    @Test
    void volumes_and_a_public_address_are_there_before_the_machine_counts_as_running() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            Volumes volumes = cloud.facet(Volumes.class).orElseThrow();
            RemoteId volume = volumes.create(new Token("v"), "v", 1024).id();
            NicOrder open = new NicOrder(new Token("ip"), Addresses.NETWORK, Optional.empty(), Optional.empty());
            RemoteId made = cloud.create(Fixtures.order("whole", List.of(open), List.of(volume)))
                    .id();
            RemoteMachine whole = Fixtures.waitFor(cloud, made, RemoteState.RUNNING);
            assertThat(whole.volumes()).extracting(RemoteDisk::volume).containsExactly(volume);
            assertThat(whole.nics()).hasSize(2).last().satisfies(nic -> {
                assertThat(nic.token()).contains(new Token("ip"));
                assertThat(nic.network()).isEqualTo(Addresses.NETWORK);
                assertThat(nic.addresses()).containsExactly("203.0.113.1");
            });
            assertThat(whole.message()).isEmpty();
        }
    }

    @Test
    void a_node_that_is_started_anew_goes_on_where_the_other_was_interrupted() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            RemoteId volume = cloud.facet(Volumes.class)
                    .orElseThrow()
                    .create(new Token("v"), "v", 1024)
                    .id();
            server.happen(action ->
                    action.equals("AttachVolume") ? StubEndpoint.Mishap.LOST_BEFORE : StubEndpoint.Mishap.NONE);
            RemoteId made = cloud.create(Fixtures.order("half", List.of(), List.of(volume)))
                    .id();
            Awaitility.await("the volume was tried").until(() -> server.calls().contains("AttachVolume"));
            assertThat(cloud.read(made).state()).isEqualTo(RemoteState.BUILDING);
        }
        server.happen(_ -> StubEndpoint.Mishap.NONE);
        try (Cloud restarted = Fixtures.open(server.url(), Map.of())) {
            assertThat(restarted.recover(Set.of(new Token("half"))).found()).hasSize(1);
            RemoteId id = restarted.list().getFirst().id();
            assertThat(Fixtures.waitFor(restarted, id, RemoteState.RUNNING).volumes())
                    .hasSize(1);
        }
    }

    @Test
    void a_volume_that_another_machine_holds_is_refused_before_anything_is_made() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            Volumes volumes = cloud.facet(Volumes.class).orElseThrow();
            RemoteId volume = volumes.create(new Token("v"), "v", 1024).id();
            RemoteId holder = cloud.create(Fixtures.order("holder")).id();
            Fixtures.waitFor(cloud, holder, RemoteState.RUNNING);
            volumes.attach(holder, volume, Optional.of("/dev/sdk"));
            assertThat(volumes.read(volume).attachedTo()).contains(holder);
            assertThat(cloud.read(holder).volumes()).containsExactly(new RemoteDisk(volume, "/dev/sdk"));
            assertThatThrownBy(() -> cloud.create(Fixtures.order("other", List.of(), List.of(volume))))
                    .isInstanceOf(CloudException.Conflict.class);
            assertThat(server.stub().instances.launches()).isEqualTo(1);
        }
    }
}
