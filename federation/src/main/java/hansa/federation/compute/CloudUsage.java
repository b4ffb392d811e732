package hansa.federation.compute;

import hansa.cloud.CloudException;
import hansa.cloud.CloudName;
import hansa.cloud.RemoteUsage;
import hansa.cloud.UsageHistory;
import hansa.federation.caller.Caller;
import hansa.federation.sites.CloudAccess;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Store;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What was used at a cloud by the cloud's own books, for operators. Asks the cloud each time and keeps nothing. Thread-safe. */
public final class CloudUsage {

    /** What is asked about where no beginning is said. */
    public static final Duration USUAL = Duration.ofDays(30);

    /** The longest time that can be asked about. */
    public static final Duration LONGEST = Duration.ofDays(400);

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final int MOST_LINES = 20_000;

    private final Store store;
    private final OperatedClouds operated;
    private final CloudAccess clouds;
    private final ResourceTable<Machine, MachineWork> machines;
    private final Clock clock;

    CloudUsage(
            Store store,
            OperatedClouds operated,
            CloudAccess clouds,
            ResourceTable<Machine, MachineWork> machines,
            Clock clock) {
        this.store = store;
        this.operated = operated;
        this.clouds = clouds;
        this.machines = machines;
        this.clock = clock;
    }

    /**
     * Blocks while the cloud answers.
     *
     * @param from inclusive, by the cloud's clock; empty = {@link #USUAL} before {@code to}
     * @param to exclusive, by the cloud's clock; empty = now
     * @throws Failure {@code resource.not-found}, {@code policy.denied}, {@code cloud.unsupported}, {@code cloud.unavailable},
     *     {@code cloud.refused}; {@code attribute.invalid} for a time that is empty, or longer than {@link #LONGEST}, or that
     *     has too much in it
     */
    public UsageReport report(Caller caller, CloudName cloud, Optional<Instant> from, Optional<Instant> to) {
        operated.require(caller, cloud, UsageHistory.class, "keeps no books of what was used");
        Optional<Duration> skew = clouds.skew(cloud);
        Duration ahead = skew.orElse(Duration.ZERO);
        Instant now = clock.instant().plus(ahead);
        Instant end = to.orElse(now);
        requireThinkable(end, now);
        Instant begin = from.orElseGet(() -> end.minus(USUAL));
        requireThinkable(begin, now);
        if (!begin.isBefore(end)) {
            throw Input.invalid("A time ends after it begins, and " + end + " is not after " + begin + ".");
        }
        if (begin.isBefore(end.minus(LONGEST))) {
            throw Input.invalid(
                    "Books are read for at most " + LONGEST.toDays() + " days at a time; ask for a shorter time.");
        }
        List<RemoteUsage> books = books(cloud, begin, end);
        List<UsageLine> lines =
                store.read(sql -> new UsageComparison(machines, sql, cloud).with(books, end.minus(ahead)));
        if (lines.size() > MOST_LINES) {
            throw Input.invalid("The books of '" + cloud + "' have " + lines.size()
                    + " lines of that time, and at most " + MOST_LINES + " are shown; ask for a shorter time.");
        }
        return new UsageReport(cloud, begin, end, skew, lines);
    }

    /** Nothing was used before there were clouds, and years cannot be counted to where an instant can be. */
    private static void requireThinkable(Instant time, Instant now) {
        if (time.isBefore(EARLIEST) || time.isAfter(now.plus(LONGEST))) {
            throw Input.invalid("Books are about what was; " + time + " is not a time that they could have.");
        }
    }

    private List<RemoteUsage> books(CloudName cloud, Instant from, Instant to) {
        try {
            return clouds.call(cloud, UsageHistory.class, "usage", books -> books.usage(from, to));
        } catch (CloudException e) {
            throw new Failure(
                    e instanceof CloudException.Unavailable ? ErrorCode.CLOUD_UNAVAILABLE : ErrorCode.CLOUD_REFUSED,
                    "The books of '" + cloud + "' cannot be read: the cloud " + MachineSteps.verdict(e) + ".",
                    e);
        }
    }
}
