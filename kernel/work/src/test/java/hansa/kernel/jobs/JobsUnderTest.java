package hansa.kernel.jobs;

import static org.awaitility.Awaitility.await;

import hansa.kernel.store.Store;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Jobs on a store, for what is tried of them on every store. */
interface JobsUnderTest {

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

    default void schedule(Jobs jobs, String subject, Clock clock) {
        schedule(jobs, subject, clock.instant());
    }

    default void schedule(Jobs jobs, String subject, Instant due) {
        store().run(tx -> jobs.schedule(tx, "wish", subject, due));
    }
}
