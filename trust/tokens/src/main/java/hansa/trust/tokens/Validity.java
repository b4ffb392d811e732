package hansa.trust.tokens;

import hansa.trust.Rejected;
import hansa.trust.Rejected.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether a token is good now (RFC 7519 §4.1.4 to §4.1.6).
 *
 * @param skew how far the issuer's clock may be from ours
 */
record Validity(Duration skew, Instant now) {

    void check(Members claims) throws Rejected {
        Optional<Instant> end = claims.instant("exp");
        if (end.isPresent() && !now.minus(skew).isBefore(end.get())) {
            throw new Rejected(Reason.EXPIRED, "the token ended at " + end.get());
        }
        requirePast(claims.instant("nbf"), "begins");
        requirePast(claims.instant("iat"), "was issued");
    }

    private void requirePast(Optional<Instant> moment, String verb) throws Rejected {
        if (moment.isPresent() && moment.get().isAfter(now.plus(skew))) {
            throw new Rejected(Reason.NOT_YET_VALID, "the token " + verb + " at " + moment.get());
        }
    }
}
