package hansa.drivers.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteState;
import hansa.cloud.Snapshots;
import hansa.cloud.Token;
import hansa.cloud.VolumeCopies;
import hansa.cloud.Volumes;
import hansa.drivers.ec2.StubEndpoint.Mishap;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Machines that return to how their root disk was. */
final class SnapshotsTest {

    private static final Token POINT = new Token("point");

    private final StubEndpoint server = Fixtures.serve();

    @AfterEach
    void stop() {
        server.close();
    }

    private static Snapshots snapshots(Cloud cloud) {
        return cloud.facet(Snapshots.class).orElseThrow();
    }

    private static RemoteId running(Cloud cloud) {
        return running(cloud, "m");
    }

    private static RemoteId running(Cloud cloud, String token) {
        RemoteId machine = cloud.create(Fixtures.order(token)).id();
        Fixtures.waitFor(cloud, machine, RemoteState.RUNNING);
        return machine;
    }

    private static RemoteId take(Cloud cloud, RemoteId machine) {
        return snapshots(cloud).create(machine, POINT, "before").id();
    }

    private Set<String> volumes() {
        return server.stub().volumes.all.keySet();
    }

    private static void eventually(String what, Runnable trial) {
        Awaitility.await(what)
                .atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Fixtures.STEP)
                .untilAsserted(trial::run);
    }

    @Test
    void a_running_machine_gets_another_root_disk_and_keeps_everything_else() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            Volumes data = cloud.facet(Volumes.class).orElseThrow();
            RemoteId volume = data.create(new Token("v"), "v", 1_024).id();
            RemoteId machine = running(cloud);
            data.attach(machine, volume, Optional.empty());
            RemoteId point = take(cloud, machine);
            String before = Optional.ofNullable(server.stub().instances.all.get(machine.value()))
                    .orElseThrow()
                    .rootVolume;
            snapshots(cloud).revert(machine, point);
            snapshots(cloud).revert(machine, point);
            Fixtures.waitFor(cloud, machine, RemoteState.BUSY);
            assertThat(Fixtures.waitFor(cloud, machine, RemoteState.RUNNING).volumes())
                    .extracting(RemoteDisk::volume)
                    .containsExactly(volume);
            assertThat(volumes()).hasSize(2).contains(volume.value()).doesNotContain(before);
            assertThat(cloud.facet(VolumeCopies.class).orElseThrow().list()).isEmpty();
            assertThat(data.list()).hasSize(1);

            cloud.delete(machine);
            eventually("the disk and the point go with the machine", () -> {
                assertThat(cloud.list()).isEmpty();
                assertThat(volumes()).containsExactly(volume.value());
                assertThat(server.stub().volumes.snapshots).isEmpty();
            });
        }
    }

    @Test
    void wherever_a_node_stops_the_next_one_brings_the_machine_back() {
        for (int calls = 0; calls < 14; calls += 2) {
            try (StubEndpoint fresh = new StubEndpoint(new Stub(Duration.ofMillis(5), 0))) {
                RemoteId machine;
                try (Cloud cloud = Fixtures.open(fresh.url(), Map.of())) {
                    machine = running(cloud);
                    RemoteId point = take(cloud, machine);
                    AtomicInteger left = new AtomicInteger(3 + calls);
                    fresh.happen(_ -> left.getAndDecrement() > 0 ? Mishap.NONE : Mishap.LOST_AFTER);
                    try {
                        snapshots(cloud).revert(machine, point);
                        eventually(
                                "nothing more to be answered",
                                () -> assertThat(left.get()).isNegative());
                    } catch (CloudException.Unavailable e) {
                        assertThat(e.text()).isNotBlank();
                    }
                }
                fresh.happen(_ -> Mishap.NONE);
                try (Cloud again = Fixtures.open(fresh.url(), Map.of())) {
                    again.recover(Set.of(new Token("m")));
                    RemoteId point = snapshots(again).list(machine).getFirst().id();
                    if (again.read(machine).state() == RemoteState.RUNNING) {
                        snapshots(again).revert(machine, point);
                    }
                    eventually("the machine is back after " + calls + " calls", () -> {
                        assertThat(again.read(machine).state()).isEqualTo(RemoteState.RUNNING);
                        assertThat(fresh.stub().volumes.all).hasSize(1);
                    });
                    again.delete(machine);
                    eventually("nothing is left after " + calls + " calls", () -> {
                        assertThat(again.list()).isEmpty();
                        assertThat(fresh.stub().volumes.all).isEmpty();
                        assertThat(fresh.stub().volumes.snapshots).isEmpty();
                    });
                }
            }
        }
    }

    @Test
    void a_machine_that_is_deleted_on_its_way_back_leaves_nothing() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            for (int looks = 0; looks < 4; looks++) {
                RemoteId machine = running(cloud, "m" + looks);
                RemoteId point = take(cloud, machine);
                snapshots(cloud).revert(machine, point);
                for (int i = 0; i < looks * 3; i++) {
                    assertThat(cloud.read(machine).id()).isEqualTo(machine);
                }
                cloud.delete(machine);
                eventually("nothing is left after " + looks + " looks", () -> {
                    assertThat(cloud.list()).isEmpty();
                    assertThat(volumes()).isEmpty();
                    assertThat(server.stub().volumes.snapshots).isEmpty();
                });
            }
        }
    }

    @Test
    void points_of_machines_that_went_behind_our_back_go_at_the_next_start() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            RemoteId machine = running(cloud);
            take(cloud, machine);
            cloud.recover(Set.of());
            assertThat(server.stub().volumes.snapshots).hasSize(1);
            server.stub().instances.terminateBehindOurBack(machine.value());
            eventually("the machine is gone", () -> assertThat(cloud.list()).isEmpty());
            cloud.recover(Set.of());
            assertThat(server.stub().volumes.snapshots).isEmpty();
        }
    }

    @Test
    void what_cannot_return_is_refused_and_stays_as_it_is() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of("market", "spot"))) {
            RemoteId machine = running(cloud);
            RemoteId point = take(cloud, machine);
            assertThatThrownBy(() -> snapshots(cloud).revert(machine, point))
                    .isInstanceOf(CloudException.Conflict.class)
                    .hasMessageContaining("spot");
            assertThatThrownBy(() -> snapshots(cloud).revert(machine, new RemoteId("snap-00000000000000001")))
                    .isInstanceOf(CloudException.NotFound.class);
            assertThat(cloud.read(machine).state()).isEqualTo(RemoteState.RUNNING);
        }
        try (StubEndpoint slow = new StubEndpoint(new Stub(Duration.ofHours(1), 0));
                Cloud cloud = Fixtures.open(slow.url(), Map.of())) {
            RemoteId machine = cloud.create(Fixtures.order("m")).id();
            assertThatThrownBy(() -> take(cloud, machine)).isInstanceOf(CloudException.Conflict.class);
        }
    }

    @Test
    void a_point_that_a_machine_is_returning_to_is_not_deleted() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            RemoteId machine = running(cloud);
            RemoteId point = take(cloud, machine);
            cloud.power(machine, PowerAction.POWER_OFF);
            Fixtures.waitFor(cloud, machine, RemoteState.STOPPED);
            server.happen(action -> action.equals("CreateVolume") ? Mishap.ERROR_500 : Mishap.NONE);
            snapshots(cloud).revert(machine, point);
            assertThatThrownBy(() -> snapshots(cloud).delete(machine, point))
                    .isInstanceOf(CloudException.Conflict.class);
            server.happen(_ -> Mishap.NONE);
            Fixtures.waitFor(cloud, machine, RemoteState.RUNNING);
            snapshots(cloud).delete(machine, point);
            assertThat(snapshots(cloud).list(machine)).isEqualTo(List.of());
        }
    }
}
