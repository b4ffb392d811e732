package hansa.kernel.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import hansa.kernel.store.Store;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What jobs hold to on every store. */
interface JobsContract {

    JobSettings QUICK = new JobSettings(
            Duration.ofSeconds(60),
            Duration.ofMillis(50),
            Duration.ofMillis(1),
            Duration.ofMillis(4),
            Duration.ofSeconds(10));

    Store store();

    default Jobs node(String name, Clock clock, JobSettings settings) {
        return new Jobs(store(), clock, name, new SimpleMeterRegistry(), settings);
    }

    default Jobs node(String name) {
        return node(name, Clock.systemUTC(), QUICK);
    }

    default void schedule(Jobs jobs, String subject) {
        store().run(tx -> jobs.schedule(tx, "wish", subject, Instant.now()));
    }

    default long left() {
        return store().read(sql ->
                sql.createQuery("select count(*) from job").mapTo(Long.class).one());
    }

    default void awaitNothingLeft() {
        await().until(() -> left() == 0);
    }

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
    default void two_nodes_share_the_jobs_and_none_runs_twice() {
        Map<String, ConcurrentLinkedQueue<String>> ran = new ConcurrentHashMap<>();
        try (Jobs one = node("n1");
                Jobs two = node("n2")) {
            Map.of("n1", one, "n2", two).forEach((name, jobs) -> {
                jobs.register(
                        "wish",
                        (subject, _) -> {
                            ran.computeIfAbsent(name, _ -> new ConcurrentLinkedQueue<>())
                                    .add(subject);
                            if (ran.size() < 2) {
                                // Until the other node has had some too.
                                return new Outcome.Again(Duration.ofMillis(1));
                            }
                            return Outcome.DONE;
                        },
                        2);
                jobs.start();
            });
            List<String> subjects =
                    IntStream.range(0, 60).mapToObj("a%02d"::formatted).toList();
            store().run(tx -> subjects.forEach(subject -> one.schedule(tx, "wish", subject, Instant.now())));
            awaitNothingLeft();
            assertThat(ran.keySet()).containsExactlyInAnyOrder("n1", "n2");
        }
    }

    @Test
    default void jobs_of_a_node_that_is_gone_are_taken_over_when_their_lease_is_over() throws Exception {
        SteppedClock clock = new SteppedClock();
        BlockingQueue<String> ran = new LinkedBlockingQueue<>();
        Jobs dead = node("n1", clock, QUICK);
        CountDownLatch forEver = new CountDownLatch(1);
        dead.register(
                "wish",
                (subject, _) -> {
                    ran.add("n1 " + subject);
                    awaitLatch(forEver);
                    return Outcome.DONE;
                },
                1);
        dead.start();
        schedule(dead, "a", clock);
        assertThat(ran.take()).isEqualTo("n1 a");
        try (Jobs alive = node("n2", clock, QUICK)) {
            alive.register(
                    "wish",
                    (subject, _) -> {
                        ran.add("n2 " + subject);
                        return Outcome.DONE;
                    },
                    1);
            alive.start();
            clock.advance(QUICK.lease().minusMillis(1));
            alive.ring();
            assertThat(left()).isEqualTo(1);
            clock.advance(Duration.ofMillis(1));
            assertThat(ran.take()).isEqualTo("n2 a");
            awaitNothingLeft();
            // The first node comes back to life: what it says about the job no longer counts.
            schedule(alive, "a", clock.instant().plusSeconds(3600));
            forEver.countDown();
            dead.close();
            assertThat(left()).isEqualTo(1);
        }
    }

    @Test
    default void a_clock_that_is_set_forward_runs_nothing_twice_at_a_time() throws Exception {
        SteppedClock clock = new SteppedClock();
        BlockingQueue<String> ran = new LinkedBlockingQueue<>();
        CountDownLatch end = new CountDownLatch(1);
        try (Jobs jobs = node("n1", clock, QUICK)) {
            jobs.register(
                    "wish",
                    (subject, _) -> {
                        ran.add(subject);
                        if (subject.equals("long")) {
                            awaitLatch(end);
                        }
                        return Outcome.DONE;
                    },
                    2);
            jobs.start();
            schedule(jobs, "long", clock);
            assertThat(ran.take()).isEqualTo("long");
            clock.advance(Duration.ofDays(1));
            schedule(jobs, "next", clock);
            assertThat(ran.take()).isEqualTo("next");
            await().until(() -> left() == 1);
            schedule(jobs, "last", clock);
            assertThat(ran.take()).isEqualTo("last");
            end.countDown();
            awaitNothingLeft();
        }
        assertThat(ran).isEmpty();
    }

