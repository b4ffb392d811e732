package hansa.kernel.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every bus holds to. */
public interface BusContract {

    /** A fresh bus; closed after the test. */
    Bus bus();

    /** The bus again as after a restart of its process, where {@link #bus()} was closed. */
    Bus reopened();

    static Event event(String subject, int number) {
        return event("hansa.test.happened", subject, number);
    }

    static Event event(String type, String subject, int number) {
        return new Event(
                type + "-" + subject + "-" + number,
                type,
                subject,
                Instant.ofEpochMilli(1_700_000_000_000L + number),
                "{\"n\":" + number + ",\"text\":\"Zürich \\\"quoted\\\"\"}");
    }

    static List<Event> events(String subject, int count) {
        return IntStream.range(0, count).mapToObj(n -> event(subject, n)).toList();
    }

    @Test
    default void an_event_reaches_each_consumer_as_it_was_published() {
        ConcurrentLinkedQueue<Event> one = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Event> two = new ConcurrentLinkedQueue<>();
        Bus bus = bus();
        bus.subscribe("one", "", one::add);
        bus.subscribe("two", "", two::add);
        bus.publish(List.of(event("a", 1)));
        await().until(() -> one.size() + two.size() == 2);
        assertThat(one).containsExactly(event("a", 1));
        assertThat(two).containsExactly(event("a", 1));
    }

    @Test
    default void a_consumer_gets_the_types_that_it_asked_for() {
        ConcurrentLinkedQueue<Event> seen = new ConcurrentLinkedQueue<>();
        Bus bus = bus();
        bus.subscribe("machines", "hansa.machine.", seen::add);
        bus.publish(List.of(
                event("hansa.machine.created", "a", 1),
                event("hansa.machines", "a", 2),
                event("hansa.volume.created", "a", 3),
                event("hansa.machine.deleted", "a", 4)));
        await().until(() -> seen.size() == 2);
        assertThat(seen)
                .containsExactly(event("hansa.machine.created", "a", 1), event("hansa.machine.deleted", "a", 4));
    }

    @Test
    default void events_of_one_subject_come_in_order_and_one_at_a_time() {
        Map<String, List<Event>> seen = Collections.synchronizedMap(new HashMap<>());
        Map<String, AtomicInteger> inside = new ConcurrentHashMap<>();
        AtomicInteger overlaps = new AtomicInteger();
        Bus bus = bus();
        bus.subscribe("one", "", event -> {
            AtomicInteger here = inside.computeIfAbsent(event.subject(), _ -> new AtomicInteger());
            if (here.incrementAndGet() > 1) {
                overlaps.incrementAndGet();
            }
            seen.computeIfAbsent(event.subject(), _ -> Collections.synchronizedList(new ArrayList<>()))
                    .add(event);
            Thread.yield();
            here.decrementAndGet();
        });
        for (int batch = 0; batch < 10; batch++) {
            int first = batch * 10;
            bus.publish(IntStream.range(first, first + 10)
                    .boxed()
                    .flatMap(n -> IntStream.range(0, 8).mapToObj(s -> event("s" + s, n)))
                    .toList());
        }
        await().until(() -> seen.values().stream().mapToInt(List::size).sum() == 800);
        assertThat(overlaps).hasValue(0);
        seen.forEach((subject, events) -> assertThat(events).isEqualTo(events(subject, 100)));
    }

    @Test
    default void a_consumer_that_fails_gets_the_event_again_before_the_next_of_its_subject() {
        ConcurrentLinkedQueue<Event> seen = new ConcurrentLinkedQueue<>();
        AtomicInteger faults = new AtomicInteger(5);
        Bus bus = bus();
        bus.subscribe("shaky", "", event -> {
            if (event.equals(event("a", 1)) && faults.getAndDecrement() > 0) {
                throw new IllegalStateException("not now");
            }
            seen.add(event);
        });
        bus.publish(events("a", 4));
        await().until(() -> seen.size() == 4);
        assertThat(seen).containsExactlyElementsOf(events("a", 4));
    }

    @Test
    default void a_consumer_that_fails_for_ever_holds_up_neither_others_nor_other_subjects() {
        ConcurrentLinkedQueue<Event> good = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Event> bad = new ConcurrentLinkedQueue<>();
        Bus bus = bus();
        bus.subscribe("good", "", good::add);
        bus.subscribe("bad", "", event -> {
            if (event.subject().equals("poison")) {
                throw new IllegalStateException("never");
            }
            bad.add(event);
        });
        bus.publish(List.of(event("poison", 1), event("a", 1), event("poison", 2)));
        bus.publish(List.of(event("poison", 3), event("a", 2)));
        await().until(() -> good.size() == 5 && bad.size() == 2);
        assertThat(bad).containsExactly(event("a", 1), event("a", 2));
        assertThat(good.stream().collect(Collectors.groupingBy(Event::subject)))
                .isEqualTo(Map.of(
                        "a", List.of(event("a", 1), event("a", 2)),
                        "poison", List.of(event("poison", 1), event("poison", 2), event("poison", 3))));
    }

    @Test
    default void a_consumer_that_hangs_holds_up_no_other_one() {
        ConcurrentLinkedQueue<Event> good = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Event> slow = new ConcurrentLinkedQueue<>();
        CountDownLatch go = new CountDownLatch(1);
        Bus bus = bus();
        bus.subscribe("good", "", good::add);
        bus.subscribe("hangs", "", event -> {
            awaitStubbornly(go);
            slow.add(event);
        });
        for (int n = 0; n < 3; n++) {
            bus.publish(List.of(event("a", n)));
        }
        await().until(() -> good.size() == 3);
        go.countDown();
        // The first one may come twice: it was on its way when it was given up.
        await().until(() -> slow.stream().distinct().count() == 3);
        assertThat(slow.stream().distinct()).containsExactlyElementsOf(events("a", 3));
    }

    @Test
    default void after_the_subscription_is_closed_nothing_more_comes() {
        ConcurrentLinkedQueue<Event> closed = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Event> open = new ConcurrentLinkedQueue<>();
        Bus bus = bus();
        bus.subscribe("open", "", open::add);
        Bus.Subscription subscription = bus.subscribe("closed", "", closed::add);
        subscription.close();
        subscription.close();
        bus.publish(List.of(event("a", 1)));
        await().until(() -> open.size() == 1);
        assertThat(closed).isEmpty();
    }

    @Test
    default void what_a_consumer_failed_at_comes_again_after_a_restart() {
        ConcurrentLinkedQueue<Event> tried = new ConcurrentLinkedQueue<>();
        Bus bus = bus();
        bus.subscribe("one", "", event -> {
            tried.add(event);
            throw new IllegalStateException("not in this life");
        });
        bus.publish(events("a", 3));
        await().until(() -> !tried.isEmpty());
        bus.close();
        ConcurrentLinkedQueue<Event> seen = new ConcurrentLinkedQueue<>();
        reopened().subscribe("one", "", seen::add);
        await().until(() -> seen.stream().distinct().count() == 3);
        assertThat(seen.stream().distinct()).containsExactlyElementsOf(events("a", 3));
    }

    @Test
    default void two_consumers_cannot_have_one_name() {
        Bus bus = bus();
        bus.subscribe("one", "", _ -> {});
        assertThatIllegalStateException().isThrownBy(() -> bus.subscribe("one", "", _ -> {}));
    }

    private static void awaitStubbornly(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // Stubborn on purpose.
            }
        }
    }
}
