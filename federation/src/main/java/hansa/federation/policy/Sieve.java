package hansa.federation.policy;

import hansa.policy.AccessRequest;
import hansa.policy.AccessRequest.Resource;
import hansa.policy.AccessRequest.Subject;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Takes out of a list what policies do not let the caller see. Lists are made after the built-in rules, so that nothing is asked where only
 * those hold. Where no policy looks at ids, things that are alike in all else are asked about once. For one list, by one thread.
 */
public final class Sieve {

    private static final int MOST = 10_000;

    private final Rules rules;
    private final Subject subject;
    private final String action;
    private final Instant at;
    private final BiConsumer<AccessRequest, Verdict> denied;
    private final boolean looksAtIds;
    private final Map<Resource, Boolean> known = new HashMap<>();

    /** @param denied takes down what is taken out */
    Sieve(Rules rules, Subject subject, Action action, Instant at, BiConsumer<AccessRequest, Verdict> denied) {
        this.rules = rules;
        this.subject = subject;
        this.action = action.dotted();
        this.at = at;
        this.denied = denied;
        this.looksAtIds = rules.looksAtIds();
    }

    /** Whether everything passes. */
    public boolean isOpen() {
        return rules.equals(Rules.BUILT_IN);
    }

    /** Whether one thing may pass where another one does not that is the same but for its id. */
    public boolean looksAtIds() {
        return looksAtIds;
    }

    /** @param found something that the built-in rules let the caller see */
    public boolean passes(Resource found) {
        if (isOpen()) {
            return true;
        }
        if (looksAtIds) {
            return decide(found);
        }
        Resource alike = new Resource(found.type(), "", found.owner(), found.vo(), found.attributes());
        if (known.size() >= MOST) {
            known.clear();
        }
        return known.computeIfAbsent(alike, this::decide);
    }

    private boolean decide(Resource resource) {
        AccessRequest request = new AccessRequest(subject, action, resource, at);
        Verdict verdict = rules.decide(request);
        if (!verdict.permitted()) {
            denied.accept(request, verdict);
        }
        return verdict.permitted();
    }
}