    @Test
    default void a_clock_that_is_set_back_keeps_no_job_waiting_until_it_is_there_again() throws Exception {
        SteppedClock clock = new SteppedClock();
        BlockingQueue<String> ran = new LinkedBlockingQueue<>();
        CountDownLatch end = new CountDownLatch(1);
        try (Jobs jobs = node("n1", clock, QUICK)) {
            jobs.register(
                    "wish",
                    (subject, attempt) -> {
                        ran.add(subject + " " + attempt);
                        if (subject.equals("long")) {
                            awaitLatch(end);
                        }
                        return subject.equals("again") ? new Outcome.Again(Duration.ofSeconds(30)) : Outcome.DONE;
                    },
                    3);
            jobs.start();
            schedule(jobs, "long", clock);
            assertThat(ran.take()).isEqualTo("long 1");
            schedule(jobs, "again", clock);
            assertThat(ran.take()).isEqualTo("again 1");
            schedule(jobs, "tomorrow", clock.instant().plus(Duration.ofDays(1)));
            clock.advance(Duration.ofHours(-1));
            jobs.ring();
            assertThat(ran.take()).isEqualTo("again 1");
            schedule(jobs, "new", clock);
            assertThat(ran.take()).isEqualTo("new 1");
            end.countDown();
            await().until(() -> left() == 2);
        }
        assertThat(ran).as("what was meant for tomorrow").isEmpty();
    }

    @Test
    default void a_renewed_lease_is_not_taken_over_and_a_lost_one_interrupts() throws Exception {
        SteppedClock clock = new SteppedClock();
        BlockingQueue<String> ran = new LinkedBlockingQueue<>();
        CountDownLatch never = new CountDownLatch(1);
        try (Jobs one = node("n1", clock, QUICK);
                Jobs two = node("n2", clock, QUICK)) {
            one.register(
                    "wish",
                    (_, _) -> {
                        ran.add("n1");
                        try {
                            never.await();
                        } catch (InterruptedException e) {
                            ran.add("n1 interrupted");
                        }
                        return Outcome.DONE;
                    },
                    1);
            two.register(
                    "wish",
                    (_, _) -> {
                        ran.add("n2");
                        return Outcome.DONE;
                    },
                    1);
            one.start();
            schedule(one, "a", clock);
            assertThat(ran.take()).isEqualTo("n1");
            two.start();
            clock.advance(QUICK.lease().minusMillis(1));
            one.renew();
            clock.advance(QUICK.lease().minusMillis(1));
            two.ring();
            assertThat(left()).isEqualTo(1);
            clock.advance(Duration.ofMillis(1));
            assertThat(ran.take()).isEqualTo("n2");
            awaitNothingLeft();
            one.renew();
            assertThat(ran.take()).isEqualTo("n1 interrupted");
        }
    }

    @Test
    default void a_node_that_starts_again_runs_at_once_what_it_was_running_when_it_died() throws Exception {
        SteppedClock clock = new SteppedClock();
        BlockingQueue<String> ran = new LinkedBlockingQueue<>();
        CountDownLatch forEver = new CountDownLatch(1);
        Jobs dead = node("n1", clock, QUICK);
        dead.register(
                "wish",
                (_, _) -> {
                    ran.add("before");
                    awaitLatch(forEver);
                    return Outcome.DONE;
                },
                1);
        dead.start();
        schedule(dead, "a", clock);
        assertThat(ran.take()).isEqualTo("before");
        try (Jobs again = node("n1", clock, QUICK)) {
            again.register(
                    "wish",
                    (_, _) -> {
                        ran.add("after");
                        return Outcome.DONE;
                    },
                    1);
            again.start();
            assertThat(ran.take()).isEqualTo("after");
            awaitNothingLeft();
        }
        forEver.countDown();
        dead.close();
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

    @Test
    default void closing_lets_a_running_job_finish() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Jobs jobs = node("n1");
        jobs.register(
                "wish",
                (_, _) -> {
                    inside.countDown();
                    awaitLatch(go);
                    return Outcome.DONE;
                },
                1);
        jobs.start();
        schedule(jobs, "a");
        inside.await();
        Thread closer = Thread.ofVirtual().start(jobs::close);
        go.countDown();
        closer.join();
        assertThat(left()).isZero();
    }

    @Test
    default void closing_interrupts_a_job_that_does_not_finish_and_gives_it_back() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        Jobs jobs = node(
                "n1",
                Clock.systemUTC(),
                new JobSettings(
                        QUICK.lease(), QUICK.poll(), QUICK.firstPause(), QUICK.longestPause(), Duration.ofMillis(1)));
        jobs.register(
                "wish",
                (_, _) -> {
                    inside.countDown();
                    awaitLatch(new CountDownLatch(1));
                    return Outcome.DONE;
                },
                1);
        jobs.start();
        schedule(jobs, "a");
        inside.await();
        jobs.close();
        try (Jobs next = node("n2")) {
            next.register("wish", (_, _) -> Outcome.DONE, 1);
            next.start();
            awaitNothingLeft();
        }
    }

    default void schedule(Jobs jobs, String subject, Clock clock) {
        schedule(jobs, subject, clock.instant());
    }

    default void schedule(Jobs jobs, String subject, Instant due) {
        store().run(tx -> jobs.schedule(tx, "wish", subject, due));
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

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
