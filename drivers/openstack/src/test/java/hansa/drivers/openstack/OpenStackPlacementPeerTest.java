package hansa.drivers.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.cloud.BootContext;
import hansa.cloud.Bytes;
import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription.Flavour;
import hansa.cloud.Console;
import hansa.cloud.HostAffinity;
import hansa.cloud.HostGroup;
import hansa.cloud.HostGroup.Relation;
import hansa.cloud.MachineOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.cloud.RemoteVolume;
import hansa.cloud.Size;
import hansa.cloud.Token;
import hansa.cloud.Volumes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Where a real OpenStack puts machines and their disks: on volumes, and beside each other or not on its one host. */
@Tag("peer")
final class OpenStackPlacementPeerTest {

    private static Flavour diskless(Cloud cloud) {
        return cloud.describe().flavours().stream()
                .filter(flavour -> flavour.size().diskGib() == 0)
                .findFirst()
                .orElseThrow();
    }

    private static List<RemoteVolume> volumesOf(Cloud cloud, RemoteId machine) {
        return cloud.facet(Volumes.class).orElseThrow().list().stream()
                .filter(volume -> volume.attachedTo().equals(Optional.of(machine)))
                .toList();
    }

    @Test
    void a_machine_whose_flavour_has_no_disk_boots_from_a_volume_that_goes_away_with_it() {
        try (Cloud cloud = OpenStackPeer.open(OpenStackPeer.member())) {
            Token token = OpenStackPeer.token();
            MachineOrder order = new MachineOrder(
                    token,
                    "boots from a volume",
                    OpenStackPeer.image(cloud),
                    new Size(1, 128, 2),
                    Optional.of(diskless(cloud).id()),
                    new BootContext(
                            Optional.empty(),
                            Optional.of(Bytes.utf8("#!/bin/sh\necho \"booted from it\"\n")),
                            List.of()),
                    List.of(),
                    List.of());
            RemoteId id = cloud.create(order).id();
            try {
                assertThat(cloud.create(order).id()).isEqualTo(id);
                RemoteMachine machine = OpenStackPeer.reaches(cloud, id, RemoteState.RUNNING);
                assertThat(machine.size().diskGib()).isEqualTo(2);
                assertThat(machine.volumes()).isEmpty();
                assertThat(volumesOf(cloud, id))
                        .singleElement()
                        .satisfies(volume -> assertThat(volume.sizeMib()).isEqualTo(2048));
                Console console = cloud.facet(Console.class).orElseThrow();
                await().atMost(OpenStackPeer.PATIENCE)
                        .pollInterval(Duration.ofSeconds(1))
                        .untilAsserted(() -> assertThat(
                                        console.read(id, 0, 100_000).content().asUtf8())
                                .contains("booted from it"));
            } finally {
                cloud.delete(id);
            }
            OpenStackPeer.gone(cloud, id);
            await().atMost(OpenStackPeer.PATIENCE)
                    .until(() -> cloud.facet(Volumes.class).orElseThrow().list().stream()
                            .noneMatch(volume ->
                                    volume.name().isEmpty() && volume.token().isEmpty()));
        }
    }

    private static List<String> serverGroups() {
        return OpenStackPeer.asked(
                ServiceKind.COMPUTE,
                compute -> compute.get("/os-server-groups")
                        .path("server_groups")
                        .valueStream()
                        .map(group -> group.path("name").asString(""))
                        .toList());
    }

    @Test
    void machines_of_a_group_share_the_only_host_or_do_not_get_one_and_leave_no_server_group() {
        try (Cloud cloud = OpenStackPeer.open(OpenStackPeer.member())) {
            HostAffinity affinity = cloud.facet(HostAffinity.class).orElseThrow();
            String name = UUID.randomUUID().toString();
            HostGroup together = new HostGroup(name + "-together", Relation.TOGETHER);
            HostGroup apart = new HostGroup(name + "-apart", Relation.APART);
            List<RemoteId> machines = new java.util.ArrayList<>();
            try {
                for (HostGroup group : List.of(together, together, apart)) {
                    machines.add(affinity.create(OpenStackPeer.order(cloud, OpenStackPeer.token()), group)
                            .id());
                }
                machines.forEach(id -> OpenStackPeer.reaches(cloud, id, RemoteState.RUNNING));
                RemoteId fourth = affinity.create(OpenStackPeer.order(cloud, OpenStackPeer.token()), apart)
                        .id();
                machines.add(fourth);
                assertThat(OpenStackPeer.reaches(cloud, fourth, RemoteState.FAILED)
                                .message())
                        .startsWith("the cloud has no room: No valid host was found");
                assertThat(serverGroups()).contains("hansa-" + together.name(), "hansa-" + apart.name());
            } finally {
                machines.forEach(cloud::delete);
            }
            machines.forEach(id -> OpenStackPeer.gone(cloud, id));
            assertThat(serverGroups()).noneMatch(group -> group.contains(name));
        }
    }
}
