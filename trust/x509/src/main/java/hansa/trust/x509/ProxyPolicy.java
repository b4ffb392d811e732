package hansa.trust.x509;

import hansa.protocols.voms.DerBounds;
import hansa.protocols.voms.SlashName;
import hansa.protocols.voms.VomsSyntaxException;
import hansa.trust.Rejected;
import hansa.trust.Rejected.Reason;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;

/** What a proxy certificate may be used for (RFC 3820 §3.8). */
enum ProxyPolicy {
    /** For all that its issuer may do. */
    FULL,
    /** Not to start anything, as grids agreed. */
    LIMITED,
    /** For nothing that its issuer may do: an identity of its own. */
    INDEPENDENT;

    private static final String INFORMATION = "1.3.6.1.5.5.7.1.14";
    private static final String DRAFT_INFORMATION = "1.3.6.1.4.1.3536.1.222";
    private static final int MOST_BYTES = 4096;
    private static final Set<String> LEGACY_NAMES = Set.of("/CN=proxy", "/CN=limited proxy");

    static boolean isProxy(X509Certificate certificate) {
        return certificate.getExtensionValue(INFORMATION) != null
                || certificate.getExtensionValue(DRAFT_INFORMATION) != null
                || isLegacy(certificate);
    }

    /** Proxies before any specification had nothing but a name by which they were known. */
    private static boolean isLegacy(X509Certificate certificate) {
        X500Principal subject = certificate.getSubjectX500Principal();
        String issuer = SlashName.of(certificate.getIssuerX500Principal());
        String name = SlashName.of(subject);
        return name.startsWith(issuer) && LEGACY_NAMES.contains(name.substring(issuer.length()));
    }

    /**
     * @param certificate a proxy's
     * @throws Rejected if it is of a draft's form, or has a policy that is not understood (RFC 3820 §4.1)
     */
    static ProxyPolicy of(X509Certificate certificate) throws Rejected {
        byte[] information = certificate.getExtensionValue(INFORMATION);
        if (information == null || certificate.getExtensionValue(DRAFT_INFORMATION) != null) {
            throw new Rejected(
                    Reason.FORM, "a proxy of a draft's form: " + SlashName.of(certificate.getSubjectX500Principal()));
        }
        if (!certificate.getCriticalExtensionOIDs().contains(INFORMATION)) {
            throw new Rejected(Reason.FORM, "a proxy that does not insist on being one");
        }
        String language = language(information);
        return switch (language) {
            case "1.3.6.1.5.5.7.21.1" -> FULL;
            case "1.3.6.1.5.5.7.21.2" -> INDEPENDENT;
            case "1.3.6.1.4.1.3536.1.1.1.9" -> LIMITED;
            default -> throw new Rejected(Reason.FORM, "a proxy with a policy that is not understood: " + language);
        };
    }

    private static String language(byte[] information) throws Rejected {
        try {
            byte[] content = ASN1OctetString.getInstance(information).getOctets();
            DerBounds.check(content, MOST_BYTES);
            ASN1Sequence parts = ASN1Sequence.getInstance(content);
            ASN1Sequence policy = ASN1Sequence.getInstance(parts.getObjectAt(parts.size() - 1));
            return ASN1ObjectIdentifier.getInstance(policy.getObjectAt(0)).getId();
        } catch (VomsSyntaxException | IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw new Rejected(Reason.MALFORMED, "the policy of a proxy cannot be read", e);
        }
    }
}
