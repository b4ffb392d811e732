package hansa.federation.policy;

import hansa.federation.audit.AuditEntry.Source;
import hansa.policy.AccessRequest;
import hansa.policy.Decision;
import hansa.policy.Pdp;
import java.util.Optional;

/**
 * All that has a say, in order: the site's own policies can only deny; the configured ones permit or deny; where they
 * are silent the built-in rules decide; where those are silent it is denied. What cannot be evaluated denies.
 *
 * @param site the site's own policies
 * @param configured the federation's policies
 */
public record Rules(Optional<Pdp> site, Optional<Pdp> configured) {

    /** Only those that are always there. */
    public static final Rules BUILT_IN = new Rules(Optional.empty(), Optional.empty());

    private static final Pdp ALWAYS_THERE = new BuiltInRules();

    public Verdict decide(AccessRequest request) {
        if (makesOperators(request)) {
            return new Verdict(
                    new Decision.Deny("operators", "Only operators make and delete operators."), Source.BUILT_IN);
        }
        if (site.isPresent()) {
            Decision decision = known(site.get().decide(request));
            if (decision instanceof Decision.Deny) {
                return new Verdict(decision, Source.SITE);
            }
        }
        if (configured.isPresent()) {
            Decision decision = known(configured.get().decide(request));
            if (!(decision instanceof Decision.NotApplicable)) {
                return new Verdict(decision, Source.POLICIES);
            }
        }
        Decision decision = ALWAYS_THERE.decide(request);
        return new Verdict(
                decision instanceof Decision.NotApplicable
                        ? new Decision.Deny("default", "No rule permits it.")
                        : decision,
                Source.BUILT_IN);
    }

    /** What no policy can give, since whoever may make operators is one. */
    private static boolean makesOperators(AccessRequest request) {
        return (request.action().equals("user.create") || request.action().equals("user.delete"))
                && "true".equals(request.resource().attributes().get("operator"))
                && !request.subject().operator();
    }

    /** Whether some that have a say tell resources apart by their ids. */
    boolean looksAtIds() {
        return site.map(Pdp::looksAtIds).orElse(false)
                || configured.map(Pdp::looksAtIds).orElse(false)
                || ALWAYS_THERE.looksAtIds();
    }

    /** A permit, a denial, or nothing said. */
    private static Decision known(Decision decision) {
        return switch (decision) {
            case Decision.Permit permit when permit.obligations().isEmpty() -> permit;
            case Decision.Permit permit ->
                new Decision.Deny(permit.rule(), "It is permitted under obligations that Hansa does not know.");
            case Decision.Deny deny -> deny;
            case Decision.NotApplicable silent -> silent;
            case Decision.Indeterminate(String why) ->
                new Decision.Deny("indeterminate", "The policies could not be evaluated: " + why + ".");
        };
    }
}
