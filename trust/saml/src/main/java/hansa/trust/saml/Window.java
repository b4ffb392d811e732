package hansa.trust.saml;

import hansa.trust.Rejected;
import hansa.trust.Rejected.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** Now, with what clocks may differ. */
record Window(Instant now, Duration skew) {

    /** An assertion is for signing in at once; longer ones would have to be remembered for as long. */
    private static final Duration LONGEST = Duration.ofHours(24);

    void require(Optional<Instant> notBefore, Optional<Instant> notOnOrAfter) throws Rejected {
        if (notBefore.isPresent() && now.plus(skew).isBefore(notBefore.get())) {
            throw new Rejected(Reason.NOT_YET_VALID, "the assertion is not valid yet");
        }
        if (notOnOrAfter.isPresent() && !now.minus(skew).isBefore(notOnOrAfter.get())) {
            throw new Rejected(Reason.EXPIRED, "the assertion, or the session that it tells of, has ended");
        }
    }

    void requireIssued(Instant at) throws Rejected {
        require(Optional.of(at), Optional.empty());
    }

    /** The end of what has one, no further than a day away. */
    Instant earliest(Optional<Instant> one, Optional<Instant> other) throws Rejected {
        Instant end = Stream.of(one, other)
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .orElseThrow(() -> new Rejected(Reason.FORM, "the assertion has no end"));
        if (end.isAfter(now.plus(LONGEST))) {
            throw new Rejected(Reason.FORM, "the assertion can be used for longer than a day");
        }
        return end;
    }
}
