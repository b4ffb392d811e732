package hansa.trust.kit;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;

/**
 * A key and its certificate.
 *
 * @param chain the certificate first, then those above it, without the root
 */
public record Credential(PrivateKey key, List<X509Certificate> chain) {

    public Credential {
        chain = List.copyOf(chain);
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }

    /** A certificate that this one's chain stands below. */
    Credential below(PrivateKey newKey, X509Certificate certificate, boolean isRoot) {
        return new Credential(
                newKey,
                isRoot
                        ? List.of(certificate)
                        : Stream.concat(Stream.of(certificate), chain.stream()).toList());
    }

    /** The same key behind another chain. */
    public Credential with(List<X509Certificate> other) {
        return new Credential(key, other);
    }

    /** As clients keep it in one file: certificate, key, chain. */
    public String pem() {
        return pem(certificate())
                + pem(key)
                + String.join("", chain.stream().skip(1).map(Credential::pem).toList());
    }

    /** A certificate or a key. */
    public static String pem(Object object) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "credential of " + certificate().getSubjectX500Principal();
    }
}
