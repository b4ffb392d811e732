package hansa.drivers.ec2;

import hansa.cloud.BootContext;
import hansa.cloud.Bytes;
import hansa.cloud.CloudException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * What a guest is told through the metadata service. The user's own data goes as it is where nothing else has to be said;
 * else it becomes one part of a MIME archive, and a cloud-config of ours the other, as cloud-init reads it.
 */
final class UserData {

    /** As EC2 takes it, before base64. */
    static final int MOST = 16 * 1024;

    private static final String BOUNDARY = "==hansa-user-data==";

    private UserData() {}

    /**
     * @param keys SSH keys that no key pair brings
     * @return base64
     * @throws CloudException.InvalidRequest where it is too much for EC2
     */
    static Optional<String> of(BootContext context, List<String> keys) {
        Optional<String> config = cloudConfig(context.hostname(), keys);
        Optional<byte[]> own = context.userData().map(Bytes::toArray).filter(bytes -> bytes.length > 0);
        if (config.isEmpty()) {
            return own.map(UserData::fitting);
        }
        return Optional.of(fitting(own.map(bytes -> archive(config.get(), bytes))
                .orElseGet(() -> utf8("#cloud-config\n" + config.get()))));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Optional<String> cloudConfig(Optional<String> hostname, List<String> keys) {
        StringBuilder config = new StringBuilder();
        hostname.ifPresent(
                name -> config.append("hostname: ").append(quoted(name)).append('\n'));
        if (!keys.isEmpty()) {
            config.append("ssh_authorized_keys:\n");
            keys.forEach(key -> config.append("  - ").append(quoted(key)).append('\n'));
        }
        return Optional.of(config.toString()).filter(text -> !text.isEmpty());
    }

    /** YAML in double quotes escapes as JSON does. */
    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        text.strip().codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                out.append('\\').appendCodePoint(c);
            } else if (Character.isISOControl(c)) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.append('"').toString();
    }

    /** What the user says comes first and wins; our keys are added to the user's. */
    private static byte[] archive(String config, byte[] own) {
        Base64.Encoder lines = Base64.getMimeEncoder(76, utf8("\n"));
        String text = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"" + BOUNDARY + "\"\n\n"
                + own(own, lines)
                + part("text/cloud-config", "Merge-Type: list(append)+dict(no_replace,recurse_list)+str()\n")
                + lines.encodeToString(utf8("#cloud-config\n" + config)) + "\n--" + BOUNDARY + "--\n";
        return utf8(text);
    }

    /** A message of parts goes in as it is: within one of plain text cloud-init would not look for parts. */
    private static String own(byte[] own, Base64.Encoder lines) {
        String text = new String(own, StandardCharsets.UTF_8);
        return text.startsWith("Content-Type: multipart/") || text.startsWith("MIME-Version:")
                ? "--" + BOUNDARY + "\n" + text + "\n"
                : part(type(own), "") + lines.encodeToString(own) + "\n";
    }

    private static String part(String type, String more) {
        return "--" + BOUNDARY + "\nContent-Type: " + type + "\nContent-Transfer-Encoding: base64\n" + more + "\n";
    }

    /** By how cloud-init itself tells them; what is none of these it finds out by itself in plain text. */
    private static String type(byte[] own) {
        if (own.length > 1 && (own[0] & 0xff) == 0x1f && (own[1] & 0xff) == 0x8b) {
            return "application/gzip";
        }
        String head = new String(own, 0, Math.min(own.length, 64), StandardCharsets.ISO_8859_1);
        if (head.startsWith("#!")) {
            return "text/x-shellscript";
        }
        if (head.startsWith("#cloud-config-archive")) {
            return "text/cloud-config-archive";
        }
        if (head.startsWith("#cloud-config")) {
            return "text/cloud-config";
        }
        if (head.startsWith("#cloud-boothook")) {
            return "text/cloud-boothook";
        }
        if (head.startsWith("#include")) {
            return "text/x-include-url";
        }
        if (head.startsWith("## template: jinja")) {
            return "text/jinja2";
        }
        return "text/plain";
    }

    private static String fitting(byte[] data) {
        byte[] sent = data.length <= MOST ? data : compressed(data);
        if (sent.length > MOST) {
            throw new CloudException.InvalidRequest("EC2 takes " + MOST + " bytes of user data; these are "
                    + data.length + ", and " + sent.length + " compressed. Let the guest fetch the rest");
        }
        return Base64.getEncoder().encodeToString(sent);
    }

    /** Cloud-init unpacks what is packed. The same bytes each time, since EC2 compares repeated requests. */
    private static byte[] compressed(byte[] data) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
