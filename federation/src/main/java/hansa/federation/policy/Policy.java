package hansa.federation.policy;

import hansa.federation.caller.Caller;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.policy.AccessRequest;
import hansa.policy.AccessRequest.Resource;
import hansa.policy.AccessRequest.Subject;
import hansa.policy.Decision;
import hansa.policy.Pdp;
import hansa.protocols.voms.Fqan;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

/** Where every capability asks before it shows or changes anything. Thread-safe. */
public final class Policy {

    private final Pdp pdp;
    private final Clock clock;

    /** The built-in rules alone. */
    public Policy(Clock clock) {
        this.pdp = new BuiltInRules();
        this.clock = clock;
    }

    /**
     * Lets the caller go on, or not.
     *
     * @throws Failure {@code policy.denied}, naming the rule
     */
    public void require(Caller caller, Action action, Resource resource) {
        if (decide(caller, action, resource) instanceof Decision.Deny(String rule, String why)) {
            throw new Failure(
                    ErrorCode.POLICY_DENIED,
                    why + " (" + action.dotted() + ", rule '" + rule
                            + "'); ask whoever looks after it, or an operator.");
        }
    }

    /** Whether the caller may; for what is left out of an answer rather than refused. */
    public boolean permits(Caller caller, Action action, Resource resource) {
        return decide(caller, action, resource) instanceof Decision.Permit;
    }

    /**
     * The virtual organisations of which lists show the caller everything. Lists are not asked for one by one: what stands
     * in them is what the built-in rules let managers and auditors look at.
     */
    public List<String> overseen(Caller caller) {
        return caller.fqans().stream()
                .filter(fqan -> fqan.hasRole(BuiltInRules.MANAGER) || fqan.hasRole(BuiltInRules.AUDITOR))
                .filter(fqan -> fqan.group().equals("/" + fqan.vo()))
                .map(Fqan::vo)
                .distinct()
                .toList();
    }

    private Decision decide(Caller caller, Action action, Resource resource) {
        if (!caller.scope().allows(action.dotted())) {
            return new Decision.Deny(
                    "scope",
                    "The credential is good for " + caller.scope() + " only, not for " + action.dotted() + ".");
        }
        Decision decision = pdp.decide(new AccessRequest(subject(caller), action.dotted(), resource, clock.instant()));
        return switch (decision) {
            case Decision.Permit permit when permit.obligations().isEmpty() -> permit;
            case Decision.Permit permit ->
                new Decision.Deny(permit.rule(), "It is permitted under obligations that Hansa does not know.");
            case Decision.Deny deny -> deny;
            case Decision.NotApplicable _ -> new Decision.Deny("default", "No rule permits it.");
            case Decision.Indeterminate(String why) ->
                new Decision.Deny("indeterminate", "The policies could not be evaluated: " + why + ".");
        };
    }

    private static Subject subject(Caller caller) {
        return new Subject(
                caller.id(),
                caller.issuer(),
                caller.fqans(),
                caller.vo(),
                caller.proof().name().toLowerCase(Locale.ROOT),
                caller.operator());
    }
}
