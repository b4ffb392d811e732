package hansa.drivers.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.BootContext;
import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.ImageStore;
import hansa.cloud.MachineOrder;
import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Size;
import hansa.cloud.Snapshots;
import hansa.cloud.Token;
import hansa.drivers.openstack.FakeSite.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Machines whose first disk is a volume. */
final class BootVolumeTest {

    private final FakeSite site = new FakeSite().stocked();

    @BeforeEach
    void sell() {
        site.list(
                "/compute/v2.1/flavors/detail",
                "flavors",
                Map.of("id", "f1", "name", "with a disk", "vcpus", 1, "ram", 128, "disk", 5),
                Map.of("id", "f0", "name", "without", "vcpus", 1, "ram", 128, "disk", 0));
        site.on(
                "GET /image/v2/images/" + Fixtures.IMAGE,
                _ -> Reply.ok(Map.of(
                        "id",
                        Fixtures.IMAGE,
                        "size",
                        1000,
                        "virtual_size",
                        3L * 1024 * 1024 * 1024 + 1,
                        "min_disk",
                        2)));
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private Cloud open(Map<String, String> more) {
        Map<String, String> settings = new java.util.HashMap<>(Map.of("network", "lan"));
        settings.putAll(more);
        return Fixtures.open(site.url(), settings);
    }

    private static MachineOrder order(String flavour, long diskGib, RemoteId... volumes) {
        return new MachineOrder(
                new Token("t-1"),
                "a machine",
                new RemoteId(Fixtures.IMAGE),
                new Size(1, 128, diskGib),
                flavour.isEmpty() ? Optional.empty() : Optional.of(new RemoteId(flavour)),
                BootContext.EMPTY,
                List.of(),
                List.of(volumes));
    }

    private JsonNode sent() {
        return site.requests().stream()
                .filter(request -> request.line().equals("POST /compute/v2.1/servers"))
                .toList()
                .getLast()
                .json()
                .path("server");
    }

    @Test
    void a_machine_whose_flavour_has_no_disk_boots_from_a_volume_of_the_size_that_was_ordered() {
        try (Cloud cloud = open(Map.of("volume-type", "fast"))) {
            RemoteMachine machine = cloud.create(order("f0", 7, new RemoteId("data")));
            JsonNode server = sent();
            assertThat(server.path("imageRef").asString()).isEmpty();
            JsonNode root = server.path("block_device_mapping_v2").path(0);
            assertThat(root.toString())
                    .isEqualTo("{\"boot_index\":0,\"source_type\":\"image\",\"uuid\":\"" + Fixtures.IMAGE
                            + "\",\"destination_type\":\"volume\",\"delete_on_termination\":true,"
                            + "\"volume_size\":7,\"volume_type\":\"fast\"}");
            assertThat(server.path("block_device_mapping_v2")
                            .path(1)
                            .path("delete_on_termination")
                            .asBoolean(true))
                    .isFalse();
            assertThat(machine.size().diskGib()).isEqualTo(7);
            assertThat(machine.volumes()).extracting(RemoteDisk::volume).containsExactly(new RemoteId("data"));
            assertThat(cloud.create(order("f0", 7)).id()).isEqualTo(machine.id());
            assertThat(site.linesTo("POST /compute/v2.1/servers")).hasSize(1);
        }
    }

    @Test
    void without_a_size_the_volume_is_as_large_as_the_image_needs() {
        try (Cloud cloud = open(Map.of())) {
            cloud.create(order("f0", 0));
            assertThat(sent().path("block_device_mapping_v2")
                            .path(0)
                            .path("volume_size")
                            .asLong())
                    .isEqualTo(4);
        }
    }

    @Test
    void a_flavour_with_a_disk_keeps_it_unless_volumes_are_asked_for() {
        try (Cloud cloud = open(Map.of())) {
            cloud.create(order("f1", 5));
            assertThat(sent().path("imageRef").asString()).isEqualTo(Fixtures.IMAGE);
            assertThat(sent().has("block_device_mapping_v2")).isFalse();
        }
        try (Cloud cloud = open(Map.of("boot-volume", "always"))) {
            cloud.delete(cloud.list().getFirst().id());
            cloud.create(order("f1", 5));
            assertThat(sent().path("block_device_mapping_v2")
                            .path(0)
                            .path("volume_size")
                            .asLong())
                    .isEqualTo(5);
        }
    }

    @Test
    void a_flavour_without_a_disk_has_room_for_any_and_is_chosen_after_those_with_one() {
        try (Cloud cloud = open(Map.of())) {
            cloud.create(order("", 0));
            assertThat(sent().path("flavorRef").asString()).isEqualTo("f1");
            cloud.delete(cloud.list().getFirst().id());
            cloud.create(order("", 100));
            assertThat(sent().path("flavorRef").asString()).isEqualTo("f0");
            assertThat(sent().path("block_device_mapping_v2")
                            .path(0)
                            .path("volume_size")
                            .asLong())
                    .isEqualTo(100);
        }
    }

    @Test
    void without_cinder_and_where_it_is_not_wanted_the_disk_stays_on_the_host() {
        try (Cloud cloud = open(Map.of("volumes", "none"))) {
            cloud.create(order("f0", 7));
            assertThat(sent().path("imageRef").asString()).isEqualTo(Fixtures.IMAGE);
            cloud.delete(cloud.list().getFirst().id());
            assertThatThrownBy(() -> cloud.create(order("", 100)))
                    .isInstanceOf(CloudException.InvalidRequest.class)
                    .hasMessageContaining("no flavour");
        }
        try (Cloud cloud = open(Map.of("boot-volume", "never"))) {
            cloud.create(order("f0", 7));
            assertThat(sent().path("imageRef").asString()).isEqualTo(Fixtures.IMAGE);
        }
    }

    @Test
    void images_of_such_a_machine_would_have_no_content_and_are_refused() {
        try (Cloud cloud = open(Map.of())) {
            RemoteId machine = cloud.create(order("f0", 7)).id();
            assertThatThrownBy(() ->
                            cloud.facet(ImageStore.class).orElseThrow().capture(machine, new Token("t-2"), "image"))
                    .isInstanceOf(CloudException.InvalidRequest.class)
                    .hasMessageContaining("is a volume");
            assertThatThrownBy(() ->
                            cloud.facet(Snapshots.class).orElseThrow().create(machine, new Token("t-3"), "snapshot"))
                    .isInstanceOf(CloudException.InvalidRequest.class);
        }
    }

    @Test
    void settings_that_contradict_each_other_are_refused() {
        assertThatThrownBy(() -> Fixtures.parsed(Map.of("boot-volume", "always", "volumes", "none")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'boot-volume' cannot be always where 'volumes' is none");
        assertThatThrownBy(() -> Fixtures.parsed(Map.of("boot-volume", "sometimes")))
                .hasMessageStartingWith("'boot-volume' is auto, always or never");
    }
}
