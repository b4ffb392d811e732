package hansa.federation.identity;

import java.util.List;
import java.util.Optional;

/**
 * An OpenID provider where people log in for this installation.
 *
 * @param name what the operator calls it
 * @param issuer its address
 * @param clientId the public client as which they log in
 * @param scopes what to ask for
 * @param resource what to ask for a token for (RFC 8707)
 */
public record LoginIssuer(String name, String issuer, String clientId, List<String> scopes, Optional<String> resource) {

    public LoginIssuer {
        scopes = List.copyOf(scopes);
    }
}
