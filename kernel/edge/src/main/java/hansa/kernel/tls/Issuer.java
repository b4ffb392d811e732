package hansa.kernel.tls;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Makes certificates. The only class that touches Bouncy Castle, so that a node whose certificates are fresh never loads
 * it.
 */
final class Issuer {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration CLOCK_SKEW = Duration.ofHours(1);

    private final Instant now;

    Issuer(Instant now) {
        this.now = now;
    }

    /** A self-signed authority whose certificates may not issue further ones. */
    Credential authority(Duration life) throws IOException {
        byte[] random = new byte[4];
        RANDOM.nextBytes(random);
        X500Name name = new X500Name("O=Hansa,CN=Hansa CA " + HexFormat.of().formatHex(random));
        KeyPair keys = keys();
        X509v3CertificateBuilder builder = builder(name, name, now.plus(life), keys.getPublic());
        return signed(keys, keys, builder, extensions -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(keys.getPublic()));
        });
    }

    /** A server certificate; it never outlives its authority. */
    Credential server(Credential authority, List<ServerName> names, Duration life) throws IOException {
        Instant authorityEnds = authority.certificate().getNotAfter().toInstant();
        Instant ends = now.plus(life).isBefore(authorityEnds) ? now.plus(life) : authorityEnds;
        KeyPair keys = keys();
        X509v3CertificateBuilder builder = builder(
                X500Name.getInstance(
                        authority.certificate().getSubjectX500Principal().getEncoded()),
                new X500Name("O=Hansa,CN=Hansa node"),
                ends,
                keys.getPublic());
        KeyPair authorityKeys = new KeyPair(authority.certificate().getPublicKey(), authority.key());
        return signed(keys, authorityKeys, builder, extensions -> {
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
            builder.addExtension(
                    Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
            builder.addExtension(Extension.subjectAlternativeName, false, alternatives(names));
            builder.addExtension(
                    Extension.subjectKeyIdentifier, false, extensions.createSubjectKeyIdentifier(keys.getPublic()));
            builder.addExtension(
                    Extension.authorityKeyIdentifier,
                    false,
                    extensions.createAuthorityKeyIdentifier(authorityKeys.getPublic()));
        });
    }

    private static GeneralNames alternatives(List<ServerName> names) {
        return new GeneralNames(names.stream()
                .map(name -> switch (name) {
                    case ServerName.Dns(String host) -> new GeneralName(GeneralName.dNSName, host);
                    case ServerName.Address(String address) -> new GeneralName(GeneralName.iPAddress, address);
                })
                .toArray(GeneralName[]::new));
    }

    private X509v3CertificateBuilder builder(X500Name issuer, X500Name subject, Instant ends, PublicKey key) {
        return new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(127, RANDOM).setBit(126),
                Date.from(now.minus(CLOCK_SKEW)),
                Date.from(ends),
                subject,
                key);
    }

    @FunctionalInterface
    private interface Extending {
        void extend(JcaX509ExtensionUtils extensions) throws IOException;
    }

    private static Credential signed(KeyPair own, KeyPair signer, X509v3CertificateBuilder builder, Extending extending)
            throws IOException {
        try {
            extending.extend(new JcaX509ExtensionUtils());
            var signature = new JcaContentSignerBuilder("SHA256withECDSA").build(signer.getPrivate());
            var certificate = new JcaX509CertificateConverter().getCertificate(builder.build(signature));
            return new Credential(List.of(certificate), own.getPrivate());
        } catch (GeneralSecurityException | OperatorException e) {
            throw new IOException("A certificate could not be made: " + e.getMessage(), e);
        }
    }

    private static KeyPair keys() throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IOException("This Java runtime makes no P-256 keys", e);
        }
    }
}
