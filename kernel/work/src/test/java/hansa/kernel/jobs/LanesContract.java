package hansa.kernel.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What jobs hold to on every store when they have lanes. */
interface LanesContract extends JobsUnderTest {

    /** Subjects begin with the name of their lane. */
    private static Lanes lanes(String... names) {
        return new Lanes(Set.of(names), (_, subject) -> Optional.of(subject.substring(0, 1)));
    }

    @Test
    default void a_lane_in_which_everything_hangs_takes_no_place_of_another() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        BlockingQueue<String> done = new LinkedBlockingQueue<>();
        try (Jobs jobs = node("n1")) {
            jobs.register(
                    "wish",
                    (subject, _) -> {
                        if (subject.startsWith("a")) {
                            hold(hanging);
                        }
                        done.add(subject);
                        return Outcome.DONE;
                    },
                    2,
                    lanes("a", "b"));
            jobs.start();
            IntStream.range(0, 20).forEach(i -> schedule(jobs, "a" + i));
            IntStream.range(0, 20).forEach(i -> schedule(jobs, "b" + i));
            schedule(jobs, "unknown");
            for (int i = 0; i < 21; i++) {
                assertThat(done.poll(10, TimeUnit.SECONDS))
                        .doesNotStartWith("a")
                        .isNotNull();
            }
            await().until(() -> left() == 20);
            hanging.countDown();
            awaitNothingLeft();
        }
        assertThat(done).hasSize(20);
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    default void no_more_of_a_lane_run_at_a_time_than_it_has_places() {
        AtomicInteger running = new AtomicInteger();
        ConcurrentLinkedQueue<Integer> most = new ConcurrentLinkedQueue<>();
        try (Jobs jobs = node("n1")) {
            jobs.register(
                    "wish",
                    (_, _) -> {
                        most.add(running.incrementAndGet());
                        Thread.yield();
                        running.decrementAndGet();
                        return Outcome.DONE;
                    },
                    2,
                    lanes("a"));
            jobs.start();
            IntStream.range(0, 50).forEach(i -> schedule(jobs, "a" + i));
            awaitNothingLeft();
        }
        assertThat(most).hasSize(50).allMatch(at -> at <= 2);
    }

    @Test
    default void what_failed_in_a_lane_need_not_wait_when_it_is_hurried() {
        JobSettings patient = new JobSettings(
                Duration.ofSeconds(60),
                Duration.ofMillis(50),
                Duration.ofHours(1),
                Duration.ofHours(1),
                Duration.ofSeconds(10));
        ConcurrentLinkedQueue<String> ran = new ConcurrentLinkedQueue<>();
        try (Jobs jobs = node("n1", Clock.systemUTC(), patient)) {
            jobs.register(
                    "wish",
                    (subject, attempt) -> {
                        ran.add(subject + " " + attempt);
                        return attempt == 1 ? new Outcome.Retry("not yet") : Outcome.DONE;
                    },
                    2,
                    lanes("a", "b"));
            jobs.start();
            schedule(jobs, "a");
            schedule(jobs, "b");
            await().untilAsserted(() -> assertThat(waiting()).isEqualTo(2));
            store().run(tx -> jobs.hurry(tx, "wish", "a"));
            await().until(() -> left() == 1);
        }
        assertThat(ran).contains("a 1", "a 2", "b 1").doesNotContain("b 2");
    }

    private long waiting() {
        return store().read(sql -> sql.createQuery("select count(*) from job where owner = '' and attempt > 0")
                .mapTo(Long.class)
                .one());
    }
}
