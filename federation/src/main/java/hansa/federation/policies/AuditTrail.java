package hansa.federation.policies;

import hansa.federation.audit.AuditPage;
import hansa.federation.audit.AuditQuery;
import hansa.federation.audit.AuditReader;
import hansa.federation.audit.Verification;
import hansa.federation.caller.Caller;
import hansa.federation.policy.Action;
import hansa.federation.policy.Policy;
import hansa.kernel.base.Failure;
import hansa.policy.AccessRequest.Resource;

/** The audit log of this node, for those who may read it. Thread-safe. */
public final class AuditTrail {

    private final AuditReader reader;
    private final Policy policy;

    public AuditTrail(AuditReader reader, Policy policy) {
        this.reader = reader;
        this.policy = policy;
    }

    /**
     * Newest first.
     *
     * @param limit 1 to 1,000
     * @throws Failure {@code policy.denied}
     */
    public AuditPage page(Caller caller, AuditQuery query, int limit) {
        require(caller);
        return reader.page(query, limit);
    }

    /**
     * Follows the whole chain.
     *
     * @throws Failure {@code policy.denied}, {@code rate.limited} while another one runs
     */
    public Verification verify(Caller caller) {
        require(caller);
        return reader.verify();
    }

    private void require(Caller caller) {
        policy.require(caller, Action.AUDIT_READ, Resource.any("audit"));
    }
}
