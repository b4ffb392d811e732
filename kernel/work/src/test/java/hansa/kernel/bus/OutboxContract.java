package hansa.kernel.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.kernel.jobs.SteppedClock;
import hansa.kernel.store.Store;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** What the outbox holds to on every store. */
interface OutboxContract {

    Store store();

    default Outbox outbox(String node, Bus bus) {
        return new Outbox(store(), bus, Clock.systemUTC(), node, new SimpleMeterRegistry());
    }

    default long left() {
        return store().read(sql ->
                sql.createQuery("select count(*) from outbox").mapTo(Long.class).one());
    }

    default void append(Outbox outbox, String subject, int number) {
        store().run(tx -> outbox.append(tx, event(subject, number)));
    }

    static Event event(String subject, int number) {
        return new Event(
                subject + "-" + number,
                "hansa.test.happened",
                subject,
                Instant.ofEpochMilli(number),
                "{\"n\":" + number + "}");
    }

    @Test
    default void an_event_reaches_the_bus_as_it_was_written_and_leaves_the_outbox() {
        RecordingBus bus = new RecordingBus();
        try (Outbox outbox = outbox("n1", bus)) {
            outbox.start();
            append(outbox, "a", 1);
            await().until(() -> left() == 0);
        }
        assertThat(bus.taken()).containsExactly(event("a", 1));
    }

    @Test
    default void an_event_of_a_unit_that_fails_never_happened() {
        RecordingBus bus = new RecordingBus();
        try (Outbox outbox = outbox("n1", bus)) {
            Assertions.assertThatException()
                    .isThrownBy(() -> store().run(tx -> {
                        outbox.append(tx, event("a", 1));
                        throw new IllegalStateException("no");
                    }));
            outbox.start();
            append(outbox, "a", 2);
            await().until(() -> !bus.taken().isEmpty());
        }
        assertThat(bus.taken()).containsExactly(event("a", 2));
    }

    @Test
    default void what_an_earlier_run_left_goes_first() {
        try (Outbox before = outbox("n1", new RecordingBus())) {
            append(before, "a", 1);
        }
        RecordingBus bus = new RecordingBus();
        try (Outbox outbox = outbox("n1", bus)) {
            append(outbox, "a", 2);
            outbox.start();
            await().until(() -> left() == 0);
        }
        assertThat(bus.taken()).containsExactly(event("a", 1), event("a", 2));
    }

    @Test
    default void events_that_the_bus_refuses_are_offered_again_in_order() {
        AtomicInteger refusals = new AtomicInteger(2);
        RecordingBus bus = new RecordingBus() {
            @Override
            public void publish(List<Event> events) {
                if (refusals.getAndDecrement() > 0) {
                    throw new IllegalStateException("the bus is away");
                }
                super.publish(events);
            }
        };
        try (Outbox outbox = outbox("n1", bus)) {
            IntStream.range(0, 5).forEach(n -> append(outbox, "a", n));
            outbox.start();
            await().until(() -> left() == 0);
        }
        assertThat(bus.taken())
                .containsExactlyElementsOf(
                        IntStream.range(0, 5).mapToObj(n -> event("a", n)).toList());
    }

    @Test
    default void per_subject_the_order_is_that_of_the_commits_whatever_the_number_of_writers() throws Exception {
        RecordingBus bus = new RecordingBus();
        Map<String, Integer> next = new ConcurrentHashMap<>();
        try (Outbox outbox = outbox("n1", bus);
                ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            outbox.start();
            for (var done : writers.invokeAll(IntStream.range(0, 300)
                    .<Callable<Object>>mapToObj(i -> () -> {
                        String subject = "s" + i % 5;
                        store().run(tx -> {
                            tx.lock(subject);
                            // Counted by the events themselves: those before this one are durable or in this unit.
                            int number = tx.sql()
                                    .createQuery("""
                                            insert into lease (name, owner, until) values (:name, '', 1)
                                            on conflict (name) do update set until = lease.until + 1
                                            returning until""")
                                    .bind("name", subject)
                                    .mapTo(Integer.class)
                                    .one();
                            outbox.append(tx, event(subject, number));
                        });
                        return next;
                    })
                    .toList())) {
                done.get();
            }
            await().until(() -> left() == 0);
        }
        Map<String, List<Event>> bySubject = bus.taken().stream().collect(Collectors.groupingBy(Event::subject));
        assertThat(bySubject).hasSize(5);
        bySubject.forEach((subject, events) -> assertThat(events)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 60)
                        .mapToObj(n -> event(subject, n))
                        .toList()));
    }

    @Test
    default void of_two_nodes_one_moves_the_events_and_the_other_goes_on_when_it_stops() {
        RecordingBus one = new RecordingBus();
        RecordingBus two = new RecordingBus();
        Outbox first = outbox("n1", one);
        try (Outbox second = outbox("n2", two)) {
            first.start();
            append(first, "a", 1);
            await().until(() -> left() == 0);
            second.start();
            append(second, "a", 2);
            append(first, "a", 3);
            await().until(() -> left() == 0);
            assertThat(two.taken()).isEmpty();
            first.close();
            append(second, "a", 4);
            await().until(() -> left() == 0);
        }
        assertThat(one.taken()).containsExactly(event("a", 1), event("a", 2), event("a", 3));
        assertThat(two.taken()).containsExactly(event("a", 4));
    }

    @Test
    default void a_node_that_is_gone_loses_its_right_when_the_lease_is_over() {
        SteppedClock clock = new SteppedClock();
        Lease gone = new Lease(store(), clock, "outbox", "n1", Duration.ofSeconds(20));
        Lease next = new Lease(store(), clock, "outbox", "n2", Duration.ofSeconds(20));
        assertThat(gone.hold()).isTrue();
        assertThat(next.hold()).isFalse();
        clock.advance(Duration.ofMillis(19_999));
        assertThat(next.hold()).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(next.hold()).isTrue();
        assertThat(gone.hold()).isFalse();
        next.giveBack();
        assertThat(gone.hold()).isTrue();
    }

    @Test
    default void its_length_is_known() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        RecordingBus bus = new RecordingBus();
        try (Outbox outbox = new Outbox(store(), bus, Clock.systemUTC(), "n1", meters)) {
            append(outbox, "a", 1);
            append(outbox, "a", 2);
            assertThat(meters.get("hansa.outbox.length").gauge().value()).isEqualTo(2);
            outbox.start();
            await().until(() -> left() == 0);
        }
        assertThat(meters.get("hansa.outbox.length").gauge().value()).isZero();
        assertThat(meters.get("hansa.outbox.moved").counter().count()).isEqualTo(2);
    }

    /** Takes everything. */
    class RecordingBus implements Bus {
        private final List<Event> taken = new ArrayList<>();

        @Override
        public synchronized void publish(List<Event> events) {
            taken.addAll(events);
        }

        synchronized List<Event> taken() {
            return List.copyOf(taken);
        }

        @Override
        public Subscription subscribe(String name, String typePrefix, Consumer consumer) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
