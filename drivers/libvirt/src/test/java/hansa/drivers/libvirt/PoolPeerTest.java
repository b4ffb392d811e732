package hansa.drivers.libvirt;

import static hansa.drivers.libvirt.LibvirtPeer.awaitState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hansa.cloud.BootContext;
import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription.Capacity;
import hansa.cloud.CloudException;
import hansa.cloud.HostAffinity;
import hansa.cloud.HostGroup;
import hansa.cloud.MachineOrder;
import hansa.cloud.Networks;
import hansa.cloud.NicOrder;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.cloud.Size;
import hansa.cloud.Token;
import hansa.cloud.Volumes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A pool of two real libvirts, {@code a} and {@code b}, of which each takes two machines. */
@Tag("peer")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PoolPeerTest {

    private static final Size SIZE = new Size(1, 128, 0);

    private final LibvirtPeer peer = LibvirtPeer.pool("host-capacity", "a=8/4096/2,b=8/4096/2", "time-limit", "15s");
    private final Cloud cloud = peer.open();

    @AfterEach
    void noMachineIsLeft() {
        for (RemoteMachine machine : cloud.list()) {
            cloud.delete(machine.id());
        }
    }

    @AfterAll
    void leaveNothing() {
        try (peer) {
            cloud.close();
        }
    }

    private static String inSecondBox(String command) {
        return Programs.run(
                "ask the second box",
                Duration.ofSeconds(30),
                Path.of("/"),
                List.of(
                        "env",
                        "HANSA_LIBVIRT_BOX=2",
                        LibvirtPeer.required("HANSA_PEERS") + "/libvirt",
                        "run",
                        "sh",
                        "-c",
                        command));
    }

    private static MachineOrder order(Token token, List<NicOrder> nics, List<RemoteId> volumes) {
        return new MachineOrder(
                token, "pool machine", LibvirtPeer.IMAGE, SIZE, Optional.empty(), BootContext.EMPTY, nics, volumes);
    }

    private RemoteMachine create() {
        return cloud.create(order(LibvirtPeer.newToken(), List.of(), List.of()));
    }

    private String hostOf(RemoteId machine) {
        return LibvirtPeer.hostOf(cloud, machine);
    }

    /** One machine at each host, the one at {@code a} first. */
    private List<RemoteId> oneAtEach() {
        List<RemoteId> machines = new ArrayList<>(List.of(create().id(), create().id()));
        machines.forEach(id -> awaitState(cloud, id, RemoteState.RUNNING));
        machines.sort(Comparator.comparing(this::hostOf));
        assertThat(machines).extracting(this::hostOf).containsExactly("a", "b");
        return machines;
    }

    @Test
    void machines_are_spread_until_no_host_has_room_and_the_refusal_tells_the_figures() {
        Capacity empty = cloud.describe().capacity();
        assertThat(empty.totalCores()).contains(16L);
        assertThat(empty.freeCores()).contains(16L);
        assertThat(empty.freeMemoryMib()).contains(8192L);
        assertThat(empty.runningMachines()).contains(0L);
        assertThat(empty.freeDiskGib()).isPresent();
        oneAtEach();
        create();
        create();
        Token token = LibvirtPeer.newToken();
        assertThatThrownBy(() -> cloud.create(order(token, List.of(), List.of())))
                .isInstanceOf(CloudException.NoCapacity.class)
                .hasMessage("no host has room for 1 cores and 128 MiB of memory: "
                        + "a has 6 of 8 cores, 3840 of 4096 MiB and 0 of 2 machines free; "
                        + "b has 6 of 8 cores, 3840 of 4096 MiB and 0 of 2 machines free");
        assertThat(cloud.findByToken(token)).isEmpty();
        Capacity full = cloud.describe().capacity();
        assertThat(full.freeCores()).contains(12L);
        assertThat(full.freeMemoryMib()).contains(7680L);
        assertThat(cloud.describe().used().machines()).contains(4L);
    }

    @Test
    void packing_fills_a_host_before_it_takes_the_next() {
        try (Cloud packing = peer.open("placement", "packing")) {
            List<RemoteId> machines = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                machines.add(packing.create(order(LibvirtPeer.newToken(), List.of(), List.of()))
                        .id());
            }
            machines.forEach(id -> awaitState(cloud, id, RemoteState.RUNNING));
            assertThat(machines).extracting(this::hostOf).containsExactly("a", "a", "b");
        }
    }

    @Test
    void a_volume_goes_with_any_machine_and_a_network_stays_at_the_host_of_the_first() {
        List<RemoteId> machines = oneAtEach();
        Volumes volumes = cloud.facet(Volumes.class).orElseThrow();
        RemoteId volume =
                volumes.create(LibvirtPeer.newToken(), "travelling", 8).id();
        for (RemoteId machine : machines) {
            volumes.attach(machine, volume, Optional.empty());
            assertThat(cloud.read(machine).volumes())
                    .extracting(RemoteDisk::volume)
                    .containsExactly(volume);
            cloud.power(machine, PowerAction.POWER_OFF);
            awaitState(cloud, machine, RemoteState.STOPPED);
            volumes.detach(machine, volume);
        }
        volumes.delete(volume);

        Networks networks = cloud.facet(Networks.class).orElseThrow();
        RemoteId network = networks.create(
                        LibvirtPeer.newToken(), "lan", Optional.empty(), Optional.empty(), true, Optional.empty())
                .id();
        NicOrder nic = new NicOrder(LibvirtPeer.newToken(), network, Optional.empty(), Optional.empty());
        networks.attach(machines.getLast(), nic);
        NicOrder other = new NicOrder(LibvirtPeer.newToken(), network, Optional.empty(), Optional.empty());
        assertThatThrownBy(() -> networks.attach(machines.getFirst(), other))
                .isInstanceOf(CloudException.Conflict.class)
                .hasMessageContaining("is at the host b and the machine at a");
        RemoteId third = cloud.create(order(LibvirtPeer.newToken(), List.of(other), List.of()))
                .id();
        assertThat(inSecondBox("virsh list --all --name")).contains(third.value());
        cloud.delete(third);
        cloud.delete(machines.getLast());
        networks.delete(network);
        assertThat(inSecondBox("virsh net-list --all --name")).doesNotContain(network.value());
    }

    @Test
    void a_cloud_that_grows_from_one_uri_to_a_pool_keeps_its_machines_and_controls_them() {
        Token token = LibvirtPeer.newToken();
        RemoteId id;
        try (Cloud single = LibvirtPeer.open(peer.folder())) {
            id = single.create(order(token, List.of(), List.of())).id();
            awaitState(single, id, RemoteState.RUNNING);
        }
        // What a host has may be little where tests run; a pool keeps to it unless it is told what to give.
        try (Cloud grown = peer.open("host-capacity", "a=8/4096/2,b=8/4096/2")) {
            assertThat(grown.recover(Set.of(token)).found()).containsExactly(token);
            assertThat(grown.list()).extracting(RemoteMachine::id).containsExactly(id);
            assertThat(LibvirtPeer.hostOf(grown, id)).isEqualTo("a");
            assertThat(grown.create(order(token, List.of(), List.of())).id()).isEqualTo(id);
            grown.power(id, PowerAction.POWER_OFF);
            awaitState(grown, id, RemoteState.STOPPED);
            grown.power(id, PowerAction.START);
            awaitState(grown, id, RemoteState.RUNNING);
            RemoteId next = grown.create(order(LibvirtPeer.newToken(), List.of(), List.of()))
                    .id();
            awaitState(grown, next, RemoteState.RUNNING);
            assertThat(LibvirtPeer.hostOf(grown, next)).isEqualTo("b");
        }
        try (Cloud shrunk =
                peer.open("hosts", "b=" + LibvirtPeer.required("HANSA_LIBVIRT2_URI"), "host-capacity", "b=8/4096/2")) {
            assertThat(shrunk.findByToken(token)).map(RemoteMachine::state).contains(RemoteState.BUSY);
            assertThat(shrunk.read(id).message()).contains("a is not one of 'hosts' any more");
            assertThatThrownBy(() -> shrunk.delete(id)).isInstanceOf(CloudException.Unavailable.class);
        }
        cloud.delete(id);
        assertThat(cloud.findByToken(token)).isEmpty();
    }

    @Test
    void machines_that_are_apart_stay_so_after_a_restart_of_ours_and_while_a_host_is_down() {
        HostGroup apart = new HostGroup("web", HostGroup.Relation.APART);
        RemoteId first = cloud.facet(HostAffinity.class)
                .orElseThrow()
                .create(order(LibvirtPeer.newToken(), List.of(), List.of()), apart)
                .id();
        awaitState(cloud, first, RemoteState.RUNNING);
        try (Cloud restarted = peer.open()) {
            HostAffinity affinity = restarted.facet(HostAffinity.class).orElseThrow();
            RemoteId second = affinity.create(order(LibvirtPeer.newToken(), List.of(), List.of()), apart)
                    .id();
            awaitState(restarted, second, RemoteState.RUNNING);
            assertThat(hostOf(second)).isNotEqualTo(hostOf(first));
            inSecondBox("touch /run/libvirt/stay-down; kill -9 $(cat /run/libvirt/libvirtd.pid)");
            try {
                assertThatThrownBy(() -> affinity.create(order(LibvirtPeer.newToken(), List.of(), List.of()), apart))
                        .isInstanceOf(CloudException.NoCapacity.class)
                        .hasMessage("each of the 2 hosts has a machine of its group already");
            } finally {
                inSecondBox("rm -f /run/libvirt/stay-down");
            }
            awaitState(restarted, first, RemoteState.RUNNING);
            awaitState(restarted, second, RemoteState.RUNNING);
        }
    }

    @Test
    void a_host_that_is_down_hides_no_machine_and_takes_none_while_the_other_goes_on() {
        List<RemoteId> machines = oneAtEach();
        RemoteId here = machines.getFirst();
        RemoteId there = machines.getLast();
        Token token = cloud.read(there).token().orElseThrow();
        inSecondBox("touch /run/libvirt/stay-down; kill -9 $(cat /run/libvirt/libvirtd.pid)");
        try {
            await().atMost(LibvirtPeer.PATIENCE).until(() -> cloud.read(there).state() == RemoteState.BUSY);
            RemoteMachine lost = cloud.read(there);
            assertThat(lost.message()).contains("the host b does not answer").doesNotContain("\n");
            assertThat(lost.size().memoryMib()).isEqualTo(128);
            assertThat(cloud.list()).extracting(RemoteMachine::id).containsExactlyInAnyOrder(here, there);
            assertThat(cloud.read(here).state()).isEqualTo(RemoteState.RUNNING);
            assertThat(cloud.findByToken(token)).map(RemoteMachine::id).contains(there);
            assertThat(cloud.create(order(token, List.of(), List.of())).id()).isEqualTo(there);
            assertThat(cloud.describe().capacity().totalCores()).contains(8L);
            assertThatThrownBy(() -> cloud.power(there, PowerAction.POWER_OFF))
                    .isInstanceOf(CloudException.Unavailable.class);

            RemoteId more = create().id();
            awaitState(cloud, more, RemoteState.RUNNING);
            assertThat(hostOf(more)).isEqualTo("a");
            cloud.power(here, PowerAction.POWER_OFF);
            awaitState(cloud, here, RemoteState.STOPPED);
            cloud.delete(more);

            try (Cloud restarted = peer.open()) {
                Cloud.Recovery recovery = restarted.recover(Set.of(token));
                assertThat(recovery.found()).containsExactly(token);
                assertThat(restarted.read(there).state()).isEqualTo(RemoteState.BUSY);
                assertThat(restarted.list()).extracting(RemoteMachine::id).containsExactlyInAnyOrder(here, there);
            }
        } finally {
            inSecondBox("rm -f /run/libvirt/stay-down");
        }
        awaitState(cloud, there, RemoteState.RUNNING);
        cloud.delete(there);
        assertThat(cloud.findByToken(token)).isEmpty();
    }

    @Test
    void a_host_that_hangs_costs_its_time_limit_once_and_then_nothing() {
        List<RemoteId> machines = oneAtEach();
        inSecondBox("kill -STOP $(cat /run/libvirt/libvirtd.pid)");
        try {
            List<RemoteMachine> first = cloud.list();
            assertThat(first)
                    .filteredOn(m -> m.id().equals(machines.getFirst()))
                    .extracting(RemoteMachine::state)
                    .containsExactly(RemoteState.RUNNING);
            assertThat(first)
                    .filteredOn(m -> m.id().equals(machines.getLast()))
                    .extracting(RemoteMachine::state, RemoteMachine::message)
                    .first()
                    .satisfies(shown ->
                            assertThat(shown.toString()).contains("BUSY").contains("within 15 s"));
            awaitState(cloud, create().id(), RemoteState.RUNNING);
        } finally {
            inSecondBox("kill -CONT $(cat /run/libvirt/libvirtd.pid)");
        }
        awaitState(cloud, machines.getLast(), RemoteState.RUNNING);
    }
}
