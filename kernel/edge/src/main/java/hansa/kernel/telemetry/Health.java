package hansa.kernel.telemetry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows whether the node can do its work. Safe for use by several threads. */
public final class Health {

    private static final Logger LOG = LoggerFactory.getLogger(Health.class);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration FRESH = Duration.ofSeconds(1);

    /**
     * One thing that the node needs or uses.
     *
     * @param blocking whether the node cannot work without it; others are only reported
     * @param problem what is wrong in a few words, or nothing; asked at most once a second and given two seconds
     */
    public record Check(String name, boolean blocking, Supplier<Optional<String>> problem) {}

    /** What a check found. */
    public record Finding(String name, boolean blocking, Optional<String> problem) {}

    private record Findings(List<Finding> all, long madeAt) {}

    private final List<Check> checks;
    private Optional<Findings> last = Optional.empty();

    public Health(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    /** What all checks found, in their order, not older than a second. */
    public synchronized List<Finding> findings() {
        long now = System.nanoTime();
        if (last.isEmpty() || now - last.get().madeAt() > FRESH.toNanos()) {
            last = Optional.of(new Findings(examine(), now));
        }
        return last.get().all();
    }

    public static boolean isReady(List<Finding> findings) {
        return findings.stream()
                .noneMatch(finding -> finding.blocking() && finding.problem().isPresent());
    }

    private List<Finding> examine() {
        List<FutureTask<Optional<String>>> running = new ArrayList<>();
        for (Check check : checks) {
            FutureTask<Optional<String>> task = new FutureTask<>(check.problem()::get);
            Thread.ofVirtual().name("health-" + check.name()).start(task);
            running.add(task);
        }
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < running.size(); i++) {
            Check check = checks.get(i);
            findings.add(new Finding(check.name(), check.blocking(), outcome(check, running.get(i), deadline)));
        }
        return List.copyOf(findings);
    }

    private static Optional<String> outcome(Check check, FutureTask<Optional<String>> task, long deadline) {
        try {
            return task.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            task.cancel(true);
            return Optional.of("no answer within " + PATIENCE.toSeconds() + " s");
        } catch (ExecutionException e) {
            LOG.warn("The health check {} failed", check.name(), e.getCause());
            return Optional.of("the check itself failed; the log says why");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }
}
