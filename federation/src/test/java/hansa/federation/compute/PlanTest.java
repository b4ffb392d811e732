package hansa.federation.compute;

import static hansa.federation.compute.Samples.DISK;
import static hansa.federation.compute.Samples.LARGE;
import static hansa.federation.compute.Samples.NIC;
import static hansa.federation.compute.Samples.VOLUME;
import static hansa.federation.compute.Samples.remote;
import static hansa.federation.compute.Samples.remoteNic;
import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.PowerAction;
import hansa.cloud.RemoteDisk;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.cloud.Token;
import hansa.federation.compute.MachineWork.Capture;
import hansa.federation.compute.MachineWork.Stage;
import hansa.federation.images.ImageId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PlanTest {

    private static Step next(Consumer<MachineEdit> wanted, Optional<RemoteMachine> seen) {
        return next(wanted, seen, false, Set.of());
    }

    private static Step next(
            Consumer<MachineEdit> wanted, Optional<RemoteMachine> seen, boolean needsStop, Set<LinkId> waiting) {
        Row<Machine, MachineWork> row = Samples.row(wanted);
        return Plan.next(row.resource(), row.work(), seen, needsStop, waiting);
    }

    private static Consumer<MachineEdit> wish(Desired desired) {
        return edit -> {
            edit.desired = desired;
            edit.open = true;
        };
    }

    @Test
    void makesWhatIsWantedAndNotThere() {
        assertThat(next(edit -> edit.stage = Stage.WANTED, Optional.empty())).isEqualTo(new Step.Create());
    }

    @ParameterizedTest
    @EnumSource(
            value = Stage.class,
            names = {"MADE", "GIVEN_UP", "LOST"})
    void makesNothingTwice(Stage stage) {
        assertThat(next(edit -> edit.stage = stage, Optional.empty())).isEqualTo(new Step.Rest());
    }

    @ParameterizedTest
    @EnumSource(RemoteState.class)
    void deletesWhatIsToBeDeletedInAnyState(RemoteState state) {
        assertThat(next(wish(Desired.DELETED), Optional.of(remote(state)))).isEqualTo(new Step.Delete());
    }

    @Test
    void forgetsWhatIsDeletedAndGone() {
        assertThat(next(wish(Desired.DELETED), Optional.empty())).isEqualTo(new Step.Forget());
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, STOPPED, START",
        "RUNNING, FAILED, START",
        "RUNNING, PAUSED, RESUME",
        "RUNNING, SAVED, RESUME",
        "STOPPED, RUNNING, SHUTDOWN",
        "STOPPED, PAUSED, POWER_OFF",
        "STOPPED, SAVED, POWER_OFF",
        "SUSPENDED, RUNNING, PAUSE",
        "SUSPENDED, STOPPED, START"
    })
    void bringsTheWantedPowerStateAbout(Desired desired, RemoteState state, PowerAction action) {
        assertThat(next(wish(desired), Optional.of(remote(state)))).isEqualTo(new Step.Power(action));
    }

    @ParameterizedTest
    @CsvSource({
        "RUNNING, RUNNING",
        "STOPPED, STOPPED",
        "STOPPED, FAILED",
        "SUSPENDED, PAUSED",
        "SUSPENDED, SAVED",
        "SUSPENDED, FAILED"
    })
    void restsWhenThereIsNothingToDo(Desired desired, RemoteState state) {
        assertThat(next(wish(desired), Optional.of(remote(state)))).isEqualTo(new Step.Rest());
    }

    @ParameterizedTest
    @EnumSource(
            value = RemoteState.class,
            names = {"BUILDING", "BUSY"})
    void leavesABusyMachineAlone(RemoteState state) {
        assertThat(next(wish(Desired.STOPPED), Optional.of(remote(state)))).isEqualTo(new Step.Await());
    }

    @Test
    void doesNotUndoWhatHappenedWithoutAWish() {
        assertThat(next(edit -> edit.open = false, Optional.of(remote(RemoteState.STOPPED))))
                .isEqualTo(new Step.Rest());
    }

    @Test
    void takesTheWayThatTheOwnerChose() {
        assertThat(next(
                        edit -> {
                            wish(Desired.STOPPED).accept(edit);
                            edit.by = Optional.of(PowerAction.POWER_OFF);
                        },
                        Optional.of(remote(RemoteState.RUNNING))))
                .isEqualTo(new Step.Power(PowerAction.POWER_OFF));
    }

    @Test
    void restartsARunningMachineOnly() {
        Consumer<MachineEdit> restart = edit -> {
            wish(Desired.RUNNING).accept(edit);
            edit.restart = Optional.of(PowerAction.RESET);
        };
        assertThat(next(restart, Optional.of(remote(RemoteState.RUNNING))))
                .isEqualTo(new Step.Restart(PowerAction.RESET));
        assertThat(next(restart, Optional.of(remote(RemoteState.STOPPED))))
                .isEqualTo(new Step.Power(PowerAction.START));
    }

    @Test
    void stopsForAResizeWhereTheCloudNeedsIt() {
        Consumer<MachineEdit> resize = edit -> {
            edit.size = LARGE;
            edit.open = true;
        };
        assertThat(next(resize, Optional.of(remote(RemoteState.RUNNING)), true, Set.of()))
                .isEqualTo(new Step.Power(PowerAction.SHUTDOWN));
        assertThat(next(resize, Optional.of(remote(RemoteState.STOPPED)), true, Set.of()))
                .isEqualTo(new Step.Resize());
        assertThat(next(resize, Optional.of(remote(RemoteState.RUNNING)), false, Set.of()))
                .isEqualTo(new Step.Resize());
    }

    @Test
    void plugsAndUnplugs() {
        assertThat(next(edit -> Samples.nic(edit, LinkState.PENDING), Optional.of(remote(RemoteState.RUNNING))))
                .isEqualTo(new Step.PlugNic(NIC));
        assertThat(next(edit -> Samples.disk(edit, LinkState.PENDING), Optional.of(remote(RemoteState.RUNNING))))
                .isEqualTo(new Step.PlugVolume(DISK));
        assertThat(next(
                        edit -> Samples.nic(edit, LinkState.DELETING),
                        Optional.of(remote(RemoteState.RUNNING, "", List.of(remoteNic("t-nic")), List.of()))))
                .isEqualTo(new Step.UnplugNic(NIC, new RemoteId("n-t-nic")));
        assertThat(next(
                        edit -> Samples.disk(edit, LinkState.DELETING),
                        Optional.of(remote(
                                RemoteState.RUNNING, "", List.of(), List.of(new RemoteDisk(VOLUME, "/dev/vdb"))))))
                .isEqualTo(new Step.UnplugVolume(DISK, VOLUME));
        assertThat(next(edit -> Samples.disk(edit, LinkState.DELETING), Optional.of(remote(RemoteState.RUNNING))))
                .isEqualTo(new Step.DropLink(DISK));
    }

    @Test
    void doesOtherThingsWhileALinkWaits() {
        Consumer<MachineEdit> both = edit -> {
            Samples.disk(edit, LinkState.PENDING);
            wish(Desired.STOPPED).accept(edit);
        };
        assertThat(next(both, Optional.of(remote(RemoteState.RUNNING)), false, Set.of(DISK)))
                .isEqualTo(new Step.Power(PowerAction.SHUTDOWN));
    }

    @Test
    void savesAtOnceOrWhenItDoesNotRun() {
        Capture hot = new Capture(new ImageId("hot"), new Token("t"), "hot", true);
        Capture deferred = new Capture(new ImageId("deferred"), new Token("t"), "deferred", false);
        assertThat(next(edit -> edit.captures.add(hot), Optional.of(remote(RemoteState.RUNNING))))
                .isEqualTo(new Step.Capture(hot));
        assertThat(next(edit -> edit.captures.add(deferred), Optional.of(remote(RemoteState.RUNNING))))
                .isEqualTo(new Step.Rest());
        assertThat(next(edit -> edit.captures.add(deferred), Optional.of(remote(RemoteState.STOPPED))))
                .isEqualTo(new Step.Capture(deferred));
    }

    @Test
    void savesBeforeItDeletes() {
        Capture deferred = new Capture(new ImageId("deferred"), new Token("t"), "deferred", false);
        Consumer<MachineEdit> wanted = edit -> {
            wish(Desired.DELETED).accept(edit);
            edit.captures.add(deferred);
        };
        assertThat(next(wanted, Optional.of(remote(RemoteState.RUNNING))))
                .isEqualTo(new Step.Power(PowerAction.SHUTDOWN));
        assertThat(next(wanted, Optional.of(remote(RemoteState.STOPPED)))).isEqualTo(new Step.Capture(deferred));
        assertThat(next(wanted, Optional.of(remote(RemoteState.FAILED)))).isEqualTo(new Step.Delete());
    }
}
