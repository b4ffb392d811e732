package hansa.trust.x509;

import hansa.trust.Rejected;
import hansa.trust.Rejected.Reason;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Set;

/** Which signatures and keys are strong enough (NIST SP 800-57, 112 bits). */
final class Algorithms {

    private static final int RSA_BITS = 2048;
    private static final int LARGEST_RSA_BITS = 16_384;
    private static final int CURVE_BITS = 256;

    /** RSA (PKCS #1) and ECDSA with the SHA-2 family, Ed25519 and Ed448. */
    private static final Set<String> SIGNATURES = Set.of(
            "1.2.840.113549.1.1.11",
            "1.2.840.113549.1.1.12",
            "1.2.840.113549.1.1.13",
            "1.2.840.10045.4.3.2",
            "1.2.840.10045.4.3.3",
            "1.2.840.10045.4.3.4",
            "1.3.101.112",
            "1.3.101.113");

    private Algorithms() {}

    /** Neither its key nor its signature is weak; the signature of a root says nothing and is not looked at. */
    static void check(X509Certificate certificate) throws Rejected {
        boolean root = certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
        if (!root) {
            signature(certificate.getSigAlgOID());
        }
        key(certificate.getPublicKey());
    }

    /** @param identifier the object identifier of the algorithm */
    static void signature(String identifier) throws Rejected {
        if (!SIGNATURES.contains(identifier)) {
            throw new Rejected(Reason.ALGORITHM, "a signature is made by " + identifier);
        }
    }

    private static void key(PublicKey key) throws Rejected {
        boolean strong = switch (key) {
            case RSAPublicKey rsa ->
                rsa.getModulus().bitLength() >= RSA_BITS
                        && rsa.getModulus().bitLength() <= LARGEST_RSA_BITS
                        && rsa.getPublicExponent().bitLength() <= 64;
            case ECPublicKey curve -> curve.getParams().getOrder().bitLength() >= CURVE_BITS;
            case EdECPublicKey _ -> true;
            default -> false;
        };
        if (!strong) {
            throw new Rejected(Reason.ALGORITHM, "a key of " + key.getAlgorithm() + " is weak or of an unknown kind");
        }
    }
}
