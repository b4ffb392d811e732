package hansa.kernel.tls;

import java.io.IOException;
import java.nio.file.Path;

/** A certificate that the operator provides and replaces as PEM files. */
public final class CertificateFiles implements Certificates {

    private final Path certificateFile;
    private final Path keyFile;
    private final TlsContext context;

    private CertificateFiles(Path certificateFile, Path keyFile, TlsContext context) {
        this.certificateFile = certificateFile;
        this.keyFile = keyFile;
        this.context = context;
    }

    /**
     * @param certificateFile the server's certificate, then those that lead to its authority
     * @param keyFile its PKCS #8 key, not encrypted
     * @throws IOException with a line that says what is wrong with which file
     */
    public static CertificateFiles open(Path certificateFile, Path keyFile) throws IOException {
        return new CertificateFiles(
                certificateFile, keyFile, new TlsContext(Credential.read(certificateFile, keyFile)));
    }

    @Override
    public TlsContext context() {
        return context;
    }

    @Override
    public boolean refresh() throws IOException {
        Credential now = Credential.read(certificateFile, keyFile);
        if (now.certificate().equals(context.certificate())) {
            return false;
        }
        context.use(now);
        return true;
    }
}
