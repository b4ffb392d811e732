package hansa.drivers.openstack;

import hansa.cloud.BootContext;
import hansa.cloud.Bytes;
import hansa.cloud.CloudException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a guest is told, in OpenStack's words: user data, and a key pair, which holds one key. More keys than one, or wherever
 * the settings want it, are told to cloud-init in a part of the user data of its own.
 *
 * @param userData in Base64
 * @param key what is to be a key pair
 */
record GuestContext(Optional<String> userData, Optional<String> key) {

    /** Nova takes 65535 characters of Base64. */
    private static final int LONGEST = 65_535;

    /** How SSH keys reach guests. */
    enum Keys {
        AUTO,
        KEY_PAIR,
        CLOUD_INIT;

        /** @throws IllegalArgumentException with a line for the administrator */
        static Keys of(String text) {
            return switch (text) {
                case "auto" -> AUTO;
                case "key-pair" -> KEY_PAIR;
                case "cloud-init" -> CLOUD_INIT;
                default ->
                    throw new IllegalArgumentException("'keys' is auto, key-pair or cloud-init, not '" + text + "'");
            };
        }
    }

    static GuestContext of(BootContext context, Keys how) {
        List<String> keys = context.sshKeys();
        boolean pair = how != Keys.CLOUD_INIT && !keys.isEmpty();
        boolean config = how == Keys.CLOUD_INIT && !keys.isEmpty() || how == Keys.AUTO && keys.size() > 1;
        Optional<byte[]> data = config
                ? Optional.of(multipart(cloudConfig(keys), context.userData()))
                : context.userData().map(Bytes::toArray);
        return new GuestContext(
                data.map(GuestContext::encoded), pair ? Optional.of(keys.getFirst()) : Optional.empty());
    }

    private static String encoded(byte[] data) {
        String text = Base64.getEncoder().encodeToString(data);
        if (text.length() > LONGEST) {
            throw new CloudException.InvalidRequest(
                    "OpenStack takes 49149 bytes of user data (with the SSH keys in it), and these are " + data.length);
        }
        return text;
    }

    /** Lists of keys in several parts are put together, and not one instead of another. */
    private static String cloudConfig(List<String> keys) {
        return keys.stream()
                .map(key -> "  - \"" + key.strip().replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n")
                .collect(Collectors.joining(
                        "",
                        "#cloud-config\nmerge_how: 'list(append)+dict(recurse_array)+str()'\nssh_authorized_keys:\n",
                        ""));
    }

    private static byte[] multipart(String config, Optional<Bytes> userData) {
        String boundary =
                "hansa-" + digest(config + userData.map(GuestContext::base64).orElse(""));
        StringBuilder mime = new StringBuilder()
                .append("Content-Type: multipart/mixed; boundary=\"")
                .append(boundary)
                .append("\"\nMIME-Version: 1.0\n\n");
        part(mime, boundary, "text/cloud-config", Bytes.utf8(config));
        userData.ifPresent(data -> part(mime, boundary, type(data), data));
        mime.append("--").append(boundary).append("--\n");
        return mime.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void part(StringBuilder mime, String boundary, String type, Bytes content) {
        mime.append("--").append(boundary).append('\n');
        if (type.startsWith("multipart/")) {
            // It begins with headers of its own.
            mime.append(content.asUtf8()).append('\n');
            return;
        }
        mime.append("Content-Type: ")
                .append(type)
                .append("\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n")
                .append(base64(content))
                .append("\n\n");
    }

    private static String base64(Bytes content) {
        return Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(content.toArray());
    }

    /** As cloud-init tells kinds of user data apart. */
    private static String type(Bytes data) {
        byte[] start = data.toArray();
        if (start.length > 1 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b) {
            return "application/gzip";
        }
        String text = data.asUtf8().stripLeading();
        if (text.startsWith("#!")) {
            return "text/x-shellscript";
        }
        if (text.startsWith("#cloud-config")) {
            return "text/cloud-config";
        }
        if (text.startsWith("#cloud-boothook")) {
            return "text/cloud-boothook";
        }
        if (text.startsWith("#include")) {
            return "text/x-include-url";
        }
        if (text.startsWith("## template: jinja")) {
            return "text/jinja2";
        }
        return text.startsWith("Content-Type: multipart/") || text.startsWith("MIME-Version:")
                ? "multipart/mixed"
                : "text/plain";
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
