package hansa.server;

import hansa.faces.voms.VomsFace;
import hansa.federation.Federation;
import hansa.kernel.config.Configuration;
import hansa.kernel.config.ConfigurationException;
import hansa.kernel.tls.CertificateAuthority;
import hansa.kernel.tls.CertificateFiles;
import hansa.kernel.tls.PemFiles;
import hansa.kernel.tls.SigningCredential;
import hansa.trust.voms.AttributeAuthority;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The federation's own VOMS server, as it was configured. */
final class OwnVoms {

    private final Configuration.Voms wanted;
    private final PemFiles files;
    private final AttributeAuthority authority;
    private final AtomicInteger port = new AtomicInteger();

    private OwnVoms(Configuration.Voms wanted, PemFiles files, AttributeAuthority authority) {
        this.wanted = wanted;
        this.files = files;
        this.authority = authority;
    }

    /** None where none is configured, so that nothing of what signs is loaded. */
    static Optional<OwnVoms> open(Configuration wanted, DataFolder data, Clock clock)
            throws ConfigurationException, IOException {
        if (wanted.voms().isEmpty()) {
            return Optional.empty();
        }
        Configuration.Voms voms = wanted.voms().get();
        try {
            PemFiles files = voms.files().isPresent()
                    ? new PemFiles(
                            voms.files().get().certificate(), voms.files().get().key())
                    : CertificateAuthority.attributeAuthority(data.path("tls"), voms.host(), clock);
            SigningCredential signing = SigningCredential.read(files);
            return Optional.of(new OwnVoms(
                    voms,
                    files,
                    new AttributeAuthority(signing.certificate(), signing.key(), voms.host(), voms.longest(), clock)));
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException("\"voms\": " + e.getMessage(), e);
        }
    }

    VomsFace face(Federation federation) {
        return new VomsFace(federation.identity(), federation.vos().standings(), authority, port::get);
    }

    Optional<URI> listener() {
        return wanted.listener();
    }

    /** What its listener shows: clients know a server by the certificate that it signs with. */
    CertificateFiles certificates() throws IOException {
        return CertificateFiles.open(files.certificate(), files.key());
    }

    /** Where clients reach it, once that is known. */
    void isAt(int taken) {
        port.set(taken);
    }
}
