package hansa.protocols.voms;

import java.math.BigInteger;
import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;

/**
 * Whose attributes they are: a certificate, by its serial number and a name. RFC 5755 §4.2.2 asks for the name of the
 * certificate's issuer; VOMS servers write the name of its subject unless told otherwise, and some readers take nothing
 * else. Both are read, the second is written.
 */
public record Holder(X500Principal name, BigInteger serial) {

    /** The form that all readers take. */
    public static Holder of(X509Certificate certificate) {
        return new Holder(certificate.getSubjectX500Principal(), certificate.getSerialNumber());
    }

    /** Whether it is this certificate, in either form. */
    public boolean is(X509Certificate certificate) {
        return serial.equals(certificate.getSerialNumber())
                && (name.equals(certificate.getSubjectX500Principal())
                        || name.equals(certificate.getIssuerX500Principal()));
    }
}
