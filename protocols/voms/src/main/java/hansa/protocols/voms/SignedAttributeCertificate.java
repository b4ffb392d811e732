package hansa.protocols.voms;

import java.util.Arrays;
import java.util.List;
import org.bouncycastle.cert.CertException;
import org.bouncycastle.cert.X509AttributeCertificateHolder;
import org.bouncycastle.operator.ContentVerifierProvider;

/** An attribute certificate as it goes over the wire. Immutable; thread-safe. */
public final class SignedAttributeCertificate {

    /** The longest that is read, in bytes. */
    public static final int MOST_BYTES = 1 << 16;

    private final AttributeCertificate content;
    private final X509AttributeCertificateHolder signed;
    private final byte[] encoded;
    private final List<String> unknownCritical;

    SignedAttributeCertificate(
            AttributeCertificate content,
            X509AttributeCertificateHolder signed,
            byte[] encoded,
            List<String> unknownCritical) {
        this.content = content;
        this.signed = signed;
        this.encoded = encoded.clone();
        this.unknownCritical = List.copyOf(unknownCritical);
    }

    /**
     * @param der one attribute certificate, as a VOMS server answers
     * @throws VomsSyntaxException if it is none, or longer than {@value #MOST_BYTES} bytes
     */
    public static SignedAttributeCertificate read(byte[] der) throws VomsSyntaxException {
        return AttributeCertificateReader.read(der);
    }

    /** What it says; not true before {@link #isSignedBy} and all else is verified. */
    public AttributeCertificate content() {
        return content;
    }

    public byte[] encoded() {
        return encoded.clone();
    }

    /** Object identifiers of critical extensions that are not understood; whoever trusts it must find none. */
    public List<String> unknownCritical() {
        return unknownCritical;
    }

    /** The object identifier of the algorithm that it says it is signed with. */
    public String signatureAlgorithm() {
        return signed.getSignatureAlgorithm().getAlgorithm().getId();
    }

    /** Whether the signature was made with the key that the provider verifies with. */
    public boolean isSignedBy(ContentVerifierProvider verifiers) {
        try {
            return signed.isSignatureValid(verifiers);
        } catch (CertException e) {
            // an algorithm that does not fit the key, or another one inside than outside: not this key's signature
            return false;
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedAttributeCertificate that && Arrays.equals(encoded, that.encoded);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encoded);
    }

    @Override
    public String toString() {
        return "attribute certificate " + content.serial() + " of " + content.authority();
    }
}
