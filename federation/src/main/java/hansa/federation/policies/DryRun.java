package hansa.federation.policies;

import hansa.federation.audit.AuditQuery;
import hansa.federation.audit.AuditReader;
import hansa.federation.audit.AuditRecord;
import hansa.federation.policy.Rules;
import hansa.federation.policy.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Asks again what was asked before. */
final class DryRun {

    private final AuditReader audit;

    DryRun(AuditReader audit) {
        this.audit = audit;
    }

    DryRunResult over(DryRunWish wish, Rules candidate) {
        AuditQuery query = new AuditQuery(
                wish.since(),
                wish.until(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                wish.before());
        Replay replay = new Replay(candidate, wish.limit());
        OptionalLong before = audit.visit(query, replay::take);
        return new DryRunResult(replay.examined, replay.nowDenied, replay.nowPermitted, replay.differences, before);
    }

    private static final class Replay {
        private final Rules candidate;
        private final int limit;
        private final List<DryRunResult.Difference> differences = new ArrayList<>();
        private long examined;
        private long nowDenied;
        private long nowPermitted;

        Replay(Rules candidate, int limit) {
            this.candidate = candidate;
            this.limit = limit;
        }

        boolean take(AuditRecord record) {
            examined++;
            boolean beforePolicies = switch (record.entry().source()) {
                // No policy has a say in what a credential is good for, nor in what an organisation denies its own.
                case SCOPE, ORGANISATION -> true;
                case SITE, POLICIES, BUILT_IN -> false;
            };
            if (beforePolicies) {
                return true;
            }
            Verdict would = candidate.decide(record.entry().request());
            if (would.permitted() != record.entry().permitted()) {
                differences.add(new DryRunResult.Difference(record, would));
                if (would.permitted()) {
                    nowPermitted++;
                } else {
                    nowDenied++;
                }
            }
            return differences.size() < limit;
        }
    }
}
