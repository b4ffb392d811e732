package hansa.kernel.bus;

import hansa.kernel.store.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer and what it is behind with. A subject is behind as long as it has events in the backlog or on their way
 * there; its further events queue up behind them. The monitor guards {@link #behind} and the lines' counters.
 */
final class Subscriber implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);
    private static final int BATCH = 64;
    private static final Duration POLL = Duration.ofSeconds(2);

    private final String name;
    private final String typePrefix;
    private final Bus.Consumer consumer;
    private final Backlog backlog;
    private final Clock clock;
    private final BusSettings settings;
    private final Optional<Lease> shared;
    private final Semaphore places;
    private final Semaphore bell = new Semaphore(0);
    private final Map<String, Behind> behind = new HashMap<>();
    private final Thread pump;
    private volatile boolean closed;

    Subscriber(
            String name,
            String typePrefix,
            Bus.Consumer consumer,
            Backlog backlog,
            Clock clock,
            BusSettings settings,
            Optional<Lease> shared) {
        this.name = name;
        this.typePrefix = typePrefix;
        this.consumer = consumer;
        this.backlog = backlog;
        this.clock = clock;
        this.settings = settings;
        this.shared = shared;
        this.places = new Semaphore(settings.width());
        this.pump = Thread.ofVirtual().name("backlog " + name).unstarted(this::catchUpUntilClosed);
    }

    String name() {
        return name;
    }

    void start() {
        refresh();
        pump.start();
    }

    /** Learns from the backlog what is behind: an earlier life, or another node, may have put it there. */
    private void refresh() {
        Map<String, Integer> counts = backlog.waiting(name);
        synchronized (this) {
            behind.entrySet().removeIf(entry -> !entry.getValue().busy && !counts.containsKey(entry.getKey()));
            counts.forEach((subject, count) -> {
                Behind waiting = behind.computeIfAbsent(subject, _ -> new Behind());
                if (!waiting.busy) {
                    waiting.count = count;
                }
            });
        }
    }

    /** Begins to handle a batch, as far as its subjects are not behind. */
    Handover offer(List<Event> events) {
        Map<String, List<Event>> bySubject = new LinkedHashMap<>();
        for (Event event : events) {
            if (event.type().startsWith(typePrefix)) {
                bySubject
                        .computeIfAbsent(event.subject(), _ -> new ArrayList<>(2))
                        .add(event);
            }
        }
        if (shared.isPresent()) {
            refresh();
        }
        List<Event> delayed = new ArrayList<>();
        synchronized (this) {
            bySubject.entrySet().removeIf(entry -> {
                Behind waiting = behind.get(entry.getKey());
                if (waiting == null) {
                    return false;
                }
                waiting.count += entry.getValue().size();
                delayed.addAll(entry.getValue());
                return true;
            });
        }
        CountDownLatch open = new CountDownLatch(bySubject.size());
        List<Line> lines = bySubject.entrySet().stream()
                .map(entry -> new Line(this, entry.getKey(), entry.getValue(), open))
                .toList();
        lines.forEach(Line::start);
        return new Handover(this, lines, delayed, open);
    }

    /** Runs the work when one of the consumer's places is free; not at all when interrupted before. */
    void inPlace(Runnable work) {
        try {
            places.acquire();
        } catch (InterruptedException e) {
            return;
        }
        try {
            work.run();
        } finally {
            places.release();
        }
    }

    /** Whether the consumer took the event, after a few attempts. */
    boolean handle(Event event) {
        for (int attempt = 1; !closed; attempt++) {
            try {
                consumer.accept(event);
                return true;
            } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
                if (attempt == settings.attempts() || Thread.interrupted()) {
                    LOG.warn(
                            "Consumer {} failed at event {} {}; it gets it again later.",
                            name,
                            event.type(),
                            event.id(),
                            e);
                    return false;
                }
            }
            if (!sleep(settings.pause(attempt))) {
                return false;
            }
        }
        return false;
    }

    private static boolean sleep(Duration time) {
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    synchronized void fallBehind(String subject, int count, boolean busy) {
        Behind waiting = behind.computeIfAbsent(subject, _ -> new Behind());
        waiting.count += count;
        waiting.busy |= busy;
        waiting.notBefore = clock.instant().plus(settings.firstPause());
    }

    synchronized void lineEnded(String subject) {
        Behind waiting = behind.get(subject);
        if (waiting != null) {
            waiting.busy = false;
            dropIfCaughtUp(subject, waiting);
        }
        ring();
    }

    void store(Tx tx, List<Event> events) {
        backlog.add(tx, name, events);
    }

    synchronized void forget(List<Event> events) {
        for (Event event : events) {
            Behind waiting = behind.get(event.subject());
            if (waiting != null) {
                waiting.count--;
                dropIfCaughtUp(event.subject(), waiting);
            }
        }
    }

    private void dropIfCaughtUp(String subject, Behind waiting) {
        if (waiting.count <= 0 && !waiting.busy) {
            behind.remove(subject);
        }
    }

    void ring() {
        if (bell.availablePermits() == 0) {
            bell.release();
        }
    }

    private void catchUpUntilClosed() {
        while (!closed) {
            Instant next = goOn();
            try {
                long wait = Duration.between(clock.instant(), next).toMillis() + 1;
                if (wait > 0) {
                    bell.tryAcquire(wait, TimeUnit.MILLISECONDS);
                }
                bell.drainPermits();
            } catch (InterruptedException e) {
                LOG.debug("Consumer {} is asked to stop.", name, e);
            }
        }
    }

    /** Starts what is due, where the backlog is this node's to work off; returns when to look again. */
    private Instant goOn() {
        if (shared.isEmpty()) {
            return startWhatIsDue();
        }
        Instant poll = clock.instant().plus(POLL);
        try {
            refresh();
            if (isBehind() && shared.get().hold()) {
                Instant next = startWhatIsDue();
                return next.isBefore(poll) ? next : poll;
            }
        } catch (RuntimeException e) {
            LOG.warn("Consumer {} cannot look at its backlog for now.", name, e);
        }
        return poll;
    }

    private synchronized boolean isBehind() {
        return !behind.isEmpty();
    }

    private synchronized Instant startWhatIsDue() {
        Instant now = clock.instant();
        Instant next = now.plus(settings.longestPause());
        int free = places.availablePermits();
        for (Map.Entry<String, Behind> entry : behind.entrySet()) {
            Behind waiting = entry.getValue();
            if (waiting.busy) {
                continue;
            }
            if (waiting.notBefore.isAfter(now)) {
                next = waiting.notBefore.isBefore(next) ? waiting.notBefore : next;
            } else if (free > 0) {
                free--;
                waiting.busy = true;
                Thread.ofVirtual().name("consumer " + name).start(() -> inPlaceCatchUp(entry.getKey(), waiting));
            }
        }
        return next;
    }

    private void inPlaceCatchUp(String subject, Behind waiting) {
        try {
            inPlace(() -> catchUp(subject, waiting));
        } finally {
            synchronized (this) {
                waiting.busy = false;
                dropIfCaughtUp(subject, waiting);
            }
            ring();
        }
    }

    private void catchUp(String subject, Behind waiting) {
        try {
            List<Backlog.Entry> entries = backlog.first(name, subject, BATCH);
            for (Backlog.Entry entry : entries) {
                if (closed) {
                    return;
                }
                if (!handle(entry.event())) {
                    failed(waiting);
                    return;
                }
                backlog.remove(entry);
                succeeded(waiting);
            }
            if (entries.isEmpty()) {
                failed(waiting);
            }
        } catch (RuntimeException e) {
            LOG.warn("Consumer {} cannot go on with its backlog for now.", name, e);
            failed(waiting);
        }
    }

    private synchronized void succeeded(Behind waiting) {
        waiting.count--;
        waiting.failures = 0;
    }

    private synchronized void failed(Behind waiting) {
        waiting.failures++;
        waiting.notBefore = clock.instant().plus(settings.pause(waiting.failures));
    }

    @Override
    public void close() {
        closed = true;
        pump.interrupt();
        shared.ifPresent(lease -> {
            try {
                lease.giveBack();
            } catch (RuntimeException e) {
                LOG.debug("The lease of a backlog could not be given back; it ends by itself.", e);
            }
        });
    }

    /** What one subject is behind with. */
    private static final class Behind {
        private int count;
        private boolean busy;
        private int failures;
        private Instant notBefore = Instant.MIN;
    }
}
