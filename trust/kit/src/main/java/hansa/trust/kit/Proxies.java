package hansa.trust.kit;

import hansa.protocols.voms.SignedAttributeCertificate;
import hansa.protocols.voms.VomsExtension;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;

/** Orders for proxy certificates (RFC 3820). */
public final class Proxies {

    public static final String RFC_3820 = "1.3.6.1.5.5.7.1.14";
    public static final String GT3_DRAFT = "1.3.6.1.4.1.3536.1.222";
    public static final String FULL = "1.3.6.1.5.5.7.21.1";
    public static final String INDEPENDENT = "1.3.6.1.5.5.7.21.2";
    public static final String LIMITED = "1.3.6.1.4.1.3536.1.1.1.9";

    private Proxies() {}

    public static Order full(Credential issuer) {
        return of(issuer, FULL, OptionalInt.empty());
    }

    public static Order limited(Credential issuer) {
        return of(issuer, LIMITED, OptionalInt.empty());
    }

    public static Order independent(Credential issuer) {
        return of(issuer, INDEPENDENT, OptionalInt.empty());
    }

    /** @param pathLength how many proxies may stand below it */
    public static Order of(Credential issuer, String policy, OptionalInt pathLength) {
        long number = ThreadLocalRandom.current().nextLong(1, Integer.MAX_VALUE);
        return named(below(issuer, Long.toString(number)))
                .serial(number)
                .extension(RFC_3820, true, information(policy, pathLength));
    }

    /** Without what makes it a proxy. */
    public static Order named(X500Name subject) {
        return Order.plain(subject)
                .extension(
                        Extension.keyUsage.getId(),
                        true,
                        new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
    }

    /** The issuer's name and one more common name. */
    public static X500Name below(Credential issuer, String commonName) {
        X500Name above = X500Name.getInstance(
                issuer.certificate().getSubjectX500Principal().getEncoded());
        RDN[] parts = new RDN[above.getRDNs().length + 1];
        System.arraycopy(above.getRDNs(), 0, parts, 0, parts.length - 1);
        parts[parts.length - 1] = new RDN(BCStyle.CN, new DERUTF8String(commonName));
        return new X500Name(parts);
    }

    public static ASN1Sequence information(String policy, OptionalInt pathLength) {
        ASN1EncodableVector parts = new ASN1EncodableVector();
        if (pathLength.isPresent()) {
            parts.add(new ASN1Integer(pathLength.getAsInt()));
        }
        parts.add(new DERSequence(new ASN1ObjectIdentifier(policy)));
        return new DERSequence(parts);
    }

    /** A full proxy that carries attribute certificates. */
    public static Order carrying(Credential issuer, List<SignedAttributeCertificate> certificates) {
        return full(issuer)
                .extension(VomsExtension.OID, false, ASN1Sequence.getInstance(VomsExtension.encode(certificates)));
    }
}
