package hansa.trust;

import java.util.Optional;

/** Verifies one kind of bearer tokens (RFC 6750). Thread-safe. */
@FunctionalInterface
public interface TokenVerifier {

    /**
     * @return empty if the token is of another kind, so that the next verifier is asked
     * @throws Rejected if it is of this kind and proves nothing
     */
    Optional<Evidence> verify(String token) throws Rejected;
}
