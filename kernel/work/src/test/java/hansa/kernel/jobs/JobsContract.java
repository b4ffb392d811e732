package hansa.kernel.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What jobs hold to on every store. */
interface JobsContract extends JobsUnderTest {

    @Test
    default void a_job_runs_once_and_is_gone() {
        ConcurrentLinkedQueue<String> ran = new ConcurrentLinkedQueue<>();
        try (Jobs jobs = node("n1")) {
            jobs.register(
                    "wish",
                    (subject, attempt) -> {
                        ran.add(subject + " " + attempt);
                        return Outcome.DONE;
                    },
                    4);
            jobs.start();
            schedule(jobs, "a");
            awaitNothingLeft();
        }
        assertThat(ran).containsExactly("a 1");
    }

    @Test
    default void a_job_scheduled_before_the_start_runs_after_it() {
        try (Jobs jobs = node("n1")) {
            CountDownLatch ran = new CountDownLatch(1);
            jobs.register(
                    "wish",
                    (_, _) -> {
                        ran.countDown();
                        return Outcome.DONE;
                    },
                    1);
            schedule(jobs, "a");
            assertThat(ran.getCount()).isEqualTo(1);
            jobs.start();
            awaitNothingLeft();
            assertThat(ran.getCount()).isZero();
        }
    }

    @Test
    default void a_job_of_a_unit_that_fails_never_runs() {
        try (Jobs jobs = node("n1")) {
            jobs.register("wish", (_, _) -> Outcome.DONE, 1);
            assertThat(catchThrowable(() -> store().run(tx -> {
                        jobs.schedule(tx, "wish", "a", Instant.now());
                        throw new IllegalStateException("no");
                    })))
                    .isNotNull();
            assertThat(left()).isZero();
        }
    }

    @Test
    default void a_failing_job_is_tried_again_with_a_rising_count_until_it_is_done() {
        ConcurrentLinkedQueue<Integer> attempts = new ConcurrentLinkedQueue<>();
        try (Jobs jobs = node("n1")) {
            jobs.register(
                    "wish",
                    (_, attempt) -> {
                        attempts.add(attempt);
                        return switch (attempt) {
                            case 1 -> new Outcome.Retry("not yet");
                            case 2 -> throw new IllegalStateException("a fault");
                            default -> Outcome.DONE;
                        };
                    },
                    1);
            jobs.start();
            schedule(jobs, "a");
            awaitNothingLeft();
        }
        assertThat(attempts).containsExactly(1, 2, 3);
    }

    @Test
    default void a_job_that_makes_progress_counts_its_attempts_from_one() {
        ConcurrentLinkedQueue<Integer> attempts = new ConcurrentLinkedQueue<>();
        try (Jobs jobs = node("n1")) {
            jobs.register(
                    "wish",
                    (_, attempt) -> {
                        attempts.add(attempt);
                        return switch (attempts.size()) {
                            case 1 -> new Outcome.Retry("not yet");
                            case 2 -> new Outcome.Again(Duration.ZERO);
                            default -> Outcome.DONE;
                        };
                    },
                    1);
            jobs.start();
            schedule(jobs, "a");
            awaitNothingLeft();
        }
        assertThat(attempts).containsExactly(1, 2, 1);
    }

