package hansa.federation.compute;

import static hansa.federation.Installation.ALICE;
import static hansa.federation.Installation.OPERATOR;
import static hansa.federation.Installation.SIM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.cloud.RemoteMachine;
import hansa.federation.Installation;
import hansa.federation.MovedClock;
import hansa.federation.TamperedCloud;
import hansa.federation.compute.MachineAction.StopMethod;
import hansa.federation.compute.UsageLine.Standing;
import hansa.federation.images.ImageId;
import hansa.federation.sites.CloudEntry;
import hansa.federation.sites.CloudSettings;
import hansa.federation.sites.CloudSettings.Existing;
import hansa.federation.sites.FlavourId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A clock that is off, the cloud's or our own, harms no machine. */
class WrongClockTest {

    @TempDir
    Path folder;

    private final AtomicInteger watches = new AtomicInteger();

    private Installation.Builder watched() {
        return Installation.on(folder)
                .observeEvery(Duration.ofMillis(100))
                .wrappedCloud(cloud -> new TamperedCloud(cloud, (verb, answer) -> {
                    if (verb.equals("list")) {
                        watches.incrementAndGet();
                    }
                    return answer.get();
                }));
    }

    private static Machine create(Installation node) {
        MachineId id = node.federation()
                .machines()
                .create(ALICE, NewMachine.of("one", new ImageId("tiny"), new FlavourId("small")))
                .id();
        return awaited(node, id, MachineState.ACTIVE);
    }

    private static Machine awaited(Installation node, MachineId id, MachineState state) {
        return await().atMost(Duration.ofSeconds(20))
                .until(() -> node.federation().machines().get(ALICE, id), machine -> machine.state() == state);
    }

