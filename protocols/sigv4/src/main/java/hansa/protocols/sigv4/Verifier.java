package hansa.protocols.sigv4;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;

/** Checks what others signed. Whose secret it is looks up whoever calls, by {@link Authorization#accessKey}. */
public final class Verifier {

    /** What a signature is worth. */
    public enum Verdict {
        GENUINE,
        /** Made with another secret, of another request, or for another region or service. */
        WRONG,
        /** Signed too long ago, or good no longer. */
        EXPIRED,
        /** Signed in the future. */
        NOT_YET
    }

    private final String region;
    private final String service;
    private final Duration skew;
    private final PathRule rule;

    /** @param skew how far the signer's clock may be off, either way */
    public Verifier(String region, String service, Duration skew, PathRule rule) {
        this.region = region;
        this.service = service;
        this.skew = skew;
        this.rule = rule;
    }

    /**
     * @throws SigV4SyntaxException where a header that must be signed is not: the host, and of a request that is signed in
     *     a header also its time
     */
    public Verdict check(HttpMessage message, Authorization authorization, String secret, Instant now)
            throws SigV4SyntaxException {
        require(authorization, "host");
        if (authorization.lifetime().isEmpty()) {
            require(authorization, "x-amz-date");
        }
        Scope scope = authorization.scope();
        boolean ours = scope.region().equals(region)
                && scope.service().equals(service)
                && scope.date().equals(LocalDate.ofInstant(authorization.time(), ZoneOffset.UTC));
        String right = SigningKey.of(secret, scope)
                .sign(CanonicalRequest.of(message, authorization.signedHeaders(), rule)
                        .stringToSign(authorization.time(), scope));
        boolean same = MessageDigest.isEqual(
                right.getBytes(StandardCharsets.US_ASCII),
                authorization.signature().getBytes(StandardCharsets.US_ASCII));
        return ours && same ? inTime(authorization, now) : Verdict.WRONG;
    }

    private static void require(Authorization authorization, String header) throws SigV4SyntaxException {
        boolean signed = authorization.signedHeaders().stream()
                .anyMatch(name -> name.toLowerCase(Locale.ROOT).equals(header));
        if (!signed) {
            throw new SigV4SyntaxException("the header '" + header + "' must be signed");
        }
    }

    private Verdict inTime(Authorization authorization, Instant now) {
        if (authorization.time().isAfter(now.plus(skew))) {
            return Verdict.NOT_YET;
        }
        Instant end = authorization.time().plus(authorization.lifetime().orElse(skew));
        return now.isAfter(end) ? Verdict.EXPIRED : Verdict.GENUINE;
    }
}