    @Test
    default void a_job_scheduled_while_it_runs_runs_again_afterwards_and_never_two_at_once() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger runs = new AtomicInteger();
        ConcurrentLinkedQueue<Integer> seen = new ConcurrentLinkedQueue<>();
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (Jobs jobs = node("n1")) {
            jobs.register(
                    "wish",
                    (_, _) -> {
                        seen.add(inside.incrementAndGet());
                        if (runs.incrementAndGet() == 1) {
                            first.countDown();
                            awaitLatch(go);
                        }
                        inside.decrementAndGet();
                        return Outcome.DONE;
                    },
                    8);
            jobs.start();
            schedule(jobs, "a");
            first.await();
            schedule(jobs, "a");
            schedule(jobs, "a");
            go.countDown();
            awaitNothingLeft();
        }
        assertThat(seen).containsExactly(1, 1);
    }

    @Test
    default void no_more_run_at_a_time_than_the_kind_allows() {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Semaphore pass = new Semaphore(0);
        try (Jobs jobs = node("n1")) {
            jobs.register(
                    "wish",
                    (_, _) -> {
                        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                        pass.acquireUninterruptibly();
                        inside.decrementAndGet();
                        return Outcome.DONE;
                    },
                    3);
            jobs.start();
            store().run(tx -> IntStream.range(0, 10).forEach(i -> jobs.schedule(tx, "wish", "a" + i, Instant.now())));
            await().until(() -> pass.getQueueLength() == 3);
            pass.release(10);
            awaitNothingLeft();
        }
        assertThat(most).hasValue(3);
    }

    @Test
    default void a_job_waits_for_its_time_and_an_earlier_wish_wins() {
        SteppedClock clock = new SteppedClock();
        ConcurrentLinkedQueue<Instant> ran = new ConcurrentLinkedQueue<>();
        try (Jobs jobs = node("n1", clock, QUICK)) {
            jobs.register(
                    "wish",
                    (_, _) -> {
                        ran.add(clock.instant());
                        return Outcome.DONE;
                    },
                    1);
            jobs.start();
            Instant begin = clock.instant();
            store().run(tx -> {
                jobs.schedule(tx, "wish", "a", begin.plusSeconds(60));
                jobs.schedule(tx, "wish", "a", begin.plusSeconds(30));
                jobs.schedule(tx, "wish", "a", begin.plusSeconds(90));
            });
            clock.advance(Duration.ofSeconds(29));
            jobs.ring();
            clock.advance(Duration.ofSeconds(1));
            awaitNothingLeft();
            assertThat(ran).containsExactly(begin.plusSeconds(30));
        }
    }

    @Test
    default void queue_lateness_runs_and_failures_are_known() {
        SteppedClock clock = new SteppedClock();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (Jobs jobs = new Jobs(store(), clock, "n1", meters, QUICK)) {
            jobs.register(
                    "wish",
                    (_, attempt) -> attempt == 1 ? new Outcome.Retry("not yet") : new Outcome.Again(Duration.ofDays(1)),
                    1);
            schedule(jobs, "a", clock);
            schedule(jobs, "b", clock.instant().plusSeconds(60));
            clock.advance(Duration.ofSeconds(5));
            assertThat(meters.get("hansa.job.queue").tag("kind", "wish").gauge().value())
                    .isEqualTo(2);
            assertThat(meters.get("hansa.job.lateness")
                            .tag("kind", "wish")
                            .gauge()
                            .value())
                    .isEqualTo(5);
            jobs.start();
            await().until(() -> {
                clock.advance(Duration.ofMillis(10));
                return meters.get("hansa.job.runs").timer().count() == 2;
            });
        }
        assertThat(meters.get("hansa.job.failures").counter().count()).isEqualTo(1);
        assertThat(meters.get("hansa.job.lateness").gauge().value()).isZero();
    }

    @Test
    default void a_kind_without_a_handler_waits_for_one() {
        try (Jobs jobs = node("n1")) {
            jobs.register("other", (_, _) -> Outcome.DONE, 1);
            jobs.start();
            schedule(jobs, "a");
            store().run(tx -> jobs.schedule(tx, "other", "b", Instant.now()));
            await().until(() -> left() == 1);
        }
        try (Jobs jobs = node("n1")) {
            jobs.register("wish", (_, _) -> Outcome.DONE, 1);
            jobs.start();
            awaitNothingLeft();
        }
    }

    @Test
    default void a_thousand_jobs_of_many_writers_each_run_and_are_gone() throws Exception {
        ConcurrentLinkedQueue<String> ran = new ConcurrentLinkedQueue<>();
        try (Jobs jobs = node("n1");
                ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            jobs.register(
                    "wish",
                    (subject, _) -> {
                        ran.add(subject);
                        return Outcome.DONE;
                    },
                    32);
            jobs.start();
            for (Future<?> done : IntStream.range(0, 100)
                    .mapToObj(w -> writers.submit(() -> store().run(tx -> IntStream.range(0, 10)
                            .forEach(i -> jobs.schedule(tx, "wish", w + "-" + i, Instant.now())))))
                    .toList()) {
                done.get();
            }
            awaitNothingLeft();
        }
        assertThat(ran).hasSize(1_000).doesNotHaveDuplicates();
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
