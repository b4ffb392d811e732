package hansa.kernel.tls;

import java.io.IOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/** A certificate and the key that statements are signed with. Prints without the key. */
public record SigningCredential(X509Certificate certificate, PrivateKey key) {

    /** @throws IOException with a line that says what is wrong with which file, or that they do not belong together */
    public static SigningCredential read(PemFiles files) throws IOException {
        Credential read = Credential.read(files.certificate(), files.key());
        return new SigningCredential(read.certificate(), read.key());
    }

    @Override
    public String toString() {
        return "SigningCredential[" + certificate.getSubjectX500Principal() + ", key hidden]";
    }
}
