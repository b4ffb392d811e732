package hansa.federation.compute;

import java.time.Duration;
import java.time.Instant;

/** How long to wait before the next look at something that a cloud is busy with: longer, the longer it has been. */
final class Pace {

    private static final Duration SHORTEST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private Pace() {}

    static Duration after(Instant since, Instant now) {
        Duration quarter = Duration.between(since, now).dividedBy(4);
        if (quarter.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return quarter.compareTo(LONGEST) > 0 ? LONGEST : quarter;
    }
}
