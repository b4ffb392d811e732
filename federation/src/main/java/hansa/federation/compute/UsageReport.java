package hansa.federation.compute;

import hansa.cloud.CloudName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was used at a cloud by its own books.
 *
 * @param from inclusive, by the cloud's clock
 * @param to exclusive, by the cloud's clock
 * @param skew how far the cloud's clock is ahead of ours (negative = behind), where it is known to be off
 * @param lines by when they began; those that the books lack last
 */
public record UsageReport(CloudName cloud, Instant from, Instant to, Optional<Duration> skew, List<UsageLine> lines) {

    public UsageReport {
        lines = List.copyOf(lines);
    }
}
