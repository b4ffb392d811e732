package hansa.trust.kit;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** What an authority is asked to certify; nothing of it needs to be right. Not thread-safe. */
public final class Order {

    private record Added(String identifier, boolean critical, ASN1Encodable value) {}

    private final X500Name subject;
    private final List<Added> extensions = new ArrayList<>();
    private Instant from = Instant.now().minus(Duration.ofHours(1));
    private Instant until = Instant.now().plus(Duration.ofHours(12));
    private BigInteger serial = BigInteger.valueOf(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    private boolean identified;
    private Optional<KeyPair> keys = Optional.empty();
    private Optional<String> algorithm = Optional.empty();

    private Order(X500Name subject) {
        this.subject = subject;
    }

    /** Without extensions. */
    public static Order plain(X500Name subject) {
        return new Order(subject);
    }

    /** For an authority. */
    public static Order authority(String slashName) {
        return authority(slashName, Integer.MAX_VALUE);
    }

    /** For an authority with at most so many authorities below it. */
    public static Order authority(String slashName, int pathLength) {
        BasicConstraints constraints =
                pathLength == Integer.MAX_VALUE ? new BasicConstraints(true) : new BasicConstraints(pathLength);
        return plain(name(slashName))
                .identified()
                .extension(Extension.basicConstraints.getId(), true, constraints)
                .extension(Extension.keyUsage.getId(), true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    }

    /** For a person or a host. */
    public static Order endEntity(String slashName) {
        return plain(name(slashName))
                .identified()
                .extension(Extension.basicConstraints.getId(), true, new BasicConstraints(false))
                .extension(
                        Extension.keyUsage.getId(),
                        true,
                        new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyEncipherment));
    }

    /** With an identifier of its key, by which some readers of attribute certificates find their signer. */
    private Order identified() {
        this.identified = true;
        return this;
    }

    /** {@code /O=a/CN=b/c}: only what looks like a type begins a new part. */
    public static X500Name name(String slashName) {
        return new X500Name(String.join(",", slashName.substring(1).split("/(?=[A-Za-z]+=)")));
    }

    public Order valid(Instant begin, Instant end) {
        this.from = begin;
        this.until = end;
        return this;
    }

    public Order serial(long number) {
        this.serial = BigInteger.valueOf(number);
        return this;
    }

    public Order keys(KeyPair pair) {
        this.keys = Optional.of(pair);
        return this;
    }

    /** The algorithm of the issuer's signature, by its name in Java. */
    public Order algorithm(String name) {
        this.algorithm = Optional.of(name);
        return this;
    }

    public Order extension(String identifier, boolean critical, ASN1Encodable value) {
        extensions.add(new Added(identifier, critical, value));
        return this;
    }

    public Credential selfSigned() {
        KeyPair pair = pair();
        X509Certificate certificate = certify(pair, subject, pair.getPrivate());
        return new Credential(pair.getPrivate(), List.of(certificate));
    }

    /** The issuer's certificate becomes part of the chain unless it is self-signed. */
    public Credential signedBy(Credential issuer) {
        return signedBy(issuer, issuer.key());
    }

    /** As if the issuer had signed it, but with another key. */
    public Credential signedBy(Credential issuer, PrivateKey signingKey) {
        KeyPair pair = pair();
        X509Certificate above = issuer.certificate();
        X509Certificate certificate = certify(
                pair, X500Name.getInstance(above.getSubjectX500Principal().getEncoded()), signingKey);
        boolean isRoot = above.getSubjectX500Principal().equals(above.getIssuerX500Principal());
        return issuer.below(pair.getPrivate(), certificate, isRoot);
    }

    private KeyPair pair() {
        return keys.orElseGet(Order::newKeys);
    }

    /** On P-256, since those are made in no time. */
    public static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static KeyPair newRsaKeys(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The usual algorithm for a key. */
    public static String algorithmFor(PrivateKey key) {
        return key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
    }

    private X509Certificate certify(KeyPair pair, X500Name issuer, PrivateKey signingKey) {
        try {
            JcaX509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuer, serial, Date.from(from), Date.from(until), subject, pair.getPublic());
            if (identified) {
                builder.addExtension(
                        Extension.subjectKeyIdentifier,
                        false,
                        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
            }
            for (Added each : extensions) {
                builder.addExtension(new ASN1ObjectIdentifier(each.identifier()), each.critical(), each.value());
            }
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(
                            new JcaContentSignerBuilder(algorithm.orElseGet(() -> algorithmFor(signingKey)))
                                    .build(signingKey)));
        } catch (CertIOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
