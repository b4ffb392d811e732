package hansa.kernel.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A certificate with its private key.
 *
 * @param chain the certificate itself first, then those that lead to its authority
 */
record Credential(List<X509Certificate> chain, PrivateKey key) {

    Credential {
        chain = List.copyOf(chain);
    }

    X509Certificate certificate() {
        return chain.getFirst();
    }

    /**
     * Reads PEM files and makes sure that they belong together.
     *
     * @throws IOException with a line that says what is wrong with which file
     */
    static Credential read(Path certificateFile, Path keyFile) throws IOException {
        List<X509Certificate> chain = new ArrayList<>();
        for (Pem block : Pem.read(certificateFile)) {
            if (block.label().equals("CERTIFICATE")) {
                chain.add(certificate(block, certificateFile));
            }
        }
        if (chain.isEmpty()) {
            throw new IOException(certificateFile + " holds no certificate; it must be a PEM file");
        }
        PublicKey owner = chain.getFirst().getPublicKey();
        PrivateKey key = key(keyFile, owner.getAlgorithm());
        if (!belongTogether(owner, key)) {
            throw new IOException(keyFile + " is not the key of the certificate in " + certificateFile);
        }
        return new Credential(chain, key);
    }

    static X509Certificate certificate(Pem block, Path file) throws IOException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(block.content()));
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " holds a certificate that cannot be read: " + e.getMessage(), e);
        }
    }

    private static PrivateKey key(Path file, String algorithm) throws IOException {
        for (Pem block : Pem.read(file)) {
            if (block.label().equals("PRIVATE KEY")) {
                try {
                    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(block.content()));
                } catch (GeneralSecurityException e) {
                    throw new IOException(file + " holds no usable " + algorithm + " key", e);
                }
            }
            if (block.label().endsWith("PRIVATE KEY")) {
                throw new IOException(file + " holds a key as \"" + block.label()
                        + "\"; turn it into PKCS #8 with: openssl pkcs8 -topk8 -nocrypt -in " + file);
            }
        }
        throw new IOException(file + " holds no private key; it must be a PEM file with a PKCS #8 key");
    }

    private static boolean belongTogether(PublicKey owner, PrivateKey key) throws IOException {
        String algorithm = switch (owner.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> owner.getAlgorithm();
        };
        try {
            byte[] sample = {1, 2, 3};
            Signature signing = Signature.getInstance(algorithm);
            signing.initSign(key);
            signing.update(sample);
            Signature checking = Signature.getInstance(algorithm);
            checking.initVerify(owner);
            checking.update(sample);
            return checking.verify(signing.sign());
        } catch (GeneralSecurityException e) {
            throw new IOException("Keys of the kind " + owner.getAlgorithm() + " cannot be used: " + e.getMessage(), e);
        }
    }

    void write(Path certificateFile, Path keyFile) throws IOException {
        Pem.write(keyFile, true, List.of(new Pem("PRIVATE KEY", key.getEncoded())));
        List<Pem> certificates = new ArrayList<>();
        for (X509Certificate certificate : chain) {
            certificates.add(new Pem("CERTIFICATE", encoded(certificate)));
        }
        Pem.write(certificateFile, false, certificates);
    }

    private static byte[] encoded(X509Certificate certificate) throws IOException {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IOException("The certificate cannot be written", e);
        }
    }
}
