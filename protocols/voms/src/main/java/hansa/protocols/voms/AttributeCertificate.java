package hansa.protocols.voms;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.operator.ContentSigner;

/**
 * What a VOMS server says of a member (OGF GFD.182; RFC 5755). Nothing of it is true before its signature, its issuer,
 * its holder and its time are verified.
 *
 * @param issuer the subject of the server's certificate
 * @param serial positive, at most 20 bytes
 * @param notBefore in whole seconds
 * @param notAfter in whole seconds, not before {@code notBefore}
 * @param fqans groups and roles, the primary one first; at least one, at most {@value #MOST_FQANS}
 * @param attributes at most {@value #MOST_ATTRIBUTES}
 * @param targets the only hosts or services that it is meant for, as URIs or host names; none if it is meant for all
 * @param authorityChain the server's certificate first, then those between it and a trust anchor; at most
 *     {@value #MOST_CERTIFICATES}; may be empty
 */
public record AttributeCertificate(
        Holder holder,
        X500Principal issuer,
        BigInteger serial,
        Instant notBefore,
        Instant notAfter,
        PolicyAuthority authority,
        List<Fqan> fqans,
        List<GenericAttribute> attributes,
        List<String> targets,
        List<X509Certificate> authorityChain) {

    public static final int MOST_FQANS = 512;
    public static final int MOST_ATTRIBUTES = 512;
    public static final int MOST_TARGETS = 64;
    public static final int MOST_CERTIFICATES = 8;

    private static final int SERIAL_BITS = 20 * 8;

    public AttributeCertificate {
        fqans = List.copyOf(fqans);
        attributes = List.copyOf(attributes);
        targets = List.copyOf(targets);
        authorityChain = List.copyOf(authorityChain);
        notBefore = notBefore.truncatedTo(ChronoUnit.SECONDS);
        notAfter = notAfter.truncatedTo(ChronoUnit.SECONDS);
        if (notAfter.isBefore(notBefore)) {
            throw new IllegalArgumentException("It ends before it begins");
        }
        if (serial.signum() <= 0 || serial.bitLength() > SERIAL_BITS) {
            throw new IllegalArgumentException("A serial number is positive and has at most 20 bytes");
        }
        if (fqans.isEmpty() || fqans.size() > MOST_FQANS) {
            throw new IllegalArgumentException("It has 1 to " + MOST_FQANS + " groups and roles");
        }
        if (attributes.size() > MOST_ATTRIBUTES) {
            throw new IllegalArgumentException("It has at most " + MOST_ATTRIBUTES + " attributes");
        }
        if (targets.size() > MOST_TARGETS) {
            throw new IllegalArgumentException("It has at most " + MOST_TARGETS + " targets");
        }
        if (authorityChain.size() > MOST_CERTIFICATES) {
            throw new IllegalArgumentException("It brings at most " + MOST_CERTIFICATES + " certificates");
        }
    }

    /** Whether it is meant for everybody, or for this one among others. */
    public boolean isFor(String target) {
        return targets.isEmpty() || targets.contains(target);
    }

    /**
     * In the form that all known readers take. They want the server to have a key of RSA, and those in Java its certificate a
     * subject key identifier that is the SHA-1 digest of that key (RFC 5280 §4.2.1.2, method 1).
     *
     * @param signer of the issuer's key; the algorithm must be one that the issuer's certificate can verify
     */
    public SignedAttributeCertificate sign(ContentSigner signer) {
        return AttributeCertificateWriter.write(this, signer);
    }
}