    private static void delete(Installation node, MachineId id) {
        node.federation().machines().delete(ALICE, id);
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        node.federation().machines().getAll(ALICE, List.of(id)).isEmpty());
    }

    private void awaitWatches(int more) {
        int seen = watches.get();
        await().atMost(Duration.ofSeconds(20)).until(() -> watches.get() >= seen + more);
    }

    private static CloudEntry entry(Installation node) {
        return node.federation().sites().clouds(OPERATOR).getFirst();
    }

    @ParameterizedTest
    @ValueSource(ints = {-5, 5, 24 * 400})
    void a_cloud_whose_clock_is_hours_off_keeps_its_machines_and_says_so(int hours) {
        Instant before = Instant.now();
        try (Installation node =
                watched().cloudClock(new MovedClock(Duration.ofHours(hours))).start()) {
            Machine one = create(node);
            Machine two = create(node);
            awaitWatches(3);
            assertThat(node.cloud(SIM).list()).hasSize(2);
            for (Machine machine : List.of(one, two)) {
                Machine now = node.federation().machines().get(ALICE, machine.id());
                assertThat(now.state()).isEqualTo(MachineState.ACTIVE);
                assertThat(now.message()).isEmpty();
                assertThat(List.of(now.created(), now.changed(), now.observed()))
                        .allSatisfy(stamp -> assertThat(stamp).isBetween(before, Instant.now()));
            }
            Duration skew = entry(node).skew().orElseThrow();
            assertThat(skew.minusHours(hours).abs()).isLessThan(Duration.ofMinutes(1));
            assertThat(entry(node).warning().orElseThrow()).contains(hours < 0 ? " behind ours" : " ahead of ours");
            assertThat(node.meters().get("hansa.cloud.clock.skew").gauge().value())
                    .isEqualTo(skew.toSeconds());
            delete(node, two.id());
            assertThat(node.cloud(SIM).list()).hasSize(1);
            assertThat(node.federation().cloudUsage().report(OPERATOR, SIM, Optional.empty(), Optional.empty()))
                    .satisfies(report -> {
                        assertThat(report.skew()).contains(skew);
                        assertThat(report.lines())
                                .extracting(UsageLine::standing)
                                .containsExactlyInAnyOrder(Standing.KNOWN, Standing.DELETED);
                        assertThat(report.lines())
                                .allSatisfy(line -> assertThat(
                                                line.began().orElseThrow().minusSeconds(skew.toSeconds()))
                                        .isBetween(
                                                before.minusSeconds(60),
                                                Instant.now().plusSeconds(60)));
                    });
        }
    }

    @Test
    void clocks_that_agree_say_nothing() {
        try (Installation node = watched().start()) {
            create(node);
            assertThat(entry(node).skew()).isEmpty();
            assertThat(entry(node).warning()).isEmpty();
        }
    }

    @Test
    void a_machine_that_is_adopted_from_the_future_was_made_now() {
        try (Installation node = watched()
                .cloud("sim", Map.of("existing-machines", "1"))
                .cloudSettings(new CloudSettings(Optional.empty(), Optional.empty(), Existing.ADOPT))
                .cloudClock(new MovedClock(Duration.ofHours(5)))
                .start()) {
            ExistingMachine found = await().atMost(Duration.ofSeconds(15))
                    .until(() -> node.federation().existingMachines().list(OPERATOR, SIM), all -> !all.isEmpty())
                    .getFirst();
            Machine adopted = node.federation()
                    .existingMachines()
                    .adopt(
                            OPERATOR,
                            SIM,
                            new NewAdoption(found.id(), Optional.of(ALICE.id()), Optional.empty(), Optional.empty()));
            assertThat(adopted.created()).isBeforeOrEqualTo(Instant.now());
            awaited(node, adopted.id(), MachineState.ACTIVE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 24})
    void when_our_own_clock_is_set_machines_stay_and_work_goes_on(int hours) {
        MovedClock clock = new MovedClock(Duration.ZERO);
        try (Installation node = watched().clock(clock).start()) {
            Machine before = create(node);
            Machine other = create(node);
            List<RemoteMachine> there = node.cloud(SIM).list();
            awaitWatches(1);
            clock.set(Duration.ofHours(hours));
            awaitWatches(3);
            assertThat(node.cloud(SIM).list()).isEqualTo(there);
            assertThat(node.federation().machines().get(ALICE, before.id()).state())
                    .isEqualTo(MachineState.ACTIVE);
            assertThat(node.federation().machines().get(ALICE, before.id()).message())
                    .isEmpty();
            node.federation().machines().act(ALICE, before.id(), new MachineAction.Stop(StopMethod.GRACEFUL));
            awaited(node, before.id(), MachineState.INACTIVE);
            Machine after = create(node);
            assertThat(node.cloud(SIM).list()).hasSize(3);
            delete(node, other.id());
            clock.set(Duration.ofHours(-hours));
            awaitWatches(3);
            assertThat(node.cloud(SIM).list()).hasSize(2);
            assertThat(node.federation().machines().get(ALICE, after.id()).state())
                    .isEqualTo(MachineState.ACTIVE);
            assertThat(node.federation().machines().explain(ALICE, before.id()))
                    .as("the plan by which it was placed")
                    .isNotNull();
        }
    }

    /** What comes to light late is still known to be deleted after the clock was set forward and back. */
    @Test
    void a_stray_of_a_deleted_machine_is_found_by_its_tombstone_whatever_the_clock_did() {
        MovedClock clock = new MovedClock(Duration.ZERO);
        try (Installation node = watched().clock(clock).start()) {
            Machine gone = create(node);
            RemoteMachine remote = node.cloud(SIM).list().getFirst();
            delete(node, gone.id());
            clock.set(Duration.ofDays(1));
            awaitWatches(2);
            clock.set(Duration.ofDays(-1).minusHours(1));
            awaitWatches(2);
            node.cloud(SIM)
                    .create(new hansa.cloud.MachineOrder(
                            remote.token().orElseThrow(),
                            "stray",
                            new hansa.cloud.RemoteId("tiny"),
                            remote.size(),
                            Optional.empty(),
                            hansa.cloud.BootContext.EMPTY,
                            List.of(),
                            List.of()));
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> node.cloud(SIM).list().isEmpty());
        }
    }
}
