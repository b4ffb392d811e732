package hansa.federation.compute;

import hansa.cloud.CloudName;
import hansa.federation.brokering.KeptPlan;
import java.time.Instant;
import java.util.List;

/**
 * Why a machine is where it is.
 *
 * @param cloud where it is
 * @param left where it was before, and why it went on; the last 20
 */
public record Explanation(Machine machine, KeptPlan plan, CloudName cloud, List<Left> left) {

    public Explanation {
        left = List.copyOf(left);
    }

    /** A cloud where it could not stay. */
    public record Left(CloudName cloud, String why, Instant when) {}
}
