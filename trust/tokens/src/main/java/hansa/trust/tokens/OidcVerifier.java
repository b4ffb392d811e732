package hansa.trust.tokens;

import hansa.trust.Evidence;
import hansa.trust.GroupRule;
import hansa.trust.Rejected;
import hansa.trust.Rejected.Reason;
import hansa.trust.tokens.OidcSettings.Introspection;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies the access tokens of one OpenID provider: JWTs by its published keys (RFC 9068, and plain ones), opaque ones
 * by asking it (RFC 7662). ID tokens are refused: they tell a client who logged in and are no key to anything. Thread-safe.
 */
public final class OidcVerifier implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OidcVerifier.class);

    private static final Set<String> TYPES = Set.of("jwt", "at+jwt");
    private static final Duration REMEMBER = Duration.ofSeconds(60);
    private static final Duration REMEMBER_INACTIVE = Duration.ofSeconds(10);

    /** Where the issuer says nothing about the end of an opaque token, it is asked again after this time. */
    private static final Duration UNSAID_END = Duration.ofMinutes(5);

    private static final int LONGEST_SUBJECT = 255;

    private final OidcSettings settings;
    private final Clock clock;
    private final Web web;
    private final Provider provider;
    private final CachedKeys keys;
    private final Answers introspected;
    private final Answers described;

    /** @param trust for the issuer's TLS certificate; what Java trusts where there is none */
    public OidcVerifier(OidcSettings settings, Optional<SSLContext> trust, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.web = new Web(trust);
        this.provider = new Provider(settings, web, clock);
        this.keys = new CachedKeys(settings.issuer(), provider::keys, clock);
        this.introspected = new Answers(clock);
        this.described = new Answers(clock);
    }

    String issuer() {
        return settings.issuer();
    }

    boolean introspectsOpaque() {
        return settings.introspection() != Introspection.NEVER;
    }

    Evidence verify(String token, Jws jws) throws Rejected {
        keys.verify(jws);
        requireAccessToken(jws);
        Members claims = jws.claims();
        Instant expires = claims.instant("exp")
                .orElseThrow(() -> new Rejected(Reason.MALFORMED, "the token does not say when it ends"));
        new Validity(settings.skew(), clock.instant()).check(claims);
        checkAudience(claims);
        checkClient(claims);
        if (settings.introspection() == Introspection.ALWAYS) {
            requireActive(token, claims);
        }
        return evidence(token, claims, expires);
    }

    /** Empty if the issuer does not know the token, or no longer. */
    Optional<Evidence> ask(String token) throws Rejected {
        Members answer = introspection(token);
        if (!isActive(answer)) {
            return Optional.empty();
        }
        if (answer.has("iss") && !answer.required("iss").equals(settings.issuer())) {
            throw new Rejected(Reason.FORGED, settings.issuer() + " vouches for a token of somebody else");
        }
        new Validity(settings.skew(), clock.instant()).check(answer);
        checkAudience(answer);
        checkClient(answer);
        Instant end = answer.instant("exp").orElse(clock.instant().plus(UNSAID_END));
        return Optional.of(evidence(token, answer, end));
    }

    private static void requireAccessToken(Jws jws) throws Rejected {
        Members claims = jws.claims();
        Optional<String> inside = claims.text("typ");
        boolean declared = jws.type().filter("at+jwt"::equals).isPresent()
                || inside.filter("Bearer"::equals).isPresent();
        boolean foreign = jws.type().filter(type -> !TYPES.contains(type)).isPresent()
                || inside.filter(type -> !type.equals("Bearer")).isPresent()
                || claims.has("events")
                || claims.text("token_use").filter(use -> !use.equals("access")).isPresent();
        boolean idToken = claims.has("at_hash") || claims.has("c_hash") || claims.has("nonce");
        if (foreign || !declared && idToken) {
            throw new Rejected(Reason.FORM, "the token is none for access");
        }
    }

    private void checkAudience(Members claims) throws Rejected {
        if (!settings.audience().contains(GroupRule.ANY)
                && claims.texts("aud").stream().noneMatch(settings.audience()::contains)) {
            throw new Rejected(Reason.AUDIENCE, "the token is for " + claims.texts("aud") + ", not for us");
        }
    }

    private void checkClient(Members claims) throws Rejected {
        Optional<String> client = claims.has("azp") ? claims.text("azp") : claims.text("client_id");
        if (!settings.clients().contains(GroupRule.ANY)
                && client.filter(settings.clients()::contains).isEmpty()) {
            throw new Rejected(Reason.AUDIENCE, "the token was given to the client " + client.orElse("of no name"));
        }
    }

    private void requireActive(String token, Members claims) throws Rejected {
        Members answer = introspection(token);
        if (!isActive(answer)) {
            throw new Rejected(Reason.REVOKED, settings.issuer() + " says that the token is not active");
        }
        if (answer.has("sub") && !answer.required("sub").equals(claims.required("sub"))) {
            throw new Rejected(Reason.FORGED, settings.issuer() + " says that the token is somebody else's");
        }
    }

    private static boolean isActive(Members answer) {
        return Boolean.TRUE.equals(answer.all().get("active"));
    }

    private Members introspection(String token) throws Rejected {
        Optional<Members> before = introspected.find(token);
        if (before.isPresent()) {
            return before.get();
        }
        try {
            Members answer = provider.introspect(token);
            introspected.put(token, answer, isActive(answer) ? REMEMBER : REMEMBER_INACTIVE);
            return answer;
        } catch (IOException e) {
            throw unchecked(e);
        }
    }

    private Evidence evidence(String token, Members claims, Instant expires) throws Rejected {
        String subject = claims.required(settings.subjectClaim());
        if (subject.length() > LONGEST_SUBJECT || subject.chars().anyMatch(Character::isISOControl)) {
            throw new Rejected(Reason.MALFORMED, "the token's subject is too long or not printable");
        }
        Members more = settings.userinfo() && entitlements(claims).isEmpty() ? userinfo(token, claims) : claims;
        GroupRule.Groups groups = settings.groups().read(entitlements(more));
        if (!groups.leftOut().isEmpty()) {
            LOG.debug("Left out what {} says of {}: {}", settings.issuer(), subject, groups.leftOut());
        }
        String name = more.all().get(settings.nameClaim()) instanceof String text ? text : "";
        Map<String, List<String>> attributes = new TreeMap<>(more.attributes());
        attributes.putAll(claims.attributes());
        return new Evidence(
                Evidence.Kind.OIDC,
                settings.issuer(),
                subject,
                name,
                groups.fqans(),
                attributes,
                Optional.empty(),
                expires);
    }

    private List<String> entitlements(Members claims) throws Rejected {
        List<String> all = new ArrayList<>();
        for (String name : settings.entitlementClaims()) {
            all.addAll(claims.texts(name));
        }
        return all;
    }

    private Members userinfo(String token, Members claims) throws Rejected {
        Optional<Members> before = described.find(token);
        if (before.isPresent()) {
            return before.get();
        }
        try {
            Members answer = provider.userinfo(token);
            if (!answer.required("sub").equals(claims.required("sub"))) {
                throw new Rejected(Reason.FORGED, settings.issuer() + " describes somebody else than the token's user");
            }
            described.put(token, answer, REMEMBER);
            return answer;
        } catch (IOException e) {
            throw unchecked(e);
        }
    }

    private Rejected unchecked(IOException e) {
        return new Rejected(Reason.UNCHECKED, settings.issuer() + " cannot be asked: " + e.getMessage(), e);
    }

    @Override
    public void close() {
        web.close();
    }
}
