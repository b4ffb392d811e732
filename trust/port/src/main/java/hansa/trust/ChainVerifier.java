package hansa.trust;

import java.security.cert.X509Certificate;
import java.util.List;

/** Verifies certificate chains of clients. Thread-safe. */
@FunctionalInterface
public interface ChainVerifier {

    /**
     * @param chain the client's certificate or proxy first, as TLS brought it; that the client has the key is proven
     * @throws Rejected if the chain proves nothing
     */
    Evidence verify(List<X509Certificate> chain) throws Rejected;
}
