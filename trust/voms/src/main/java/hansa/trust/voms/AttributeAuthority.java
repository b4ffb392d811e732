package hansa.trust.voms;

import hansa.protocols.voms.AttributeCertificate;
import hansa.protocols.voms.Holder;
import hansa.protocols.voms.Lsc;
import hansa.protocols.voms.PolicyAuthority;
import hansa.protocols.voms.SlashName;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Signs what the federation says of the members of its virtual organisations, as VOMS servers do, so that sites of any
 * software can trust it. Thread-safe.
 */
public final class AttributeAuthority {

    /** The longest that a certificate may be good for, whatever is configured. */
    public static final Duration LONGEST = Duration.ofHours(24);

    private static final Duration USUAL = Duration.ofHours(12);

    /** Clocks of sites may be behind. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final int SERIAL_BITS = 127;

    private final X509Certificate certificate;
    private final PrivateKey key;
    private final String host;
    private final Duration most;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /**
     * @param certificate what sites know it by; an RSA one is understood by more programs than any other
     * @param host its name in {@code vo://host:port}, by which sites look its certificate's names up
     * @param most the longest that certificates are good for, at most {@link #LONGEST}
     * @throws IllegalArgumentException if the certificate is not for signing, or its key is of a kind that nobody verifies
     */
    public AttributeAuthority(X509Certificate certificate, PrivateKey key, String host, Duration most, Clock clock) {
        if (!most.isPositive() || most.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("Attribute certificates are good for at most 24 hours");
        }
        boolean[] usage = certificate.getKeyUsage();
        if (usage != null && !usage[0]) {
            throw new IllegalArgumentException("The certificate " + name(certificate)
                    + " is not for signing; it needs the key usage digitalSignature");
        }
        this.certificate = certificate;
        this.key = key;
        this.host = host;
        this.most = most;
        this.clock = clock;
        signer();
    }

    private static String name(X509Certificate certificate) {
        return SlashName.of(certificate.getSubjectX500Principal());
    }

    public String host() {
        return host;
    }

    /** Its distinguished name in slash form. */
    public String name() {
        return name(certificate);
    }

    /** What a site writes into {@code vomsdir/VO/HOST.lsc}. */
    public Lsc lsc() {
        return new Lsc(List.of(List.of(name(), SlashName.of(certificate.getIssuerX500Principal()))));
    }

    /**
     * Certifies groups and roles of a member.
     *
     * @param port where clients reach the server, for {@code vo://host:port}
     * @throws NotHeld if something is wished for that the member does not have
     * @throws IllegalStateException if the authority's own certificate is not valid now
     */
    public Issued issue(Attested member, Wish wish, int port) throws NotHeld {
        Instant now = clock.instant();
        requireValid(now);
        Selection selection = Selection.of(member, wish);
        List<String> warnings = new ArrayList<>();
        if (!selection.complete()) {
            warnings.add("Not all that was to come first was selected; the order is as far as possible as asked.");
        }
        AttributeCertificate content = new AttributeCertificate(
                Holder.of(member.holder()),
                certificate.getSubjectX500Principal(),
                new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
                now.minus(SKEW),
                end(now, member, wish, warnings),
                new PolicyAuthority(member.vo(), host, port),
                selection.fqans(),
                member.attributes(),
                wish.targets(),
                List.of(certificate));
        return new Issued(content.sign(signer()), warnings);
    }

    private void requireValid(Instant now) {
        if (now.isBefore(certificate.getNotBefore().toInstant())
                || !now.isBefore(certificate.getNotAfter().toInstant())) {
            throw new IllegalStateException("the certificate " + name() + " is valid from "
                    + certificate.getNotBefore().toInstant() + " to "
                    + certificate.getNotAfter().toInstant() + "; put a new one in its place and restart");
        }
    }

    /** The words of the warning are those by which clients know it. */
    private Instant end(Instant now, Attested member, Wish wish, List<String> warnings) {
        Instant wished = now.plus(wish.lifetime().orElse(most.compareTo(USUAL) < 0 ? most : USUAL));
        Instant end = earlier(
                wished, earlier(now.plus(most), certificate.getNotAfter().toInstant()));
        end = member.until().isPresent() ? earlier(end, member.until().get()) : end;
        if (end.isBefore(wished)
                && (wish.lifetime().isPresent()
                        || member.until().filter(end::equals).isPresent())) {
            warnings.add("The validity of this VOMS AC is shortened to "
                    + Duration.between(now, end).toSeconds() + " seconds.");
        }
        return end;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private ContentSigner signer() {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default ->
                throw new IllegalArgumentException(
                        "Attribute certificates are signed with RSA or EC keys, not with " + key.getAlgorithm());
        };
        try {
            return new JcaContentSignerBuilder(algorithm).build(key);
        } catch (OperatorCreationException e) {
            throw new IllegalArgumentException("The key of " + name() + " cannot sign: " + e.getMessage(), e);
        }
    }
}
