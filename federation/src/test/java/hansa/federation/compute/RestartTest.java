package hansa.federation.compute;

import static hansa.federation.Installation.ALICE;
import static hansa.federation.compute.Samples.NOW;
import static hansa.federation.compute.Samples.remote;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.cloud.PowerAction;
import hansa.cloud.RemoteState;
import hansa.federation.Installation;
import hansa.federation.compute.MachineAction.RestartMethod;
import hansa.federation.compute.MachineAction.StopMethod;
import hansa.federation.images.ImageId;
import hansa.federation.sites.FlavourId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A restart can be told from a machine that merely runs on: while it is under way, and when it is done. */
class RestartTest {

    private static final MachineId ID = new MachineId("web");
    private static final String BOOTED = "Simulated machine, started";

    @TempDir
    Path folder;

    private static Row<Machine, MachineWork> seen(Row<Machine, MachineWork> row, RemoteState state) {
        MachineEdit edit = new MachineEdit(row);
        new Observation(edit, _ -> Optional.empty(), NOW).seen(Optional.of(remote(state)));
        return edit.build(NOW);
    }

    private static Machine awaited(Installation node, Predicate<Machine> condition) {
        return await().atMost(Duration.ofSeconds(15))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> node.federation().machines().get(ALICE, ID), condition);
    }

    private static Machine running(Installation node) {
        node.federation()
                .machines()
                .create(
                        ALICE,
                        NewMachine.of("web", new ImageId("tiny"), new FlavourId("small"))
                                .withId(ID));
        return awaited(node, machine -> machine.state() == MachineState.ACTIVE);
    }

    private static Machine restart(Installation node) {
        return node.federation()
                .machines()
                .act(ALICE, ID, new MachineAction.Restart(RestartMethod.GRACEFUL))
                .machine();
    }

    private static long boots(Installation node) {
        String console = new String(node.federation()
                .machines()
                .console(ALICE, ID, 0, 64 * 1024)
                .content()
                .toArray());
        return console.lines().filter(line -> line.contains(BOOTED)).count();
    }

    @Test
    void isDoneWhenTheCloudTookItAndTheMachineRunsAgain() {
        Row<Machine, MachineWork> asked = Samples.row(edit -> {
            edit.open = true;
            edit.restart = Optional.of(PowerAction.REBOOT);
            edit.restartAsked = Optional.of(NOW);
        });
        Row<Machine, MachineWork> before = seen(asked, RemoteState.RUNNING);
        assertThat(before.resource().restartAsked()).contains(NOW);
        assertThat(before.resource().restarted()).isEmpty();

        MachineEdit taken = new MachineEdit(before);
        taken.restart = Optional.empty();
        Row<Machine, MachineWork> busy = seen(taken.build(NOW), RemoteState.BUSY);
        assertThat(busy.resource().restartAsked()).contains(NOW);

        Machine done = seen(busy, RemoteState.RUNNING).resource();
        assertThat(done.restartAsked()).isEmpty();
        assertThat(done.restarted()).contains(NOW);
        assertThat(done.generation()).isGreaterThan(busy.resource().generation());
    }

    @Test
    void isSeenUntilTheGuestHasBootedAgain() {
        try (Installation node =
                Installation.on(folder).cloud("sim", Map.of("latency", "300ms")).start()) {
            Machine first = running(node);
            assertThat(first.restarted()).isEmpty();
            assertThat(boots(node)).isEqualTo(1);
            Machine asked = restart(node);
            assertThat(asked.state()).isEqualTo(MachineState.ACTIVE);
            Instant since = asked.restartAsked().orElseThrow();
            assertThat(node.federation().machines().get(ALICE, ID).restartAsked())
                    .contains(since);
            Machine done = awaited(node, machine -> machine.restartAsked().isEmpty());
            assertThat(boots(node)).isEqualTo(2);
            assertThat(done.restarted().orElseThrow()).isAfter(since);
            assertThat(done.state()).isEqualTo(MachineState.ACTIVE);
        }
    }

    @Test
    void isGivenUpWithAReasonAndWithoutHavingHappened() {
        try (Installation node = Installation.on(folder)
                .faults("on power always: refuse invalid \"no such button\"")
                .start()) {
            running(node);
            restart(node);
            Machine refused = awaited(node, machine -> machine.restartAsked().isEmpty());
            assertThat(refused.restarted()).isEmpty();
            assertThat(refused.message())
                    .isEqualTo("It could not be restarted: the cloud 'sim' refuses: no such button.");
            assertThat(boots(node)).isEqualTo(1);
        }
    }

    @Test
    void isNotWaitedForWhenSomethingElseIsWanted() {
        try (Installation node = Installation.on(folder)
                .faults("on power first 1: error \"not now\"")
                .start()) {
            running(node);
            restart(node);
            Machine stopping = node.federation()
                    .machines()
                    .act(ALICE, ID, new MachineAction.Stop(StopMethod.POWEROFF))
                    .machine();
            assertThat(stopping.restartAsked()).isEmpty();
            assertThat(awaited(node, machine -> machine.state() == MachineState.INACTIVE)
                            .restartAsked())
                    .isEmpty();
        }
    }

    @Test
    void machinesThatWereStoredBeforeRestartsWereKeptAreRead() {
        MachineShape shape = new MachineShape();
        Machine machine = Samples.row(_ -> {}).resource();
        String stored = shape.resources().write(machine);
        assertThat(stored).doesNotContain("restart");
        assertThat(shape.resources().read(stored)).isEqualTo(machine);
    }
}
