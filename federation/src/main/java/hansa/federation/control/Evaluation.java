package hansa.federation.control;

import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.policy.Action;
import hansa.federation.policy.Policy;
import hansa.federation.policy.Verdict;
import hansa.policy.AccessRequest;
import hansa.policy.AccessRequest.Resource;
import hansa.policy.Decision;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Asks the policies once more, for the owner as they are known now. For one cycle, by several threads. */
final class Evaluation {

    private static final String UNDECIDED = "indeterminate";

    private final Policy policy;
    private final Owners owners;
    private final Instant now;
    private final Instant since;
    private final Map<String, Optional<Caller>> known = new ConcurrentHashMap<>();

    Evaluation(Policy policy, Owners owners, Instant now, Instant since) {
        this.policy = policy;
        this.owners = owners;
        this.now = now;
        this.since = since;
    }

    /**
     * Whether the machine may run. Not taken down: nearly all answers are those of the cycle before.
     *
     * @param decided whether it was ever decided before: of whom nothing is known any more, nothing speaks any more
     * @return empty where nothing is known of its owner, or the policies could not be evaluated: a fault of ours takes
     *     nobody's machine away
     */
    Optional<Verdict> ask(Resource machine, boolean decided) {
        return owner(machine, decided).flatMap(caller -> {
            AccessRequest request =
                    new AccessRequest(Policy.subject(caller), Action.MACHINE_RUN.dotted(), machine, now);
            Verdict verdict = policy.ask(request);
            boolean undecided =
                    verdict.decision() instanceof Decision.Deny(String rule, String _) && rule.equals(UNDECIDED);
            return Optional.of(verdict).filter(_ -> !undecided);
        });
    }

    /** The same, so that it stands in the audit log. */
    void takeDown(Resource machine) {
        owner(machine, true).ifPresent(caller -> policy.permits(caller, Action.MACHINE_RUN, machine));
    }

    private Optional<Caller> owner(Resource machine, boolean decided) {
        return machine.owner()
                .flatMap(id -> known.computeIfAbsent(id, one -> owners.known(one, since))
                        .or(() -> Optional.of(Caller.local(id, Proof.INTERNAL, false))
                                .filter(_ -> decided)))
                .map(caller -> caller.inNameOf(machine.vo()));
    }
}
