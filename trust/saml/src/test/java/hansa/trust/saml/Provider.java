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
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The verifier under test, with one identity provider configured. */
final class Provider {

    final SamlAssertions verifier;

    private final Set<String> used = new HashSet<>();

    private Provider(TrustedIssuer issuer) {
        verifier = new SamlAssertions(
                List.of(issuer),
                (entity, id, _) -> used.add(entity + " " + id),
                Clock.fixed(AssertionText.NOW, ZoneOffset.UTC));
    }

    static Provider standard() {
        return with(Keys.PROVIDER.getPublic());
    }

    static Provider with(PublicKey... keys) {
        return new Provider(issuer(Optional.empty(), keys));
    }

    static Provider identifyingBy(String attribute) {
        return new Provider(issuer(Optional.of(attribute), Keys.PROVIDER.getPublic()));
    }

    static TrustedIssuer issuer(Optional<String> subjectAttribute, PublicKey... keys) {
        return new TrustedIssuer(
                AssertionText.ISSUER,
                List.of(keys),
                Set.of(AssertionText.AUDIENCE),
                Set.of(AssertionText.RECIPIENT),
                subjectAttribute,
                "urn:oid:1.3.6.1.4.1.5923.1.1.1.7",
                Provider::groups);
    }

    /** As entitlements are read, as far as these tests need it: the issuer may speak for biomed alone. */
    private static List<Fqan> groups(List<String> entitlements) {
        Matcher matcher = Pattern.compile("urn:mace:example.org:group:(biomed):role=(\\w+)#aai.example.org")
                .matcher("");
        return entitlements.stream()
                .filter(text -> matcher.reset(text).matches())
                .map(text -> new Fqan(
                        "/" + matcher.reset(text).replaceAll("$1"),
                        Optional.of(matcher.reset(text).replaceAll("$2")).filter(role -> !role.equals("member"))))
                .toList();
    }

    Evidence take(String document, X509Certificate... chain) throws Rejected {
        return verifier.verify(document.getBytes(StandardCharsets.UTF_8), List.of(chain));
    }

    Rejected.Reason refusal(String document, X509Certificate... chain) {
        return catchThrowableOfType(Rejected.class, () -> take(document, chain)).reason();
    }
}
