package hansa.federation.compute;

import static hansa.federation.Installation.ALICE;
import static hansa.federation.Installation.SIM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.cloud.PowerAction;
import hansa.cloud.RemoteMachine;
import hansa.federation.Installation;
import hansa.federation.TamperedCloud;
import hansa.federation.images.ImageId;
import hansa.federation.sites.FlavourId;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one list call tells is taken as told. */
class ListedTest {

    @TempDir
    Path folder;

    /** Goes as time goes, and can be put forward. */
    private static final class Ahead extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @Test
    void changes_of_many_machines_cost_one_list_and_no_look_at_each() {
        Queue<String> calls = new ConcurrentLinkedQueue<>();
        Ahead clock = new Ahead();
        try (Installation node = Installation.on(folder)
                .clock(clock)
                .wrappedCloud(cloud -> new TamperedCloud(cloud, (verb, answer) -> {
                    calls.add(verb);
                    return answer.get();
                }))
                .start()) {
            List<MachineId> ids = IntStream.range(0, 30)
                    .mapToObj(i -> node.federation()
                            .machines()
                            .create(ALICE, NewMachine.of("m" + i, new ImageId("tiny"), new FlavourId("small")))
                            .id())
                    .toList();
            awaitAll(node, ids, MachineState.ACTIVE);
            clock.ahead = Duration.ofMinutes(1);
            calls.clear();
            for (RemoteMachine machine : node.cloud(SIM).list()) {
                node.cloud(SIM).power(machine.id(), PowerAction.POWER_OFF);
            }
            awaitAll(node, ids, MachineState.INACTIVE);
            assertThat(calls).noneMatch(call -> call.startsWith("read ") || call.equals("find"));
            assertThat(node.federation().machines().getAll(ALICE, ids))
                    .extracting(Machine::message)
                    .containsOnly("It was stopped outside of Hansa.");
        }
    }

    private static void awaitAll(Installation node, List<MachineId> ids, MachineState state) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(node.federation().machines().getAll(ALICE, ids))
                        .extracting(Machine::state)
                        .containsOnly(state));
    }

    @Test
    void what_a_list_shows_to_be_still_wanted_is_done() {
        Ahead clock = new Ahead();
        try (Installation node = Installation.on(folder).clock(clock).start()) {
            MachineId id = node.federation()
                    .machines()
                    .create(ALICE, NewMachine.of("one", new ImageId("tiny"), new FlavourId("small")))
                    .id();
            awaitAll(node, List.of(id), MachineState.ACTIVE);
            clock.ahead = Duration.ofMinutes(1);
            node.federation().machines().act(ALICE, id, new MachineAction.Stop(MachineAction.StopMethod.GRACEFUL));
            awaitAll(node, List.of(id), MachineState.INACTIVE);
            assertThat(node.federation().machines().get(ALICE, id).message()).isEmpty();
        }
    }
}
