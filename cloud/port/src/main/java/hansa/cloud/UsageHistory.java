package hansa.cloud;

import java.time.Instant;
import java.util.List;

/** What machines used in the past, in the cloud's own books. */
public non-sealed interface UsageHistory extends Facet {

    /**
     * Every stretch of a machine of ours that overlaps the time, also of machines that are gone, in one call or one chain of
     * pages. A stretch is not cut at the bounds.
     *
     * @param from inclusive
     * @param to exclusive, after {@code from}
     */
    List<RemoteUsage> usage(Instant from, Instant to);
}
