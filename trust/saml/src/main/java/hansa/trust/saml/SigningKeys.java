package hansa.trust.saml;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.List;

/** The keys of an identity provider, as certificates in a PEM file: its metadata names them so. */
public final class SigningKeys {

    private SigningKeys() {}

    /** The keys in order. When the certificates end does not matter: whoever keeps the file says which keys hold. */
    public static List<PublicKey> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(Certificate::getPublicKey)
                    .toList();
        } catch (CertificateException e) {
            throw new IOException(file + " holds no certificates in PEM; take them from the provider's metadata.", e);
        }
    }
}
