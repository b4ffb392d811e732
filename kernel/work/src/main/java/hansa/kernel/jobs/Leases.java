package hansa.kernel.jobs;

import hansa.kernel.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runs on this node, and the signs of life that keep it this node's. */
final class Leases {

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);
    private static final Duration LAST_CALL = Duration.ofSeconds(2);

    private final Store store;
    private final Clock clock;
    private final JobSettings settings;
    private final JobTable table;
    private final Map<Run, Thread> running = new ConcurrentHashMap<>();
    private final Thread renewer = Thread.ofVirtual().name("jobs-renewal").unstarted(this::renewUntilClosed);
    private volatile boolean closed;
    private volatile Instant held = Instant.MAX;

    Leases(Store store, Clock clock, JobSettings settings, JobTable table) {
        this.store = store;
        this.clock = clock;
        this.settings = settings;
        this.table = table;
    }

    void start() {
        renewer.start();
    }

    /** @param until when its lease ends */
    void start(Run run, Thread thread, Instant until) {
        held = until.isBefore(held) ? until : held;
        running.put(run, thread);
        thread.start();
    }

    void end(Run run) {
        running.remove(run);
    }

    private void renewUntilClosed() {
        while (!closed) {
            try {
                Thread.sleep(settings.lease().dividedBy(3));
                renew();
            } catch (InterruptedException e) {
                LOG.debug("Jobs are asked to stop.", e);
            }
        }
    }

    /** Prolongs the leases if one of them may have ended by the clock while this node was well. */
    void renewOverdue(Instant now) {
        if (!now.isBefore(held)) {
            renew();
        }
    }

    /** Prolongs the leases of what runs here, and interrupts what another node has taken over. */
    void renew() {
        List<Run> mine = List.copyOf(running.keySet());
        if (mine.isEmpty()) {
            held = Instant.MAX;
            return;
        }
        try {
            Instant until = clock.instant().plus(settings.lease());
            List<Run> lost = store.write(tx ->
                    mine.stream().filter(run -> !table.renew(tx, run, until)).toList());
            held = until;
            lost.forEach(run -> running.computeIfPresent(run, (_, thread) -> {
                LOG.warn("Job {} {} is another node's now; it is interrupted here.", run.kind(), run.subject());
                thread.interrupt();
                return thread;
            }));
        } catch (RuntimeException e) {
            LOG.warn("The leases of {} running jobs could not be renewed.", mine.size(), e);
        }
    }

    /** Lets what runs finish for a while, interrupts the rest, and gives back what does not stop. */
    void close(Thread claimer) {
        join(claimer, settings.drain());
        Instant deadline = Instant.now().plus(settings.drain());
        running.values().forEach(thread -> join(thread, Duration.between(Instant.now(), deadline)));
        running.values().forEach(Thread::interrupt);
        Instant last = Instant.now().plus(LAST_CALL);
        running.values().forEach(thread -> join(thread, Duration.between(Instant.now(), last)));
        closed = true;
        renewer.interrupt();
        List<Run> left = List.copyOf(running.keySet());
        if (!left.isEmpty()) {
            LOG.warn("{} jobs did not stop in time; they run again elsewhere or later.", left.size());
            giveBack(left);
        }
    }

    private void giveBack(List<Run> left) {
        try {
            Instant now = clock.instant();
            store.run(tx -> left.forEach(run -> table.again(tx, run, now, false, "the node stopped")));
        } catch (RuntimeException e) {
            LOG.warn("Running jobs could not be given back; their leases run out.", e);
        }
    }

    private static void join(Thread thread, Duration atMost) {
        if (thread.getState() == Thread.State.NEW || !atMost.isPositive()) {
            return;
        }
        try {
            thread.join(atMost);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
