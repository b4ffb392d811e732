package hansa.federation.identity;

import hansa.trust.ChainVerifier;
import hansa.trust.SamlVerifier;
import hansa.trust.TokenVerifier;
import java.util.List;
import java.util.Optional;

/**
 * Who is asked about credentials that the installation did not give out itself.
 *
 * @param chains for certificates and proxies of clients; none where they are not taken
 * @param tokens asked in order until one knows the token
 * @param saml none where assertions are not taken
 */
public record Verifiers(Optional<ChainVerifier> chains, List<TokenVerifier> tokens, Optional<SamlVerifier> saml) {

    public static final Verifiers NONE = new Verifiers(Optional.empty(), List.of(), Optional.empty());

    public Verifiers {
        tokens = List.copyOf(tokens);
    }
}
