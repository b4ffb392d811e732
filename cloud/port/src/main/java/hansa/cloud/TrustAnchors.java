package hansa.cloud;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** Trust in the certificates of a file and no others, which drivers take by a setting {@code trust-anchors}. */
public final class TrustAnchors {

    private TrustAnchors() {}

    /**
     * TLS that trusts the certificates of a PEM file, and shows none of its own.
     *
     * @throws IllegalArgumentException with a line for the administrator when the file cannot be used
     */
    public static SSLContext context(String file) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(Path.of(file)), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException with a line for the administrator when the PEM file cannot be used */
    public static TrustManager[] managers(Path file) {
        try (InputStream pem = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("'trust-anchors': " + file + " holds no certificate");
            }
            KeyStore anchors = KeyStore.getInstance("PKCS12");
            anchors.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates) {
                anchors.setCertificateEntry("anchor-" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(anchors);
            return trust.getTrustManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException("'trust-anchors': " + file + " cannot be read as certificates", e);
        }
    }
}
