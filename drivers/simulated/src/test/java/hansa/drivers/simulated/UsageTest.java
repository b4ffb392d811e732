package hansa.drivers.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.Adoption;
import hansa.cloud.Cloud;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteUsage;
import hansa.cloud.Resizing;
import hansa.cloud.Size;
import hansa.cloud.Snapshots;
import hansa.cloud.Token;
import hansa.cloud.UsageHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UsageTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Size ORDERED = new Size(1, 1024, 10);
    private static final Size LARGER = new Size(2, 4096, 20);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final Hand clock = new Hand();
    private final Instant start = clock.instant();

    private Cloud open(Map<String, String> settings) {
        return Fixtures.open(folder, settings, clock);
    }

    private List<RemoteUsage> usage(Cloud cloud) {
        return cloud.facet(UsageHistory.class).orElseThrow().usage(start, start.plus(Duration.ofDays(1)));
    }

    private Instant at(int hours) {
        return start.plus(HOUR.multipliedBy(hours));
    }

    private static RemoteUsage stretch(RemoteMachine machine, Size size, Instant began, Optional<Instant> ended) {
        return new RemoteUsage(machine.id(), machine.token(), machine.name(), size, began, ended);
    }

    @Test
    void a_stretch_ends_where_a_machine_gets_another_size_and_the_books_outlive_the_process() {
        RemoteMachine machine;
        RemoteMachine gone;
        try (Cloud cloud = open(Map.of())) {
            machine = cloud.create(Fixtures.order("a"));
            gone = cloud.create(Fixtures.order("b"));
            cloud.power(machine.id(), PowerAction.SHUTDOWN);
            clock.pass(HOUR);
            cloud.delete(gone.id());
            clock.pass(HOUR);
            cloud.facet(Resizing.class).orElseThrow().resize(machine.id(), LARGER, Optional.empty());
            clock.pass(HOUR);
        }
        List<RemoteUsage> expected = List.of(
                stretch(machine, ORDERED, start, Optional.of(at(2))),
                stretch(gone, ORDERED, start, Optional.of(at(1))),
                stretch(machine, LARGER, at(2), Optional.empty()));
        try (Cloud cloud = open(Map.of())) {
            assertThat(usage(cloud)).isEqualTo(expected);
            cloud.delete(machine.id());
            assertThat(usage(cloud))
                    .containsExactly(
                            expected.get(0), expected.get(1), stretch(machine, LARGER, at(2), Optional.of(at(3))));
            assertThat(cloud.list()).isEmpty();
        }
    }

    @Test
    void going_back_to_a_snapshot_of_another_size_begins_another_stretch_and_of_the_same_size_none() {
        try (Cloud cloud = open(Map.of())) {
            RemoteMachine machine = cloud.create(Fixtures.order("a"));
            Snapshots snapshots = cloud.facet(Snapshots.class).orElseThrow();
            RemoteId before =
                    snapshots.create(machine.id(), new Token("s"), "s").id();
            clock.pass(HOUR);
            snapshots.revert(machine.id(), before);
            assertThat(usage(cloud)).containsExactly(stretch(machine, ORDERED, start, Optional.empty()));
            cloud.power(machine.id(), PowerAction.POWER_OFF);
            cloud.facet(Resizing.class).orElseThrow().resize(machine.id(), LARGER, Optional.empty());
            clock.pass(HOUR);
            snapshots.revert(machine.id(), before);
            assertThat(usage(cloud))
                    .containsExactly(
                            stretch(machine, ORDERED, start, Optional.of(at(1))),
                            stretch(machine, LARGER, at(1), Optional.of(at(2))),
                            stretch(machine, ORDERED, at(2), Optional.empty()));
        }
    }

    @Test
    void a_machine_counts_until_it_is_really_gone() {
        try (Cloud cloud = open(Map.of("faults", "on delete always: slow 2h"))) {
            RemoteMachine machine = cloud.create(Fixtures.order("a"));
            clock.pass(HOUR);
            cloud.delete(machine.id());
            assertThat(usage(cloud)).containsExactly(stretch(machine, ORDERED, start, Optional.empty()));
            clock.pass(HOUR.multipliedBy(5));
            assertThat(usage(cloud)).containsExactly(stretch(machine, ORDERED, start, Optional.of(at(3))));
        }
    }

    @Test
    void a_clock_that_is_set_back_makes_no_stretch_that_ends_before_it_begins() {
        try (Cloud cloud = open(Map.of())) {
            RemoteMachine machine = cloud.create(Fixtures.order("a"));
            clock.pass(HOUR.negated());
            cloud.delete(machine.id());
            assertThat(cloud.facet(UsageHistory.class).orElseThrow().usage(start.minusSeconds(1), at(1)))
                    .containsExactly(stretch(machine, ORDERED, start, Optional.of(start)));
        }
    }

    @Test
    void machines_of_others_are_counted_from_when_they_were_made_once_they_are_adopted() {
        try (Cloud cloud = open(Map.of("existing-machines", "1"))) {
            clock.pass(HOUR);
            assertThat(usage(cloud)).isEmpty();
            Adoption adoption = cloud.facet(Adoption.class).orElseThrow();
            RemoteMachine adopted = adoption.adopt(adoption.others().getFirst().id(), new Token("ours"));
            assertThat(usage(cloud)).containsExactly(stretch(adopted, adopted.size(), start, Optional.empty()));
            adoption.release(adopted.id());
            cloud.delete(adopted.id());
            assertThat(usage(cloud)).isEmpty();
        }
    }

    @Test
    void books_that_are_full_forget_what_ended_first_and_count_nothing_twice() {
        Books books = new Books(2);
        for (int i : new int[] {3, 1, 3, 2, 1}) {
            books.add(new RemoteUsage(
                    new RemoteId("vm-" + i), Optional.empty(), "m", ORDERED, start, Optional.of(at(i))));
        }
        assertThat(books.all()).extracting(one -> one.machine().value()).containsExactly("vm-2", "vm-3");
        assertThat(books.size()).isEqualTo(2);
        assertThat(books.endedAfter(at(2)))
                .extracting(one -> one.machine().value())
                .containsExactly("vm-3");
    }

    @Test
    void books_and_formats_of_a_cloud_in_another_process_are_that_clouds() throws IOException {
        try (Served served = Served.in(folder, Map.of("image-formats", "vmdk, raw"));
                Cloud remote = Fixtures.open(folder, Map.of("url", served.uri().toString()))) {
            RemoteMachine machine = remote.create(Fixtures.order("a"));
            remote.delete(machine.id());
            Instant from = machine.created();
            Instant to = from.plus(Duration.ofDays(1));
            assertThat(remote.facet(UsageHistory.class).orElseThrow().usage(from.minusSeconds(1), to))
                    .isEqualTo(served.cloud()
                            .facet(UsageHistory.class)
                            .orElseThrow()
                            .usage(from.minusSeconds(1), to))
                    .hasSize(1);
            assertThat(remote.facet(hansa.cloud.ImageStore.class).orElseThrow().formats())
                    .containsExactly("vmdk", "raw");
        }
    }
}
