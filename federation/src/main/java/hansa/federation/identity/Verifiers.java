package hansa.federation.identity;

import hansa.trust.AssertionSigner;
import hansa.trust.ChainVerifier;
import hansa.trust.SamlVerifier;
import hansa.trust.TokenVerifier;
import java.util.List;
import java.util.Optional;

/**
 * Who is asked about credentials that the installation did not give out itself, and who vouches for its users elsewhere.
 *
 * @param chains for certificates and proxies of clients; none where they are not taken
 * @param tokens asked in order until one knows the token
 * @param saml none where assertions are not taken
 * @param signer for assertions to other sites; none where the installation signs none
 * @param logins where people get tokens that are taken here
 */
public record Verifiers(
        Optional<ChainVerifier> chains,
        List<TokenVerifier> tokens,
        Optional<SamlVerifier> saml,
        Optional<AssertionSigner> signer,
        List<LoginIssuer> logins) {

    public static final Verifiers NONE = new Verifiers(Optional.empty(), List.of(), Optional.empty());

    public Verifiers {
        tokens = List.copyOf(tokens);
        logins = List.copyOf(logins);
    }

    public Verifiers(Optional<ChainVerifier> chains, List<TokenVerifier> tokens, Optional<SamlVerifier> saml) {
        this(chains, tokens, saml, Optional.empty(), List.of());
    }
}
