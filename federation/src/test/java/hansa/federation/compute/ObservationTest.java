package hansa.federation.compute;

import static hansa.federation.compute.Samples.NOW;
import static hansa.federation.compute.Samples.remote;
import static hansa.federation.compute.Samples.remoteNic;
import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.CloudName;
import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.federation.compute.MachineWork.Stage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObservationTest {

    private static final Network PRIVATE = new Network(
            new NetworkId("private"),
            Optional.empty(),
            Optional.empty(),
            new CloudName("sim"),
            "private",
            "",
            "",
            Optional.empty(),
            Optional.of("10.0.0.0/24"),
            Optional.of("10.0.0.1"),
            Allocation.DYNAMIC,
            false,
            NetworkState.ACTIVE,
            "",
            Set.of(),
            NOW,
            NOW,
            NOW,
            1);

    private static Row<Machine, MachineWork> seen(Row<Machine, MachineWork> row, Optional<RemoteMachine> remote) {
        MachineEdit edit = new MachineEdit(row);
        new Observation(edit, _ -> Optional.of(PRIVATE), NOW).seen(remote);
        return edit.build(NOW);
    }

    private static Machine seen(Consumer<MachineEdit> before, RemoteMachine remote) {
        return seen(Samples.row(before), Optional.of(remote)).resource();
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, ACTIVE",
        "STOPPED, INACTIVE",
        "PAUSED, SUSPENDED",
        "SAVED, SUSPENDED",
        "FAILED, ERROR",
        "BUILDING, PENDING",
        "BUSY, PENDING"
    })
    void showsWhatTheCloudShows(RemoteState remote, MachineState state) {
        Consumer<MachineEdit> fresh = edit -> {
            edit.state = MachineState.PENDING;
            edit.stage = Stage.WANTED;
            edit.open = true;
        };
        assertThat(seen(fresh, remote(remote)).state()).isEqualTo(state);
    }

    @Test
    void changesNothingWhenNothingChanged() {
        Row<Machine, MachineWork> once = seen(Samples.row(_ -> {}), Optional.of(remote(RemoteState.RUNNING)));
        assertThat(seen(once, Optional.of(remote(RemoteState.RUNNING)))).isSameAs(once);
    }

    @Test
    void takesAStopFromOutsideAsItIs() {
        Machine machine = seen(_ -> {}, remote(RemoteState.STOPPED));
        assertThat(machine.state()).isEqualTo(MachineState.INACTIVE);
        assertThat(machine.desired()).isEqualTo(Desired.STOPPED);
        assertThat(machine.message()).isEqualTo("It was stopped outside of Hansa.");
    }

    @Test
    void keepsAWishThatIsNotReachedYet() {
        Row<Machine, MachineWork> row = seen(
                Samples.row(edit -> {
                    edit.desired = Desired.STOPPED;
                    edit.open = true;
                }),
                Optional.of(remote(RemoteState.RUNNING)));
        assertThat(row.resource().desired()).isEqualTo(Desired.STOPPED);
        assertThat(row.work().open()).isTrue();
        assertThat(seen(row, Optional.of(remote(RemoteState.STOPPED))).work().open())
                .isFalse();
    }

    @Test
    void saysWhyAMachineDied() {
        Machine machine = seen(_ -> {}, remote(RemoteState.FAILED, "host is on fire", List.of(), List.of()));
        assertThat(machine.state()).isEqualTo(MachineState.ERROR);
        assertThat(machine.message()).isEqualTo("It failed at its cloud: host is on fire");
    }

    @Test
    void aDeadMachineWaitsForANewWish() {
        Row<Machine, MachineWork> row = seen(
                Samples.row(edit -> {
                    edit.open = true;
                    edit.state = MachineState.PENDING;
                }),
                Optional.of(remote(RemoteState.FAILED)));
        assertThat(row.work().open()).isFalse();
    }

    @Test
    void saysThatAMachineDisappeared() {
        Row<Machine, MachineWork> row = seen(Samples.row(_ -> {}), Optional.empty());
        assertThat(row.resource().state()).isEqualTo(MachineState.ERROR);
        assertThat(row.resource().message())
                .contains("disappeared from the cloud 'sim'")
                .contains("start");
        assertThat(row.work().stage()).isEqualTo(Stage.LOST);
        assertThat(row.work().remote()).isEmpty();
    }

    @Test
    void aMachineThatWasNeverSeenIsNotLost() {
        Row<Machine, MachineWork> row = Samples.row(edit -> edit.stage = Stage.WANTED);
        assertThat(seen(row, Optional.empty())).isSameAs(row);
    }

    @Test
    void fillsInWhatTheCloudGaveToAnInterface() {
        Machine machine = seen(
                edit -> Samples.nic(edit, LinkState.PENDING),
                remote(RemoteState.RUNNING, "", List.of(remoteNic("t-nic")), List.of()));
        assertThat(machine.nics()).singleElement().satisfies(nic -> {
            assertThat(nic.state()).isEqualTo(LinkState.ACTIVE);
            assertThat(nic.device()).isEqualTo("eth0");
            assertThat(nic.mac()).isEqualTo("52:54:00:00:00:01");
            assertThat(nic.addresses()).containsExactly("10.0.0.5");
            assertThat(nic.gateway()).contains("10.0.0.1");
        });
    }

    @Test
    void showsAnInterfaceThatTheCloudAddedAndForgetsItWithTheCloud() {
        Row<Machine, MachineWork> with = seen(
                Samples.row(_ -> {}),
                Optional.of(remote(RemoteState.RUNNING, "", List.of(remoteNic("other")), List.of())));
        assertThat(with.resource().nics())
                .singleElement()
                .satisfies(nic -> assertThat(nic.network()).isEqualTo(new NetworkId("private")));
        assertThat(seen(with, Optional.of(remote(RemoteState.RUNNING)))
                        .resource()
                        .nics())
                .isEmpty();
    }

    @Test
    void saysThatSomethingWasUnpluggedOutside() {
        Machine machine = seen(
                edit -> {
                    Samples.nic(edit, LinkState.ACTIVE);
                    Samples.disk(edit, LinkState.ACTIVE);
                },
                remote(RemoteState.RUNNING));
        assertThat(machine.nics()).allMatch(nic -> nic.state() == LinkState.ERROR);
        assertThat(machine.volumes()).allMatch(link -> link.message().contains("outside"));
    }

    @Test
    void knowsADiskByItsVolume() {
        Machine machine = seen(
                edit -> Samples.disk(edit, LinkState.PENDING),
                remote(RemoteState.STOPPED, "", List.of(), List.of(new RemoteDisk(Samples.VOLUME, "/dev/vdc"))));
        assertThat(machine.volumes()).singleElement().satisfies(link -> {
            assertThat(link.device()).isEqualTo("/dev/vdc");
            assertThat(link.state()).isEqualTo(LinkState.INACTIVE);
        });
    }
}
