package hansa.protocols.voms;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;

/** The extension of a proxy certificate that carries attribute certificates (GFD.182 §3.1). */
public final class VomsExtension {

    /** Its object identifier. */
    public static final String OID = "1.3.6.1.4.1.8005.100.100.5";

    /** How many attribute certificates are read from one extension. */
    public static final int MOST = 16;

    /** The longest extension that is read, in bytes. */
    public static final int MOST_BYTES = 1 << 18;

    private VomsExtension() {}

    /**
     * @param certificate a proxy certificate, verified or not
     * @return empty if it has no such extension
     * @throws VomsSyntaxException if one of them cannot be read
     */
    public static List<SignedAttributeCertificate> read(X509Certificate certificate) throws VomsSyntaxException {
        byte[] wrapped = certificate.getExtensionValue(OID);
        if (wrapped == null) {
            return List.of();
        }
        DerBounds.check(wrapped, MOST_BYTES);
        try {
            return read(ASN1OctetString.getInstance(wrapped).getOctets());
        } catch (IllegalArgumentException e) {
            throw new VomsSyntaxException("The extension holds no octets", e);
        }
    }

    /**
     * @param value what the extension holds
     * @throws VomsSyntaxException if it, or an attribute certificate in it, cannot be read
     */
    public static List<SignedAttributeCertificate> read(byte[] value) throws VomsSyntaxException {
        DerBounds.check(value, MOST_BYTES);
        List<byte[]> encoded = new ArrayList<>();
        try {
            for (ASN1Encodable each : ASN1Sequence.getInstance(value)) {
                ASN1Sequence sequence = ASN1Sequence.getInstance(each);
                if (isOne(sequence)) {
                    encoded.add(sequence.getEncoded());
                } else {
                    for (ASN1Encodable inner : sequence) {
                        encoded.add(inner.toASN1Primitive().getEncoded());
                    }
                }
            }
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            throw new VomsSyntaxException("The extension is no sequence of attribute certificates", e);
        }
        if (encoded.size() > MOST) {
            throw new VomsSyntaxException("The extension has more than " + MOST + " attribute certificates");
        }
        List<SignedAttributeCertificate> read = new ArrayList<>(encoded.size());
        for (byte[] der : encoded) {
            read.add(SignedAttributeCertificate.read(der));
        }
        return read;
    }

    /** What a proxy's extension holds; it is not critical. */
    public static byte[] encode(List<SignedAttributeCertificate> certificates) {
        ASN1Encodable[] each = certificates.stream()
                .map(certificate -> ASN1Sequence.getInstance(certificate.encoded()))
                .toArray(ASN1Encodable[]::new);
        try {
            return new DERSequence(new DERSequence(each)).getEncoded();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Some writers leave out the inner sequence; an attribute certificate begins with a part that begins with a version. */
    private static boolean isOne(ASN1Sequence sequence) {
        return sequence.size() == 3
                && sequence.getObjectAt(0) instanceof ASN1Sequence information
                && information.size() > 0
                && information.getObjectAt(0) instanceof ASN1Integer;
    }
}
