package hansa.trust.tokens;

import hansa.trust.Evidence;
import hansa.trust.Rejected;
import hansa.trust.Rejected.Reason;
import hansa.trust.TokenVerifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds who vouches for a token: a JWT names its issuer, who is trusted or not; any other text is shown, one after the
 * other, to the providers that are asked about such tokens. Thread-safe.
 */
public final class ForeignTokens implements TokenVerifier, AutoCloseable {

    private final List<OidcVerifier> providers;
    private final Map<String, OidcVerifier> byIssuer;
    private final Optional<AssertionVerifier> assertions;

    /** @throws IllegalArgumentException if two providers have one name */
    public ForeignTokens(List<OidcVerifier> providers, Optional<AssertionVerifier> assertions) {
        this.providers = List.copyOf(providers);
        try {
            this.byIssuer = providers.stream().collect(Collectors.toMap(OidcVerifier::issuer, Function.identity()));
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException("two providers are the same issuer", e);
        }
        this.assertions = assertions;
    }

    @Override
    public Optional<Evidence> verify(String token) throws Rejected {
        return Jws.isMeant(token) ? Optional.of(verified(token)) : asked(token);
    }

    private Evidence verified(String token) throws Rejected {
        Jws jws = Jws.parse(token);
        String issuer = jws.claims().required("iss");
        if (assertions.isPresent() && assertions.get().knows(issuer)) {
            return assertions.get().verify(jws);
        }
        OidcVerifier provider = byIssuer.get(issuer);
        if (provider == null) {
            throw new Rejected(Reason.UNTRUSTED, "the token is of an issuer that is not configured");
        }
        return provider.verify(token, jws);
    }

    private Optional<Evidence> asked(String token) throws Rejected {
        List<OidcVerifier> asking =
                providers.stream().filter(OidcVerifier::introspectsOpaque).toList();
        if (asking.isEmpty()) {
            return Optional.empty();
        }
        if (token.length() > Jws.MAX_LENGTH) {
            throw new Rejected(Reason.MALFORMED, "the token is longer than " + Jws.MAX_LENGTH + " characters");
        }
        Optional<Rejected> unchecked = Optional.empty();
        for (OidcVerifier provider : asking) {
            try {
                Optional<Evidence> evidence = provider.ask(token);
                if (evidence.isPresent()) {
                    return evidence;
                }
            } catch (Rejected e) {
                if (e.reason() != Reason.UNCHECKED) {
                    throw e;
                }
                unchecked = Optional.of(e);
            }
        }
        // One that does not answer may be the one that knows it.
        throw unchecked.orElseGet(() -> new Rejected(Reason.REVOKED, "no issuer knows the token as active"));
    }

    @Override
    public void close() {
        providers.forEach(OidcVerifier::close);
        assertions.ifPresent(AssertionVerifier::close);
    }
}
