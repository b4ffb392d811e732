package hansa.cloud.kit;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.Adoption;
import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.cloud.RemoteUsage;
import hansa.cloud.UsageHistory;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What the books of clouds must tell that have some. All instants are those of the cloud's clock, which may not be ours. A cloud may
 * begin another stretch whenever it likes, for example when a machine is stopped.
 */
public interface UsageConformance extends Conformance {

    /** What books round by, in either direction. */
    Duration ROUNDING = Duration.ofSeconds(2);

    private RemoteMachine newMachine() {
        RemoteId id =
                subject().cloud().create(subject().order(subject().newToken())).id();
        subject().undoLater(() -> subject().cloud().delete(id));
        return subject().waitFor(id, RemoteState.RUNNING);
    }

    private static List<RemoteUsage> of(RemoteMachine machine, UsageHistory books, Instant from, Instant to) {
        return books.usage(from, to).stream()
                .filter(stretch -> stretch.machine().equals(machine.id()))
                .sorted(Comparator.comparing(RemoteUsage::began))
                .toList();
    }

    private static List<RemoteUsage> of(RemoteMachine machine, UsageHistory books) {
        return of(
                machine,
                books,
                machine.created().minus(Duration.ofHours(1)),
                machine.created().plus(Duration.ofDays(1)));
    }

    @Test
    default void a_machine_is_in_the_books_from_when_it_was_made_until_it_was_deleted() {
        subject().with(UsageHistory.class, books -> {
            RemoteMachine machine = newMachine();
            subject()
                    .eventually(
                            "the machine is in the books",
                            () -> assertThat(of(machine, books)).isNotEmpty());
            List<RemoteUsage> running = of(machine, books);
            Instant began = running.getFirst().began();
            assertThat(running).allSatisfy(stretch -> {
                assertThat(stretch.token().or(machine::token)).isEqualTo(machine.token());
                assertThat(stretch.name()).isEqualTo(machine.name());
                assertThat(stretch.size().cores()).isEqualTo(machine.size().cores());
                assertThat(stretch.size().memoryMib()).isEqualTo(machine.size().memoryMib());
            });
            assertThat(running.getLast().ended()).isEmpty();
            assertThat(began)
                    .isBetween(
                            machine.created().minus(ROUNDING),
                            machine.created().plus(subject().patience()));
            assertThat(of(machine, books, began.minus(Duration.ofHours(1)), began))
                    .as("the end of the time is exclusive")
                    .isEmpty();
            assertThat(of(machine, books, began, began.plusSeconds(1)))
                    .as("a stretch is not cut at the bounds")
                    .first()
                    .isEqualTo(running.getFirst());

            subject().cloud().delete(machine.id());
            subject().waitUntilGone(machine.id());
            subject()
                    .eventually(
                            "the last stretch has its end",
                            () -> assertThat(of(machine, books).getLast().ended())
                                    .isPresent());
            List<RemoteUsage> over = of(machine, books);
            assertInOrder(over);
            assertThat(over.getFirst().began()).isEqualTo(began);
            assertThat(over)
                    .allSatisfy(stretch -> assertThat(stretch.size().cores())
                            .isEqualTo(machine.size().cores()));
            Instant ended = over.getLast().ended().orElseThrow();
            assertThat(of(machine, books, ended, ended.plus(Duration.ofHours(1))))
                    .as("what ended when the time begins is not in it")
                    .isEmpty();
            assertThat(of(machine, books, ended.minusMillis(1), ended.plus(Duration.ofHours(1))))
                    .containsExactly(over.getLast());
        });
    }

    private static void assertInOrder(List<RemoteUsage> stretches) {
        Instant last = Instant.MIN;
        for (RemoteUsage stretch : stretches) {
            Instant ended = stretch.ended().orElseThrow();
            assertThat(stretch.began()).isAfterOrEqualTo(last);
            assertThat(ended).isAfterOrEqualTo(stretch.began());
            last = ended;
        }
    }

    @Test
    default void a_machine_that_stops_and_starts_is_not_counted_twice_at_a_time() {
        subject().with(UsageHistory.class, books -> {
            RemoteMachine machine = subject().stoppedMachine();
            subject().runningMachine();
            subject()
                    .eventually(
                            "the books have the machine running",
                            () -> assertThat(of(machine, books).getLast().ended())
                                    .isEmpty());
            List<RemoteUsage> stretches = of(machine, books);
            assertInOrder(stretches.subList(0, stretches.size() - 1));
            assertThat(stretches).filteredOn(one -> one.ended().isEmpty()).hasSize(1);
        });
    }

    @Test
    default void a_time_that_ends_before_it_begins_is_refused_and_an_empty_one_too() {
        subject().with(UsageHistory.class, books -> {
            Instant noon = Instant.parse("2026-01-01T12:00:00Z");
            for (Duration backwards : List.of(Duration.ZERO, Duration.ofNanos(1), Duration.ofDays(400))) {
                subject()
                        .assertRefused(
                                CloudException.InvalidRequest.class, () -> books.usage(noon, noon.minus(backwards)));
            }
        });
    }

    @Test
    default void machines_that_others_made_are_not_in_the_books() {
        subject().with(UsageHistory.class, books -> {
            Optional<Adoption> adoption = subject().cloud().facet(Adoption.class);
            if (adoption.isPresent()) {
                RemoteMachine machine = newMachine();
                subject()
                        .eventually(
                                "the machine is in the books",
                                () -> assertThat(of(machine, books)).isNotEmpty());
                adoption.get().release(machine.id());
                assertThat(of(machine, books)).isEmpty();
                adoption.get().adopt(machine.id(), subject().newToken());
                assertThat(of(machine, books)).isNotEmpty();
            }
        });
    }
}
