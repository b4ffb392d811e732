package hansa.kernel.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Makes certificates (RFC 5280), with P-256 keys where nothing else is said. */
final class Issuer {

    private static final Duration CLOCK_SKEW = Duration.ofHours(1);
    private static final int RSA_BITS = 2048;
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.objectId("1.2.840.10045.4.3.2"));

    private final Instant now;
    private final SecureRandom random = new SecureRandom();

    Issuer(Instant now) {
        this.now = now;
    }

    /** A self-signed authority that certifies servers, but no further authorities. */
    Credential authority(Duration life) throws IOException {
        try {
            byte[] suffix = new byte[4];
            random.nextBytes(suffix);
            byte[] name = name("Hansa CA " + HexFormat.of().formatHex(suffix));
            KeyPair keys = keys();
            byte[] extensions = Der.sequence(
                    extension("2.5.29.19", true, Der.sequence(Der.yes(), Der.integer(BigInteger.ZERO))),
                    extension("2.5.29.15", true, Der.namedBits(5, 6)),
                    extension("2.5.29.14", false, Der.octets(keyId(keys.getPublic()))));
            return signed(keys, name, keys.getPrivate(), name, now.plus(life), extensions);
        } catch (GeneralSecurityException e) {
            throw new IOException("A certificate authority could not be made: " + e.getMessage(), e);
        }
    }

    /** A server certificate; it never outlives its authority. */
    Credential server(Credential authority, List<ServerName> names, Duration life) throws IOException {
        try {
            KeyPair keys = keys();
            return server(keys, keyId(keys.getPublic()), "Hansa node", authority, names, life);
        } catch (GeneralSecurityException e) {
            throw new IOException("A server certificate could not be made: " + e.getMessage(), e);
        }
    }

    /**
     * A certificate for a server that also signs attribute certificates. Many programs that read those know no signatures
     * but RSA, and no identifier of a key but the first that RFC 5280 section 4.2.1.2 gives.
     */
    Credential attributeAuthority(Credential authority, ServerName name, String common, Duration life)
            throws IOException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(RSA_BITS, random);
            KeyPair keys = generator.generateKeyPair();
            RSAPublicKey key = (RSAPublicKey) keys.getPublic();
            byte[] content = Der.sequence(Der.integer(key.getModulus()), Der.integer(key.getPublicExponent()));
            byte[] keyId = MessageDigest.getInstance("SHA-1").digest(content);
            return server(keys, keyId, common, authority, List.of(name), life);
        } catch (GeneralSecurityException e) {
            throw new IOException("A certificate for an attribute authority could not be made: " + e.getMessage(), e);
        }
    }

    private Credential server(
            KeyPair keys, byte[] keyId, String common, Credential authority, List<ServerName> names, Duration life)
            throws GeneralSecurityException {
        Instant authorityEnds = authority.certificate().getNotAfter().toInstant();
        Instant ends = now.plus(life).isBefore(authorityEnds) ? now.plus(life) : authorityEnds;
        byte[][] alternatives = names.stream()
                .map(name -> switch (name) {
                    case ServerName.Dns(String host) -> Der.implicit(2, host.getBytes(StandardCharsets.US_ASCII));
                    case ServerName.Address address -> Der.implicit(7, address.bytes());
                })
                .toArray(byte[][]::new);
        byte[] issuerId = keyId(authority.certificate().getPublicKey());
        byte[] extensions = Der.sequence(
                extension("2.5.29.19", true, Der.sequence()),
                extension("2.5.29.15", true, Der.namedBits(0)),
                extension("2.5.29.37", false, Der.sequence(Der.objectId("1.3.6.1.5.5.7.3.1"))),
                extension("2.5.29.17", false, Der.sequence(alternatives)),
                extension("2.5.29.14", false, Der.octets(keyId)),
                extension("2.5.29.35", false, Der.sequence(Der.implicit(0, issuerId))));
        byte[] issuer = authority.certificate().getSubjectX500Principal().getEncoded();
        return signed(keys, issuer, authority.key(), name(common), ends, extensions);
    }

    private Credential signed(
            KeyPair own, byte[] issuer, PrivateKey issuerKey, byte[] subject, Instant ends, byte[] extensions)
            throws GeneralSecurityException {
        byte[] certified = Der.sequence(
                Der.explicit(0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(127, random).setBit(126)),
                ECDSA_WITH_SHA256,
                issuer,
                Der.sequence(Der.time(now.minus(CLOCK_SKEW)), Der.time(ends)),
                subject,
                own.getPublic().getEncoded(),
                Der.explicit(3, extensions));
        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(issuerKey);
        signature.update(certified);
        byte[] certificate = Der.sequence(certified, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
        X509Certificate parsed = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
        return new Credential(List.of(parsed), own.getPrivate());
    }

    private static byte[] extension(String id, boolean critical, byte[] value) {
        return critical
                ? Der.sequence(Der.objectId(id), Der.yes(), Der.octets(value))
                : Der.sequence(Der.objectId(id), Der.octets(value));
    }

    private static byte[] name(String common) {
        return Der.sequence(attribute("2.5.4.10", "Hansa"), attribute("2.5.4.3", common));
    }

    private static byte[] attribute(String type, String value) {
        return Der.set(Der.sequence(Der.objectId(type), Der.utf8(value)));
    }

    /** Any name that differs from key to key (RFC 5280 section 4.2.1.2); SHA-256 cut to the usual length. */
    private static byte[] keyId(PublicKey key) throws GeneralSecurityException {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
        return Arrays.copyOf(digest, 20);
    }

    private KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"), random);
        return generator.generateKeyPair();
    }
}
