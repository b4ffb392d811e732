package hansa.federation.policies;

import hansa.federation.audit.AuditRecord;
import hansa.federation.policy.Verdict;
import java.util.List;
import java.util.OptionalLong;

/**
 * What other policies would have decided.
 *
 * @param examined decisions that were asked again
 * @param nowDenied how many of them were permitted and would not be
 * @param nowPermitted how many of them were denied and would not be
 * @param differences newest first
 * @param before where to go on; empty when the whole time was gone through
 */
public record DryRunResult(
        long examined, long nowDenied, long nowPermitted, List<Difference> differences, OptionalLong before) {

    public DryRunResult {
        differences = List.copyOf(differences);
    }

    /** @param would what would be decided now */
    public record Difference(AuditRecord was, Verdict would) {}
}
