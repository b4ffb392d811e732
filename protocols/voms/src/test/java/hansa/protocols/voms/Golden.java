package hansa.protocols.voms;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

/** Files beside the tests: what VOMS 2.1.0 in C wrote, and what this library must go on writing. */
final class Golden {

    private Golden() {}

    static byte[] bytes(String name) throws IOException {
        try (InputStream in = Golden.class.getResourceAsStream("golden/" + name)) {
            if (in == null) {
                throw new IOException("There is no golden file " + name);
            }
            return in.readAllBytes();
        }
    }

    static X509Certificate certificate(String name) throws IOException, CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(bytes(name)));
    }
}
