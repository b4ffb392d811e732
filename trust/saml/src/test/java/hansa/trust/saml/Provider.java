package hansa.trust.saml;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import hansa.protocols.voms.Fqan;
import hansa.trust.Evidence;
import hansa.trust.Rejected;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The verifier under test, with one identity provider configured. */
final class Provider {

    final SamlAssertions verifier;

    private Provider(TrustedIssuer issuer, int mostUsed) {
        verifier = new SamlAssertions(List.of(issuer), Clock.fixed(AssertionText.NOW, ZoneOffset.UTC), mostUsed);
    }

    static Provider standard() {
        return with(Keys.PROVIDER.getPublic());
    }

    static Provider with(PublicKey... keys) {
        return new Provider(issuer(Optional.empty(), keys), 100);
    }

    static Provider remembering(int mostUsed) {
        return new Provider(issuer(Optional.empty(), Keys.PROVIDER.getPublic()), mostUsed);
    }

    static Provider identifyingBy(String attribute) {
        return new Provider(issuer(Optional.of(attribute), Keys.PROVIDER.getPublic()), 100);
    }

    static TrustedIssuer issuer(Optional<String> subjectAttribute, PublicKey... keys) {
        return new TrustedIssuer(
                AssertionText.ISSUER,
                List.of(keys),
                Set.of(AssertionText.AUDIENCE),
                Set.of(AssertionText.RECIPIENT),
                subjectAttribute,
                Set.of("biomed"),
                Provider::group);
    }

    /** As entitlements are read, as far as these tests need it. */
    private static Optional<Fqan> group(String entitlement) {
        String prefix = "urn:mace:example.org:group:";
        if (!entitlement.startsWith(prefix)) {
            return Optional.empty();
        }
        String[] parts = entitlement.substring(prefix.length()).split("[:#]");
        Optional<String> role = Optional.of(parts[1].substring("role=".length()));
        return Optional.of(new Fqan("/" + parts[0], role.filter(name -> !name.equals("member"))));
    }

    Evidence take(String document, X509Certificate... chain) throws Rejected {
        return verifier.verify(document.getBytes(StandardCharsets.UTF_8), List.of(chain));
    }

    Rejected.Reason refusal(String document, X509Certificate... chain) {
        return catchThrowableOfType(Rejected.class, () -> take(document, chain)).reason();
    }
}
