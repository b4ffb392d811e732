package hansa.drivers.occi;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A private key and the certificates that belong to it, as the tools of the grid write them. */
record PemCredential(PrivateKey key, List<Certificate> chain) {

    private static final int LARGEST = 256 * 1024;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([A-Za-z0-9+/=\\s]*+)-----END \\1-----");

    private static final byte[] VERSION_0 = HexFormat.of().parseHex("020100");

    PemCredential {
        chain = List.copyOf(chain);
    }

    /** The first certificate of the file is the key's; those that vouch for it follow. */
    static PemCredential read(Path certificate, Path key) throws IOException, GeneralSecurityException {
        List<Certificate> chain = new ArrayList<>();
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        Matcher blocks = BLOCK.matcher(text(certificate));
        while (blocks.find()) {
            if (blocks.group(1).equals("CERTIFICATE")) {
                chain.add(factory.generateCertificate(new ByteArrayInputStream(decoded(blocks.group(2)))));
            }
        }
        if (chain.isEmpty()) {
            throw new GeneralSecurityException("there is no certificate in it");
        }
        return new PemCredential(key(text(key), chain.getFirst().getPublicKey()), chain);
    }

    private static String text(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is larger than 256 KiB");
        }
        return Files.readString(file, StandardCharsets.ISO_8859_1);
    }

    private static byte[] decoded(String base64) throws GeneralSecurityException {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("a block of it is no base64", e);
        }
    }

    private static PrivateKey key(String pem, PublicKey other) throws GeneralSecurityException {
        Matcher blocks = BLOCK.matcher(pem);
        while (blocks.find()) {
            switch (blocks.group(1)) {
                case "PRIVATE KEY" -> {
                    return ofPkcs8(decoded(blocks.group(2)));
                }
                case "RSA PRIVATE KEY", "EC PRIVATE KEY" -> {
                    return ofPkcs8(wrapped(decoded(blocks.group(2)), other));
                }
                case "ENCRYPTED PRIVATE KEY" ->
                    throw new GeneralSecurityException(
                            "its key is encrypted; write it anew with openssl pkcs8 -topk8 -nocrypt");
                default -> {
                    // Certificates and parameters stand beside the key.
                }
            }
        }
        throw new GeneralSecurityException("there is no private key that can be read; it may be encrypted");
    }

    private static PrivateKey ofPkcs8(byte[] encoded) throws GeneralSecurityException {
        PKCS8EncodedKeySpec spec = new PKCS8EncodedKeySpec(encoded);
        for (String algorithm : List.of("RSA", "EC")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(spec);
            } catch (InvalidKeySpecException e) {
                // It may be a key of the other algorithm.
            }
        }
        throw new GeneralSecurityException("its key is neither of RSA nor of an elliptic curve");
    }

    /**
     * PKCS #8 around a key in the form of its own algorithm (RFC 5958 §2). Which algorithm and curve that is, the public key
     * says (RFC 5280 §4.1.2.7); the older forms do not always.
     */
    private static byte[] wrapped(byte[] key, PublicKey other) throws GeneralSecurityException {
        try {
            ByteBuffer named = content(content(ByteBuffer.wrap(other.getEncoded()), 0x30), 0x30);
            byte[] algorithm = new byte[named.remaining()];
            named.get(algorithm);
            return element(0x30, together(VERSION_0, element(0x30, algorithm), element(0x04, key)));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new GeneralSecurityException("its certificate's key is in no form that is known", e);
        }
    }

    /** The content of the next element, which has to have that tag. */
    private static ByteBuffer content(ByteBuffer der, int tag) {
        if ((der.get() & 0xff) != tag) {
            throw new IllegalArgumentException("another element was expected");
        }
        int length = der.get() & 0xff;
        if (length >= 0x80) {
            int bytes = length & 0x7f;
            length = 0;
            for (int i = 0; i < Math.min(bytes, 3); i++) {
                length = length << 8 | der.get() & 0xff;
            }
        }
        ByteBuffer content = der.slice().limit(length);
        der.position(der.position() + length);
        return content;
    }

    private static byte[] together(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] element(int tag, byte[] content) {
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        der.write(tag);
        int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(content.length) + 7) / 8;
        if (content.length >= 0x80) {
            der.write(0x80 | bytes);
        }
        for (int shift = 8 * (Math.max(1, bytes) - 1); shift >= 0; shift -= 8) {
            der.write(content.length >> shift);
        }
        der.writeBytes(content);
        return der.toByteArray();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "PemCredential[" + chain.size() + " certificates]";
    }
}
