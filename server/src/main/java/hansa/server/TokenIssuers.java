package hansa.server;

import hansa.federation.identity.LoginIssuer;
import hansa.federation.identity.PublishedKeys;
import hansa.federation.identity.UsedOnce;
import hansa.kernel.config.Configuration;
import hansa.kernel.config.Configuration.OidcIssuer;
import hansa.kernel.config.ConfigurationException;
import hansa.kernel.config.Secret;
import hansa.kernel.store.Store;
import hansa.trust.AssertionSigner;
import hansa.trust.GroupRule;
import hansa.trust.TokenVerifier;
import hansa.trust.tokens.AssertionVerifier;
import hansa.trust.tokens.Assertions;
import hansa.trust.tokens.ForeignTokens;
import hansa.trust.tokens.OidcSettings;
import hansa.trust.tokens.OidcVerifier;
import hansa.trust.tokens.Partner;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;

/** The OpenID providers and partners whose tokens and assertions are taken, as they were configured. */
final class TokenIssuers {

    private final Configuration wanted;
    private final DataFolder data;
    private final Store store;
    private final Clock clock;
    private final Closing closing;

    TokenIssuers(Configuration wanted, DataFolder data, Store store, Clock clock, Closing closing) {
        this.wanted = wanted;
        this.data = data;
        this.store = store;
        this.clock = clock;
        this.closing = closing;
    }

    /** None where nothing is configured, so that nothing of what reads tokens is loaded. */
    List<TokenVerifier> verifiers() throws ConfigurationException, StartFailure {
        List<OidcVerifier> providers = new ArrayList<>();
        for (OidcIssuer issuer : wanted.identity().oidc()) {
            providers.add(new OidcVerifier(settings(issuer), trust(issuer.ca()), clock));
        }
        Optional<AssertionVerifier> assertions = assertions();
        if (providers.isEmpty() && assertions.isEmpty()) {
            return List.of();
        }
        try {
            return List.of(closing.add("issuers of tokens", new ForeignTokens(providers, assertions)));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("\"identity.oidc\": " + e.getMessage() + "; keep one of them", e);
        }
    }

    private static OidcSettings settings(OidcIssuer issuer) throws ConfigurationException {
        if (issuer.introspection() != Configuration.Introspection.NEVER
                && issuer.clientId().isEmpty()) {
            throw new ConfigurationException("\"identity.oidc." + issuer.name()
                    + ".introspection\" is set without a client that may ask; set identity.oidc." + issuer.name()
                    + ".client-id");
        }
        return new OidcSettings(
                issuer.issuer().toString(),
                Set.copyOf(issuer.audience()),
                Set.copyOf(issuer.clients()),
                new GroupRule(
                        Set.copyOf(issuer.vos()), Set.copyOf(issuer.namespaces()), Set.copyOf(issuer.authorities())),
                issuer.clientId(),
                issuer.clientSecret().map(Secret::reveal),
                switch (issuer.introspection()) {
                    case NEVER -> OidcSettings.Introspection.NEVER;
                    case OPAQUE -> OidcSettings.Introspection.OPAQUE;
                    case ALWAYS -> OidcSettings.Introspection.ALWAYS;
                },
                issuer.userinfo(),
                issuer.subjectClaim(),
                issuer.nameClaim(),
                issuer.entitlementClaims(),
                issuer.skew());
    }

    private Optional<AssertionVerifier> assertions() throws ConfigurationException {
        if (wanted.identity().partners().isEmpty()) {
            return Optional.empty();
        }
        List<Partner> partners = new ArrayList<>();
        for (Configuration.Partner partner : wanted.identity().partners()) {
            partners.add(new Partner(
                    partner.url().toString(),
                    partner.keys(),
                    Set.copyOf(partner.issuers()),
                    Set.copyOf(partner.vos()),
                    trust(partner.ca())));
        }
        return Optional.of(new AssertionVerifier(site().toString(), partners, new UsedOnce(store, clock), clock));
    }

    /** For assertions to the partners; none where there are none. */
    Optional<AssertionSigner> signer() throws ConfigurationException, IOException {
        if (wanted.identity().partners().isEmpty()) {
            return Optional.empty();
        }
        Set<String> audiences = wanted.identity().partners().stream()
                .map(partner -> partner.url().toString())
                .collect(Collectors.toSet());
        return Optional.of(new Assertions(
                site().toString(), audiences, data.folder("keys"), new PublishedKeys(store, clock), clock));
    }

    private URI site() throws ConfigurationException {
        return wanted.site()
                .url()
                .orElseThrow(
                        () -> new ConfigurationException(
                                "\"identity.federation\" has partners, who have to know this site by an address; set site.url"));
    }

    /** Where people can log in with the command. */
    List<LoginIssuer> logins() {
        return wanted.identity().oidc().stream()
                .filter(issuer -> issuer.loginClientId().isPresent())
                .map(issuer -> new LoginIssuer(
                        issuer.name(),
                        issuer.issuer().toString(),
                        issuer.loginClientId().orElseThrow(),
                        issuer.scopes(),
                        issuer.resource()))
                .toList();
    }

    private static Optional<SSLContext> trust(Optional<Path> authorities) throws ConfigurationException {
        return authorities.isPresent() ? Optional.of(Authorities.trusting(authorities.get())) : Optional.empty();
    }
}
