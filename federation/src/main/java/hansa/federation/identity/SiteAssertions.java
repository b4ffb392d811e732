package hansa.federation.identity;

import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.policy.Action;
import hansa.federation.policy.Policy;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.policy.AccessRequest.Resource;
import hansa.protocols.voms.Fqan;
import hansa.trust.AssertionSigner;
import hansa.trust.AssertionSigner.Signed;
import hansa.trust.AssertionSigner.Statement;
import java.util.List;
import java.util.Optional;

/** What this installation vouches for at other sites: who its callers are, one at a time and for one site. Thread-safe. */
public final class SiteAssertions {

    private final Policy policy;
    private final Optional<AssertionSigner> signer;

    SiteAssertions(Policy policy, Optional<AssertionSigner> signer) {
        this.policy = policy;
        this.signer = signer;
    }

    /** Whether the installation signs any. */
    public boolean areSigned() {
        return signer.isPresent();
    }

    /** The public keys that other sites verify with, as a JWK set. @throws Failure {@code resource.not-found} */
    public String publicKeys() {
        return signer.map(AssertionSigner::publicKeys)
                .orElseThrow(() -> new Failure(
                        ErrorCode.RESOURCE_NOT_FOUND, "This site signs no assertions; its operator can set site.url."));
    }

    /**
     * Says who the caller is, with the groups and roles of the virtual organisation that they act for, for one use.
     *
     * @param audience the address of the site that it is for
     * @param vo has to be the one that the caller acts for, where it is given
     * @throws Failure {@code attribute.invalid} for a site that is no partner, {@code policy.denied} where the caller's
     *     own credential is good for less than everything or is an assertion itself
     */
    public Signed issue(Caller caller, String audience, Optional<String> vo) {
        policy.require(caller, Action.ASSERTION_CREATE, Resource.any("assertion"));
        requireWhole(caller);
        if (vo.isPresent() && !vo.equals(caller.vo())) {
            throw denied("You act for " + caller.vo().orElse("yourself")
                    + ", not for that virtual organisation (assertion.create, rule 'acting'); choose it with "
                    + Presented.VO_HEADER + ".");
        }
        AssertionSigner partners = signer.filter(known -> known.audiences().contains(audience))
                .orElseThrow(
                        () -> new Failure(
                                ErrorCode.ATTRIBUTE_INVALID,
                                "'audience' is no site that this one has as a partner; give its address as its operator does."));
        List<Fqan> fqans = caller.fqans().stream()
                .filter(fqan -> caller.vo().filter(fqan.vo()::equals).isPresent())
                .toList();
        return partners.sign(new Statement(
                audience,
                Optional.of(caller.issuer()).filter(issuer -> !issuer.equals(Caller.LOCAL)),
                caller.subject(),
                caller.name(),
                caller.vo(),
                fqans));
    }

    private static void requireWhole(Caller caller) {
        if (caller.proof() == Proof.ASSERTION) {
            throw denied(
                    "An assertion is not given for an assertion (assertion.create, rule 'own-credentials'); ask with credentials of your own.");
        }
        if (caller.proof() == Proof.OPEN || caller.proof() == Proof.INTERNAL) {
            throw denied(
                    "An open installation does not know who you are and vouches for nobody (assertion.create, rule 'known').");
        }
        if (!caller.scope().isAll()) {
            throw denied("An assertion is good for everything; your credential is good for " + caller.scope()
                    + " (assertion.create, rule 'scope').");
        }
    }

    private static Failure denied(String text) {
        return new Failure(ErrorCode.POLICY_DENIED, text);
    }
}
