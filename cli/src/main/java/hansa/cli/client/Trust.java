package hansa.cli.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Whom to believe at the other end of a TLS connection: one authority of our own, or those that the JDK knows. */
public final class Trust {

    private final Optional<Path> authority;

    private Trust(Optional<Path> authority) {
        this.authority = authority;
    }

    /** Only certificates issued by the authority in this PEM file. */
    public static Trust only(Path authority) {
        return new Trust(Optional.of(authority));
    }

    /** What the JDK trusts. */
    public static Trust system() {
        return new Trust(Optional.empty());
    }

    /** @throws Refusal when the authority's file cannot be used */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            if (authority.isEmpty()) {
                context.init(null, null, null);
                return context;
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int index = 0;
            for (Certificate certificate : certificates(authority.get())) {
                store.setCertificateEntry("authority-" + index++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException unusable) {
            throw new Refusal(
                    Exit.FAILED,
                    "the certificate authority"
                            + authority.map(path -> " in " + path).orElse("")
                            + " cannot be read; give the node's own tls/ca.pem with --ca",
                    unusable);
        }
    }

    private static Iterable<? extends Certificate> certificates(Path pem) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(pem)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in);
        }
    }
}
