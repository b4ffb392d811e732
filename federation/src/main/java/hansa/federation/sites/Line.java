package hansa.federation.sites;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.CloudName;
import hansa.cloud.Token;
import hansa.kernel.base.Failure;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to one cloud: so many calls at a time, a circuit that opens when it does not answer, and none before it has found
 * its machines again. Whatever its driver does, what comes out is an answer or a {@link CloudException}. Thread-safe.
 */
final class Line {

    private static final Logger LOG = LoggerFactory.getLogger(Line.class);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LONGEST_TEXT = 500;

    private final CloudName name;
    private final OpenedCloud opened;
    private final Semaphore places;
    private final Circuit circuit;
    private final CloudClock clock;
    private final Function<CloudName, Set<Token>> remembered;
    private final MeterRegistry meters;
    private final ReentrantLock recovering = new ReentrantLock();
    private final AtomicInteger recoveries = new AtomicInteger();
    private volatile boolean recovered;

    Line(
            CloudName name,
            OpenedCloud opened,
            int calls,
            Circuit circuit,
            Function<CloudName, Set<Token>> remembered,
            MeterRegistry meters) {
        this.name = name;
        this.opened = opened;
        this.places = new Semaphore(opened.settings().calls().orElse(calls), true);
        this.circuit = circuit;
        this.clock = new CloudClock(name);
        this.remembered = remembered;
        this.meters = meters;
        Gauge.builder("hansa.cloud.circuit", circuit, one -> one.state().figure())
                .description("0 closed, 1 half open, 2 open: the cloud is left alone")
                .tag("cloud", name.value())
                .register(meters);
        Gauge.builder(
                        "hansa.cloud.clock.skew",
                        clock,
                        one -> one.skew().map(Duration::toSeconds).orElse(0L))
                .description("how far the cloud's clock is known to be ahead of ours; negative = behind")
                .baseUnit("seconds")
                .tag("cloud", name.value())
                .register(meters);
    }

    OpenedCloud opened() {
        return opened;
    }

    Cloud cloud() {
        return opened.cloud();
    }

    Circuit circuit() {
        return circuit;
    }

    CloudClock clock() {
        return clock;
    }

    /**
     * @param limited whether the time limit of the settings holds for it
     * @throws CloudException whatever else the driver throws, as {@code Unavailable}
     */
    <T> T call(String verb, boolean limited, Function<Cloud, T> work) {
        try {
            ensureRecovered();
            return answer(measured(verb, limited, () -> work.apply(cloud())));
        } catch (CloudException | Failure e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            LOG.warn("Cloud {}: the driver {} broke down at {}.", name, opened.driver(), verb, e);
            throw new CloudException.Unavailable("its driver broke down with " + inOneLine(e), e);
        }
    }

    private static <T> T answer(@Nullable T answer) {
        if (answer == null) {
            throw new IllegalStateException("no answer");
        }
        return answer;
    }

    private static String inOneLine(Throwable fault) {
        String text = fault.toString().replaceAll("\\p{Cntrl}+", " ");
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }

    /** One tries; who waited meanwhile takes that for an answer, so that a cloud which hangs is not tried by each in turn. */
    private void ensureRecovered() {
        if (recovered) {
            return;
        }
        int before = recoveries.get();
        recovering.lock();
        try {
            if (recovered) {
                return;
            }
            if (recoveries.get() != before) {
                throw new CloudException.Unavailable(
                        "it did not say which machines it has, so nothing is asked of it yet");
            }
            Set<Token> known = remembered.apply(name);
            Cloud.Recovery recovery = measured("recover", true, () -> cloud().recover(known));
            recovered = true;
            LOG.info(
                    "Cloud {}: {} machines found again, {} missing, {} strangers.",
                    name,
                    recovery.found().size(),
                    recovery.missing().size(),
                    recovery.strangers().size());
        } finally {
            recoveries.incrementAndGet();
            recovering.unlock();
        }
    }

    private <T> T measured(String verb, boolean limited, Supplier<T> work) {
        long began = System.nanoTime();
        String outcome = "Fault";
        try {
            circuit.enter();
            T answer = placed(verb, limited, work);
            outcome = "Ok";
            return answer;
        } catch (CloudException e) {
            outcome = e.getClass().getSimpleName();
            throw e;
        } finally {
            meters.timer("hansa.cloud.calls", "cloud", name.value(), "verb", verb, "outcome", outcome)
                    .record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        }
    }

    private <T> T placed(String verb, boolean limited, Supplier<T> work) {
        if (!acquired()) {
            circuit.unknown();
            throw new CloudException.Unavailable("too many calls to the cloud '" + name + "' are waiting already");
        }
        if (circuit.state() == CloudEntry.Circuit.OPEN) {
            // It opened while this call waited for a place.
            places.release();
            circuit.unknown();
            throw circuit.refusal();
        }
        long began = System.nanoTime();
        Optional<Duration> limit = limited ? opened.settings().timeLimit() : Optional.empty();
        try {
            T answer = limit.isPresent() ? inTime(verb, limit.get(), work) : here(work);
            circuit.answered(System.nanoTime() - began);
            return answer;
        } catch (CloudException.Unavailable e) {
            if (Thread.currentThread().isInterrupted()) {
                circuit.unknown();
            } else {
                circuit.unanswered(System.nanoTime() - began, e);
            }
            throw e;
        } catch (CloudException e) {
            circuit.answered(System.nanoTime() - began);
            throw e;
        } catch (RuntimeException | Error e) {
            // What our side or its driver does wrong says nothing of the cloud.
            circuit.unknown();
            throw e;
        }
    }

    private boolean acquired() {
        try {
            return places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private <T> T here(Supplier<T> work) {
        try {
            return work.get();
        } finally {
            places.release();
        }
    }

    /** On a thread of its own, which keeps the place until it really ends: what hangs is counted as a call. */
    private <T> T inTime(String verb, Duration limit, Supplier<T> work) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().name("call " + name + " " + verb).start(() -> {
            try {
                answer.complete(here(work));
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new CloudException.Unavailable("it did not answer within " + limit.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new CloudException.Unavailable("the wait for its answer was interrupted", e);
        } catch (ExecutionException e) {
            throw rethrown(e);
        }
    }

    private static RuntimeException rethrown(ExecutionException e) {
        return switch (e.getCause()) {
            case RuntimeException fault -> fault;
            case Error fault -> throw fault;
            case null, default -> new IllegalStateException("a call ended without an answer", e);
        };
    }
}
