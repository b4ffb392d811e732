package hansa.trust.tokens;

import hansa.protocols.voms.Fqan;
import hansa.trust.Evidence;
import hansa.trust.Rejected;
import hansa.trust.Rejected.Reason;
import hansa.trust.Replays;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Verifies what partners assert about users: for this site alone, for ten minutes at most, for one use. Who is proven is
 * the user, under the issuer that vouches for the user, not the partner. Thread-safe.
 */
public final class AssertionVerifier implements AutoCloseable {

    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final Duration SKEW = Duration.ofSeconds(30);
    private static final long LARGEST_FILE = 512 * 1024;
    private static final int MOST_FQANS = 256;
    private static final int LONGEST_NAME = 255;

    /** What installations call themselves; a user of ours is never proven by somebody else. */
    private static final String LOCAL = "local";

    private final String site;
    private final Map<String, Known> partners = new LinkedHashMap<>();
    private final Replays replays;
    private final Clock clock;

    private record Known(Partner partner, Web web, CachedKeys keys) {}

    /** @param site this site's address, which the audience has to be */
    public AssertionVerifier(String site, List<Partner> partners, Replays replays, Clock clock) {
        this.site = site;
        this.replays = replays;
        this.clock = clock;
        for (Partner partner : partners) {
            Web web = new Web(partner.trust());
            this.partners.put(
                    partner.url(),
                    new Known(partner, web, new CachedKeys(partner.url(), () -> keys(partner, web), clock)));
        }
    }

    private static KeyRing keys(Partner partner, Web web) throws IOException {
        if (partner.keys().isEmpty()) {
            return KeyRing.parse(web.get(URI.create(partner.url() + "/.well-known/jwks.json"), Optional.empty()));
        }
        if (Files.size(partner.keys().get()) > LARGEST_FILE) {
            throw new IOException(partner.keys().get() + " is larger than a JWK set can be");
        }
        return KeyRing.parse(Files.readAllBytes(partner.keys().get()));
    }

    boolean knows(String issuer) {
        return partners.containsKey(issuer);
    }

    Evidence verify(Jws jws) throws Rejected {
        Members claims = jws.claims();
        String issuer = claims.required("iss");
        Known known = Optional.ofNullable(partners.get(issuer))
                .orElseThrow(() -> new Rejected(Reason.UNTRUSTED, "the assertion is of no partner"));
        if (jws.type().filter(Assertions.TYPE::equals).isEmpty()) {
            throw new Rejected(Reason.FORM, "the token is no assertion");
        }
        if (!List.of("EdDSA", "Ed25519", "ES256")
                .contains(jws.header().getAlgorithm().getName())) {
            throw new Rejected(Reason.ALGORITHM, "assertions are signed with EdDSA or ES256");
        }
        known.keys().verify(jws);
        Instant expires = checkTimes(claims);
        if (!(claims.all().get("aud") instanceof String audience) || !audience.equals(site)) {
            throw new Rejected(Reason.AUDIENCE, "the assertion is for " + claims.texts("aud") + ", not for us alone");
        }
        Evidence evidence = evidence(known.partner(), claims, expires);
        // Last, so that nobody uses up somebody's assertion with a copy that is refused.
        if (!replays.isFirst(issuer, claims.required("jti"), expires.plus(SKEW))) {
            throw new Rejected(Reason.REPLAYED, "the assertion was used before");
        }
        return evidence;
    }

    private Instant checkTimes(Members claims) throws Rejected {
        new Validity(SKEW, clock.instant()).check(claims);
        Optional<Instant> issued = claims.instant("iat");
        Optional<Instant> expires = claims.instant("exp");
        if (issued.isEmpty() || expires.isEmpty()) {
            throw new Rejected(Reason.MALFORMED, "the assertion does not say when it begins and ends");
        }
        if (Duration.between(issued.get(), expires.get()).compareTo(LONGEST) > 0) {
            throw new Rejected(Reason.FORM, "the assertion is good for more than " + LONGEST.toMinutes() + " minutes");
        }
        return expires.get();
    }

    private Evidence evidence(Partner partner, Members claims, Instant expires) throws Rejected {
        String subject = name(claims, "sub");
        String vouching = name(claims, "sub_iss");
        boolean ours = vouching.equals(LOCAL) || vouching.equals(site);
        if (ours || !partner.maySend(vouching)) {
            throw new Rejected(Reason.FORGED, partner.url() + " may not send users of " + vouching);
        }
        Optional<String> vo = claims.text("vo");
        List<Fqan> fqans = fqans(claims);
        if (vo.isPresent() && !partner.speaksFor(vo.get())) {
            throw new Rejected(Reason.FORGED, partner.url() + " may not speak for " + vo.get());
        }
        if (fqans.stream().anyMatch(fqan -> vo.filter(fqan.vo()::equals).isEmpty())) {
            throw new Rejected(Reason.FORGED, "the assertion names groups beside those of its virtual organisation");
        }
        return new Evidence(
                Evidence.Kind.ASSERTION,
                vouching,
                subject,
                claims.text("name").orElse(""),
                fqans,
                Map.of("asserted_by", List.of(partner.url())),
                vo,
                expires);
    }

    private static String name(Members claims, String claim) throws Rejected {
        String text = claims.required(claim);
        if (text.length() > LONGEST_NAME || text.chars().anyMatch(Character::isISOControl)) {
            throw new Rejected(Reason.MALFORMED, "the claim '" + claim + "' is too long or not printable");
        }
        return text;
    }

    private static List<Fqan> fqans(Members claims) throws Rejected {
        List<String> texts = claims.texts("fqans");
        if (texts.size() > MOST_FQANS) {
            throw new Rejected(Reason.MALFORMED, "the assertion names more than " + MOST_FQANS + " groups");
        }
        List<Fqan> fqans = new ArrayList<>();
        for (String text : texts) {
            try {
                fqans.add(Fqan.parse(text));
            } catch (IllegalArgumentException e) {
                throw new Rejected(Reason.MALFORMED, "the assertion names a group that is none", e);
            }
        }
        return fqans;
    }

    @Override
    public void close() {
        partners.values().forEach(known -> known.web().close());
    }
}
