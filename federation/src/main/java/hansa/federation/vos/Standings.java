package hansa.federation.vos;

import hansa.federation.caller.Caller;
import hansa.federation.policy.Action;
import hansa.federation.policy.Policy;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Store;
import java.time.Clock;
import java.util.Optional;

/**
 * What the federation vouches for towards others: only what stands in its own records, whatever a caller's credentials
 * say of them. Thread-safe; answers from the store.
 */
public final class Standings {

    private final Store store;
    private final Policy policy;
    private final Clock clock;

    Standings(Store store, Policy policy, Clock clock) {
        this.store = store;
        this.policy = policy;
        this.clock = clock;
    }

    /** Whether the federation speaks for it. */
    public boolean manages(String vo) {
        return store.read(sql -> OrganisationTable.find(sql, vo)).isPresent();
    }

    /**
     * What may be certified of the caller.
     *
     * @throws Failure {@code policy.denied}
     */
    public Standing of(Caller caller, String vo) {
        policy.require(caller, Action.MEMBER_CERTIFY, Members.about(vo, caller.id(), "/" + vo));
        return store.read(sql -> {
            Optional<Organisation> organisation = OrganisationTable.find(sql, vo);
            if (organisation.isEmpty()) {
                return new Standing.Elsewhere();
            }
            Optional<Member> found = MemberTable.find(sql, vo, caller.id());
            if (found.isEmpty()) {
                return new Standing.Stranger();
            }
            Member member = found.get();
            return organisation.get().suspended().isEmpty() && member.isActive(clock.instant())
                    ? new Standing.Active(member.fqans(), member.expires())
                    : new Standing.Suspended();
        });
    }
}
