package hansa.drivers.occi;

import hansa.cloud.TrustAnchors;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** TLS that trusts the certificates of a file and no others, and shows a certificate of ours where there is one. */
final class Tls {

    private Tls() {}

    /** @throws IllegalArgumentException with a line for the administrator when a file cannot be used */
    static SSLContext context(OcciSettings settings) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    settings.clientCertificate()
                            .map(file -> ours(file, settings.clientKey().orElse(file)))
                            .orElse(null),
                    settings.trustAnchors().map(TrustAnchors::managers).orElse(null),
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    private static KeyManager[] ours(Path certificate, Path key) {
        try {
            PemCredential credential = PemCredential.read(certificate, key);
            char[] noPassword = new char[0];
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(
                    "ours", credential.key(), noPassword, credential.chain().toArray(Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
            keys.init(store, noPassword);
            return keys.getKeyManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "'client-certificate': " + certificate + " cannot be used: "
                            + Optional.ofNullable(e.getMessage())
                                    .orElse(e.getClass().getSimpleName()),
                    e);
        }
    }
}
