package hansa.trust;

import java.security.cert.X509Certificate;
import java.util.List;

/** Verifies SAML 2.0 assertions. Thread-safe. */
@FunctionalInterface
public interface SamlVerifier {

    /**
     * @param document the assertion, or the response that holds it
     * @param chain what the client proved to have in TLS; empty without a certificate. An assertion with the method
     *     holder-of-key proves something only beside it
     * @throws Rejected if the assertion proves nothing
     */
    Evidence verify(byte[] document, List<X509Certificate> chain) throws Rejected;
}
