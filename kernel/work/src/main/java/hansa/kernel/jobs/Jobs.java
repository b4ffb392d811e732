package hansa.kernel.jobs;

import hansa.kernel.store.Store;
import hansa.kernel.store.Tx;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Durable work that outlives the process. A job is a pair of kind and subject with a due time: it says <em>look at this
 * subject</em>, not what to do, so scheduling it twice is the same as once. One run of a pair at a time in the whole
 * installation; a node that gives no sign of life for a minute loses its jobs to the others.
 *
 * <p>The clocks of the nodes should agree to within a few seconds. When this node's is set, forward or back, no job runs twice at a
 * time for it, and those that wait for a pause to end do not wait for the clock to be where it was. Safe for many threads.
 */
public final class Jobs implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);

    /** When the clock is set back, pauses up to this are cut short. Whatever was to be later was meant for that time. */
    private static final Duration LONGEST_LOST = Duration.ofMinutes(15);

    private final Store store;
    private final Clock clock;
    private final MeterRegistry meters;
    private final JobSettings settings;
    private final JobTable table;
    private final Leases leases;
    private final Map<String, Kind> kinds = new ConcurrentHashMap<>();
    private final Semaphore bell = new Semaphore(0);
    private final Thread claimer = Thread.ofVirtual().name("jobs").unstarted(this::claimUntilClosed);
    private volatile boolean closing;
    private Instant latest = Instant.MIN;

    /** @param node unique among the running nodes of the installation, and the same after a restart */
    public Jobs(Store store, Clock clock, String node, MeterRegistry meters) {
        this(store, clock, node, meters, JobSettings.DEFAULT);
    }

    Jobs(Store store, Clock clock, String node, MeterRegistry meters, JobSettings settings) {
        this.store = store;
        this.clock = clock;
        this.meters = meters;
        this.settings = settings;
        this.table = new JobTable(node);
        this.leases = new Leases(store, clock, settings, table);
    }

    /**
     * Says who carries out a kind of job. Before {@link #start}; jobs of a kind that is not registered wait.
     *
     * @param maxConcurrent most runs of the kind at a time on this node, at least 1
     */
    public void register(String kind, JobHandler handler, int maxConcurrent) {
        register(kind, handler, maxConcurrent, Lanes.NONE);
    }

    /**
     * As {@link #register(String, JobHandler, int)}, with jobs that are kept apart.
     *
     * @param maxConcurrent most runs of each lane at a time on this node, at least 1
     */
    public void register(String kind, JobHandler handler, int maxConcurrent, Lanes lanes) {
        if (kinds.putIfAbsent(kind, new Kind(kind, handler, maxConcurrent, lanes, meters)) != null) {
            throw new IllegalStateException("Jobs of kind " + kind + " have a handler already.");
        }
        Gauge.builder("hansa.job.queue", () -> store.read(sql -> table.length(sql, kind)))
                .description("jobs, running ones included")
                .tag("kind", kind)
                .register(meters);
        Gauge.builder("hansa.job.lateness", () -> lateness(kind))
                .description("for how long the most overdue job has waited")
                .baseUnit("seconds")
                .tag("kind", kind)
                .register(meters);
    }

    /**
     * Makes sure that the job runs at {@code due}, or earlier when that was asked for before, once the unit of work is durable. A job that
     * is running now runs again afterwards. Its attempts start again at one.
     */
    public void schedule(Tx tx, String kind, String subject, Instant due) {
        Kind known = kinds.get(kind);
        String lane = known == null ? Lane.REST : known.laneOf(tx.sql(), subject);
        table.schedule(tx, kind, lane, subject, due, clock.instant());
        tx.afterCommit(this::ring);
    }

    /** What failed in a lane and waits for another attempt need not wait any longer. */
    public void hurry(Tx tx, String kind, String lane) {
        table.hurry(tx, kind, lane, clock.instant());
        tx.afterCommit(this::ring);
    }

    /** Begins to run jobs; those that this node was running when it last ended are run first. */
    public void start() {
        int recovered = store.write(tx -> table.recover(tx, clock.instant()));
        if (recovered > 0) {
            LOG.info("{} jobs were running when this node last ended; they run again.", recovered);
        }
        claimer.start();
        leases.start();
    }

    /** Looks for due jobs now. */
    void ring() {
        if (bell.availablePermits() == 0) {
            bell.release();
        }
    }

    private void claimUntilClosed() {
        while (!closing) {
            Duration wait;
            try {
                wait = claimDue();
            } catch (RuntimeException e) {
                wait = settings.firstPause();
                if (!closing) {
                    LOG.warn("Due jobs could not be looked for; next attempt in {}.", wait, e);
                }
            }
            await(wait);
        }
    }

    private void await(Duration atMost) {
        if (atMost.isPositive()) {
            try {
                bell.tryAcquire(atMost.toMillis() + 1, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                LOG.debug("Jobs are asked to stop.", e);
            }
        }
        bell.drainPermits();
    }

    /** A lane that has due jobs and a place for them. */
    private record Due(Kind kind, Lane lane, JobTable.Look look) {}

    /** Starts what is due and has a place; returns how long nothing else will be due, zero when there may be more. */
    private Duration claimDue() {
        Instant now = clock.instant();
        if (now.isBefore(latest)) {
            Instant before = latest;
            int hurried = store.write(tx -> table.setBack(tx, before.plus(LONGEST_LOST), now));
            LOG.warn("The clock was set back from {} to {}; {} waiting jobs are run now.", before, now, hurried);
        }
        latest = now;
        List<Due> due = new ArrayList<>();
        long next = store.read(sql -> {
            long earliest = now.plus(settings.poll()).toEpochMilli();
            for (Kind kind : kinds.values()) {
                for (JobTable.Look look : kind.hasFreePlace() ? table.looks(sql, kind) : List.<JobTable.Look>of()) {
                    Lane lane = kind.lane(look.lane());
                    if (lane.free.availablePermits() > 0) {
                        if (look.at() <= now.toEpochMilli()) {
                            due.add(new Due(kind, lane, look));
                        }
                        earliest = Math.min(earliest, look.at());
                    }
                }
            }
            return earliest;
        });
        if (due.isEmpty()) {
            return Duration.ofMillis(next - now.toEpochMilli());
        }
        // What runs here is not run again because the clock was set forward.
        leases.renewOverdue(now);
        Map<Lane, Integer> places = new HashMap<>();
        due.forEach(one -> places.merge(one.lane(), one.lane().free.drainPermits(), Integer::sum));
        List<Run> claimed = List.of();
        try {
            claimed = store.write(tx -> claim(tx, due, places, now));
        } finally {
            for (Run run : claimed) {
                places.merge(lane(run), -1, Integer::sum);
            }
            places.forEach((lane, left) -> lane.free.release(left));
        }
        claimed.forEach(run -> launch(run, now.plus(settings.lease())));
        return Duration.ZERO;
    }

    private List<Run> claim(Tx tx, List<Due> due, Map<Lane, Integer> places, Instant now) {
        Map<Lane, Integer> left = new HashMap<>(places);
        List<Run> runs = new ArrayList<>();
        for (Due one : due) {
            int free = left.getOrDefault(one.lane(), 0);
            if (free > 0) {
                List<Run> taken = table.claim(tx, one.kind().name, one.look(), one.lane(), free, now, settings.lease());
                left.merge(one.lane(), -taken.size(), Integer::sum);
                runs.addAll(taken);
            }
        }
        return runs;
    }

    private Lane lane(Run run) {
        return kind(run).lane(run.lane());
    }

    private Kind kind(Run run) {
        Kind kind = kinds.get(run.kind());
        if (kind == null) {
            throw new IllegalStateException("A job of the unknown kind " + run.kind() + " was claimed.");
        }
        return kind;
    }

    private void launch(Run run, Instant until) {
        Thread thread = Thread.ofVirtual()
                .name("job " + run.kind() + " " + run.subject())
                .unstarted(() -> carryOut(run));
        leases.start(run, thread, until);
    }

    private void carryOut(Run run) {
        Kind kind = kind(run);
        try {
            Outcome outcome = attempt(kind, run);
            // What interrupted the handler was meant for the handler.
            Thread.interrupted();
            record(run, outcome);
        } finally {
            leases.end(run);
            kind.lane(run.lane()).free.release();
            ring();
        }
    }

    private Outcome attempt(Kind kind, Run run) {
        long began = System.nanoTime();
        try {
            return kind.handler.run(run.subject(), run.attempt());
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            LOG.warn("Job {} {} failed at attempt {}.", run.kind(), run.subject(), run.attempt(), e);
            return new Outcome.Retry(String.valueOf(e.getMessage()));
        } finally {
            kind.runs.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        }
    }

    /** Writes down what came of a run. Where that fails for good, the lease runs out and the job runs again. */
    private void record(Run run, Outcome outcome) {
        for (int tries = 1; ; tries++) {
            try {
                if (!store.write(tx -> end(tx, run, outcome))) {
                    LOG.warn("Job {} {} was taken over by another node while it ran here.", run.kind(), run.subject());
                }
                return;
            } catch (RuntimeException e) {
                if (closing || tries == 5) {
                    LOG.warn(
                            "The end of job {} {} could not be written; it will run again.",
                            run.kind(),
                            run.subject(),
                            e);
                    return;
                }
                sleep(settings.firstPause());
            }
        }
    }

    private boolean end(Tx tx, Run run, Outcome outcome) {
        Instant now = clock.instant();
        return switch (outcome) {
            case Outcome.Done _ -> table.finish(tx, run);
            case Outcome.Again(Duration after) -> table.again(tx, run, now.plus(after), true, "");
            case Outcome.Retry(String reason) -> {
                tx.afterCommit(kind(run).failures::increment);
                yield table.again(tx, run, now.plus(pause(run.attempt())), false, reason);
            }
        };
    }

    /** Doubles with each attempt up to its bound, and varies by a quarter so that jobs do not march in step. */
    private Duration pause(int attempt) {
        long longest = settings.longestPause().toMillis();
        long plain = Math.min(longest, settings.firstPause().toMillis() << Math.min(attempt - 1, 30));
        long swing = plain / 4;
        return Duration.ofMillis(plain - swing + ThreadLocalRandom.current().nextLong(2 * swing + 1));
    }

    /** Prolongs the leases of what runs here now. */
    void renew() {
        leases.renew();
    }

    private void sleep(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            LOG.debug("Jobs are asked to stop.", e);
        }
    }

    private double lateness(String kind) {
        long now = clock.millis();
        long look = store.read(sql -> table.earliest(sql, kind)).orElse(now);
        return Math.max(0, now - look) / 1000.0;
    }

    /**
     * Claims nothing more, lets what runs finish for up to twenty seconds, interrupts the rest and gives it back. Close it before
     * the store.
     */
    @Override
    public void close() {
        closing = true;
        claimer.interrupt();
        leases.close(claimer);
    }
}
