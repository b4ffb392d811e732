package hansa.cli.demo;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** Makes a public key as {@code authorized_keys} has it (RFC 4253 §6.6, RFC 8709). Its private half is thrown away. */
final class SshKey {

    private static final String TYPE = "ssh-ed25519";
    private static final int KEY_LENGTH = 32;

    private SshKey() {}

    static String fresh(String comment) {
        try {
            byte[] encoded = KeyPairGenerator.getInstance("Ed25519")
                    .generateKeyPair()
                    .getPublic()
                    .getEncoded();
            // The raw key stands at the end of its X.509 form.
            byte[] key = Arrays.copyOfRange(encoded, encoded.length - KEY_LENGTH, encoded.length);
            ByteArrayOutputStream blob = new ByteArrayOutputStream();
            field(blob, TYPE.getBytes(StandardCharsets.US_ASCII));
            field(blob, key);
            return TYPE + " " + Base64.getEncoder().encodeToString(blob.toByteArray()) + " " + comment;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK since 15 makes Ed25519 keys", impossible);
        }
    }

    private static void field(ByteArrayOutputStream blob, byte[] content) {
        blob.writeBytes(
                ByteBuffer.allocate(Integer.BYTES).putInt(content.length).array());
        blob.writeBytes(content);
    }
}
