package hansa.drivers.occi;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
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

    /** What PKCS #8 says before a key in the form of PKCS #1: version 0, and that it is of RSA. */
    private static final byte[] RSA_HEAD = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

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
        return new PemCredential(key(text(key)), chain);
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

    private static PrivateKey key(String pem) throws GeneralSecurityException {
        Matcher blocks = BLOCK.matcher(pem);
        while (blocks.find()) {
            switch (blocks.group(1)) {
                case "PRIVATE KEY" -> {
                    return ofPkcs8(decoded(blocks.group(2)));
                }
                case "RSA PRIVATE KEY" -> {
                    return ofPkcs8(wrapped(decoded(blocks.group(2))));
                }
                case "ENCRYPTED PRIVATE KEY", "EC PRIVATE KEY" ->
                    throw new GeneralSecurityException(
                            "its key is encrypted or in the older form of elliptic curves; write it anew with openssl"
                                    + " pkcs8 -topk8 -nocrypt");
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

    private static byte[] wrapped(byte[] pkcs1) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        inner.writeBytes(RSA_HEAD);
        inner.writeBytes(element(0x04, pkcs1));
        return element(0x30, inner.toByteArray());
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
