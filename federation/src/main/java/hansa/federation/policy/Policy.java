package hansa.federation.policy;

import hansa.federation.audit.Audit;
import hansa.federation.audit.AuditEntry;
import hansa.federation.audit.AuditEntry.Source;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * Where every capability asks before it shows or changes anything, and where every decision is taken down. First the
 * scope of the credential, then the rules of the virtual organisation, then {@link Rules}. Thread-safe.
 */
public final class Policy {

    private final Clock clock;
    private final Audit audit;
    private volatile Rules rules = Rules.BUILT_IN;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Pdp narrowing = _ -> new Decision.NotApplicable();

    /** The built-in rules alone, until {@link #use}. */
    public Policy(Clock clock, Audit audit) {
        this.clock = clock;
        this.audit = audit;
    }

    /** From the next question on, the given rules hold. */
    public void use(Rules fresh) {
        rules = fresh;
        listeners.forEach(Runnable::run);
    }

    /** Is told, on whichever thread, when other rules hold. Must not wait. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Lets the rules of virtual organisations deny as well; before the first question. */
    public void narrow(Pdp denying) {
        narrowing = denying;
    }

    public Rules rules() {
        return rules;
    }

    /**
     * Lets the caller go on, or not.
     *
     * @throws Failure {@code policy.denied}, naming the rule
     */
    public void require(Caller caller, Action action, Resource resource) {
        Verdict verdict = decide(caller, action, resource);
        if (!verdict.permitted()) {
            throw new Failure(
                    ErrorCode.POLICY_DENIED,
                    withoutStop(verdict.why()) + " (" + action.dotted() + ", rule '" + verdict.rule()
                            + "'); ask whoever looks after it, or an operator.");
        }
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    /** Whether the caller may; for what is left out of an answer rather than refused. */
    public boolean permits(Caller caller, Action action, Resource resource) {
        return decide(caller, action, resource).permitted();
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

    /**
     * What takes out of a list what the caller may not see. The list itself was asked for before; only what the policies take out of it is
     * taken down, once for all that is alike.
     *
     * @param action what whoever sees one of them in a list does
     */
    public Sieve sieve(Caller caller, Action action) {
        return new Sieve(rules, subject(caller), action, clock.instant(), this::keep);
    }

    /**
     * What of a list the caller may see.
     *
     * @param found what the built-in rules let the caller see
     */
    public <T> List<T> visible(Caller caller, Action action, List<T> found, Function<T, Resource> resource) {
        Sieve sieve = sieve(caller, action);
        return sieve.isOpen()
                ? found
                : found.stream()
                        .filter(one -> sieve.passes(resource.apply(one)))
                        .toList();
    }

    /**
     * Lets the caller ask {@link #rules} what would be decided about anybody. Only this question is taken down, since
     * nothing happens after the answers.
     *
     * @throws Failure {@code policy.denied}
     */
    public void requireToEvaluate(Caller caller) {
        require(caller, Action.POLICY_EVALUATE, Resource.any("policy"));
    }

    private Verdict decide(Caller caller, Action action, Resource resource) {
        AccessRequest request = new AccessRequest(subject(caller), action.dotted(), resource, clock.instant());
        Verdict verdict = caller.scope().allows(action.dotted())
                ? ask(request)
                : new Verdict(
                        new Decision.Deny(
                                "scope",
                                "The credential is good for " + caller.scope() + " only, not for " + action.dotted()
                                        + "."),
                        Source.SCOPE);
        keep(request, verdict);
        return verdict;
    }

    /** What the rules of virtual organisations and {@link #rules} say together, whatever a credential is good for. Not taken down. */
    public Verdict ask(AccessRequest request) {
        return narrowing.decide(request) instanceof Decision.Deny denied
                ? new Verdict(denied, Source.ORGANISATION)
                : rules.decide(request);
    }

    private void keep(AccessRequest request, Verdict verdict) {
        audit.keep(new AuditEntry(request, verdict.permitted(), verdict.rule(), verdict.source(), verdict.why()));
    }

    /** The caller as policies see them. */
    public static Subject subject(Caller caller) {
        return new Subject(
                caller.id(),
                caller.issuer(),
                caller.fqans(),
                caller.vo(),
                caller.proof().name().toLowerCase(Locale.ROOT),
                caller.operator());
    }
}
