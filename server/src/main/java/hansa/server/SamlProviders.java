package hansa.server;

import hansa.federation.identity.UsedOnce;
import hansa.kernel.config.Configuration;
import hansa.kernel.config.ConfigurationException;
import hansa.kernel.store.Store;
import hansa.trust.GroupRule;
import hansa.trust.SamlVerifier;
import hansa.trust.saml.SamlAssertions;
import hansa.trust.saml.SigningKeys;
import hansa.trust.saml.TrustedIssuer;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The identity providers whose SAML assertions are taken, as they were configured. */
final class SamlProviders {

    private static final String TOKEN_ENDPOINT = "/api/v1/oauth/token";

    private final Configuration wanted;
    private final Store store;
    private final Clock clock;

    SamlProviders(Configuration wanted, Store store, Clock clock) {
        this.wanted = wanted;
        this.store = store;
        this.clock = clock;
    }

    /** None where none is configured, so that nothing of what reads them is loaded. */
    Optional<SamlVerifier> verifier() throws ConfigurationException {
        List<TrustedIssuer> issuers = new ArrayList<>();
        for (Configuration.SamlIssuer issuer : wanted.identity().saml()) {
            issuers.add(trusted(issuer));
        }
        try {
            return issuers.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new SamlAssertions(issuers, new UsedOnce(store, clock), clock));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("\"identity.saml\": " + e.getMessage(), e);
        }
    }

    private TrustedIssuer trusted(Configuration.SamlIssuer issuer) throws ConfigurationException {
        String place = "\"identity.saml." + issuer.name() + "\": ";
        GroupRule groups = new GroupRule(
                Set.copyOf(issuer.vos()), Set.copyOf(issuer.namespaces()), Set.copyOf(issuer.authorities()));
        try {
            return new TrustedIssuer(
                    issuer.entity(),
                    SigningKeys.read(issuer.certificates()),
                    Set.copyOf(issuer.audience()),
                    recipients(issuer),
                    issuer.subjectAttribute(),
                    issuer.groupAttribute(),
                    texts -> groups.read(texts).fqans());
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(place + e.getMessage(), e);
        } catch (IOException e) {
            throw new ConfigurationException(
                    place + "its certificates cannot be read from " + issuer.certificates()
                            + "; is it a PEM file that the node may read?",
                    e);
        }
    }

    private Set<String> recipients(Configuration.SamlIssuer issuer) {
        Set<String> recipients = new TreeSet<>(issuer.recipients());
        wanted.site().url().ifPresent(url -> recipients.add(url.toString().replaceFirst("/$", "") + TOKEN_ENDPOINT));
        return recipients;
    }
}
