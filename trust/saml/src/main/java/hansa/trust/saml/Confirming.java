package hansa.trust.saml;

import hansa.protocols.saml.Assertion;
import hansa.protocols.saml.Confirmation;
import hansa.protocols.saml.Confirmation.Terms;
import hansa.trust.Rejected;
import hansa.trust.Rejected.Reason;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds a way in which whoever brings an assertion shows that it is theirs.
 *
 * @param chain what the client proved to have
 */
record Confirming(Window window, Set<String> recipients, List<X509Certificate> chain) {

    /** @param repeatable whether the assertion is of no use to whoever overhears it */
    record Way(Optional<Instant> notOnOrAfter, boolean repeatable) {}

    /** @throws Rejected with the reason against the first way if none leads in */
    Way of(Assertion assertion) throws Rejected {
        Optional<Rejected> first = Optional.empty();
        for (Confirmation confirmation : assertion.subject().confirmations()) {
            try {
                return way(confirmation);
            } catch (Rejected e) {
                first = first.or(() -> Optional.of(e));
            }
        }
        throw first.orElseGet(() -> new Rejected(Reason.HOLDER, "the assertion does not say whose it is"));
    }

    private Way way(Confirmation confirmation) throws Rejected {
        return switch (confirmation) {
            case Confirmation.Bearer(Terms terms) -> {
                requireTerms(terms);
                if (terms.notOnOrAfter().isEmpty()) {
                    throw new Rejected(Reason.FORM, "a bearer's confirmation has no end");
                }
                yield new Way(terms.notOnOrAfter(), false);
            }
            case Confirmation.HolderOfKey(Terms terms, List<X509Certificate> certificates) -> {
                requireTerms(terms);
                requireHolder(certificates);
                yield new Way(terms.notOnOrAfter(), true);
            }
            case Confirmation.Other _ ->
                throw new Rejected(Reason.FORM, "the assertion is confirmed by a method that is not known here");
        };
    }

    private void requireTerms(Terms terms) throws Rejected {
        window.require(terms.notBefore(), terms.notOnOrAfter());
        if (terms.recipient().filter(to -> !recipients.contains(to)).isPresent()) {
            throw new Rejected(Reason.AUDIENCE, "the assertion is made out to another address");
        }
    }

    /** TLS proved the key of the first certificate only. */
    private void requireHolder(List<X509Certificate> certificates) throws Rejected {
        if (chain.isEmpty() || certificates.stream().noneMatch(chain.getFirst()::equals)) {
            throw new Rejected(Reason.HOLDER, "the client did not show the certificate that the assertion is bound to");
        }
    }
}
