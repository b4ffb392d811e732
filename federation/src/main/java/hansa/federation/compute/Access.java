package hansa.federation.compute;

import hansa.federation.caller.Caller;
import hansa.federation.caller.Scope;
import hansa.federation.policy.Action;
import hansa.federation.policy.Policy;
import hansa.federation.policy.Sieve;
import hansa.kernel.base.Failure;
import hansa.policy.AccessRequest.Resource;
import java.util.List;
import java.util.function.Supplier;

/** Asks the policy for all services of this capability: what callers may not look at does not exist for them. */
final class Access {

    private final Policy policy;

    Access(Policy policy) {
        this.policy = policy;
    }

    /** Whether it exists for the caller, whatever their credential may be used for. */
    boolean visible(Caller caller, Guarded thing) {
        return may(whole(caller), thing.look(), thing);
    }

    /** Lets the caller look at it, or says why not. */
    void requireLook(Caller caller, Guarded thing, Supplier<Failure> missing) {
        if (!may(caller, thing.look(), thing)) {
            if (!visible(caller, thing)) {
                throw missing.get();
            }
            require(caller, thing.look(), thing);
        }
    }

    /** Whether the caller may plug machines into it: to look at somebody's network is not yet to be let onto it. */
    boolean mayUse(Caller caller, Network network) {
        Guarded thing = Guarded.of(network);
        return network.owner().isEmpty() ? visible(caller, thing) : may(whole(caller), Action.NETWORK_ACT, thing);
    }

    /** Whether the caller may plug it into machines. */
    boolean mayUse(Caller caller, Volume volume) {
        return may(whole(caller), Action.VOLUME_ACT, Guarded.of(volume));
    }

    private static Caller whole(Caller caller) {
        return caller.scope().isAll() ? caller : caller.within(Scope.ALL);
    }

    boolean may(Caller caller, Action action, Guarded thing) {
        return policy.permits(caller, action, thing.about());
    }

    /** @throws Failure {@code policy.denied}, naming the rule */
    void require(Caller caller, Action action, Guarded thing) {
        policy.require(caller, action, thing.about());
    }

    /** @throws Failure {@code policy.denied}, naming the rule */
    void requireList(Caller caller, Action action) {
        policy.require(caller, action, Resource.any(action.type()));
    }

    /** What takes out of a list what the policies do not let the caller see, whatever their credential may be used for. */
    Sieve sieve(Caller caller, Action look) {
        return policy.sieve(whole(caller), look);
    }

    /** The virtual organisations of which the caller sees everything. */
    List<String> overseen(Caller caller) {
        return policy.overseen(caller);
    }
}
