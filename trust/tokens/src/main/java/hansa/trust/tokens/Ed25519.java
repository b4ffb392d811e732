package hansa.trust.tokens;

import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** EdDSA with Ed25519 (RFC 8037) by the JDK; keys are 32 bytes as in a JWK. */
record Ed25519(PublicKey key) {

    private static final String NAME = "Ed25519";
    private static final int LENGTH = 32;

    /** What stands before the 32 bytes in the encodings of RFC 8410. */
    private static final byte[] PUBLIC_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final byte[] PRIVATE_PREFIX = HexFormat.of().parseHex("302e020100300506032b657004220420");

    /** The two halves of a new key. */
    record Pair(Base64URL open, Base64URL secret) {

        @Override
        public String toString() {
            return "Pair[hidden]";
        }
    }

    static Pair generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(NAME).generateKeyPair();
            return new Pair(
                    Base64URL.encode(tail(pair.getPublic().getEncoded())),
                    Base64URL.encode(tail(pair.getPrivate().getEncoded())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] tail(byte[] encoded) {
        return Arrays.copyOfRange(encoded, encoded.length - LENGTH, encoded.length);
    }

    /** @throws IllegalArgumentException if this is no such key */
    static Ed25519 ofPublic(byte[] bytes) {
        try {
            return new Ed25519(
                    KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(joined(PUBLIC_PREFIX, bytes))));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no key for Ed25519", e);
        }
    }

    boolean verify(byte[] message, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(NAME);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException notInForm) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] sign(byte[] secret, byte[] message) {
        try {
            PrivateKey key = KeyFactory.getInstance(NAME)
                    .generatePrivate(new PKCS8EncodedKeySpec(joined(PRIVATE_PREFIX, secret)));
            Signature signer = Signature.getInstance(NAME);
            signer.initSign(key);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] joined(byte[] prefix, byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a key for Ed25519 has 32 bytes");
        }
        byte[] whole = Arrays.copyOf(prefix, prefix.length + LENGTH);
        System.arraycopy(bytes, 0, whole, prefix.length, LENGTH);
        return whole;
    }
}
