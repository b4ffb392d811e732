package hansa.kernel.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What jobs hold to on every store when there are several nodes, one ends, or its clock is set. */
interface LeasesContract extends JobsUnderTest {

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

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
