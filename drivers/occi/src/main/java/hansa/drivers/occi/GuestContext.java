package hansa.drivers.occi;

import hansa.cloud.BootContext;
import hansa.cloud.Bytes;
import hansa.cloud.CloudException;
import hansa.protocols.occi.CategoryId;
import hansa.protocols.occi.extension.Infrastructure;
import hansa.protocols.occi.extension.OpenStackExtension;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * User data and keys in the mixins that the service offers. A mixin holds one key; more of them reach the guest as a part of
 * the user data that cloud-init reads.
 */
final class GuestContext {

    private static final String BOUNDARY = "=-hansa-part-=";
    private static final String HEAD =
            "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"" + BOUNDARY + "\"\n\n";
    private static final Pattern CLOUD_CONFIG = Pattern.compile("(?m)^\\s*#cloud-config\\s*$");

    /** A place for a key or for user data: the mixin and its attribute. */
    private record Slot(CategoryId mixin, String attribute) {}

    private static final List<Slot> KEYS = List.of(
            new Slot(OpenStackExtension.PUBLIC_KEY, OpenStackExtension.PUBLIC_KEY_DATA),
            new Slot(Infrastructure.SSH_KEY, Infrastructure.SSH_PUBLIC_KEY));
    private static final List<Slot> DATA = List.of(
            new Slot(OpenStackExtension.USER_DATA, OpenStackExtension.COMPUTE_USER_DATA),
            new Slot(Infrastructure.USER_DATA, Infrastructure.COMPUTE_USER_DATA));

    private GuestContext() {}

    /** @throws CloudException.InvalidRequest where the service has no place for what the guest is to be told */
    static void add(Message message, Peer peer, BootContext context) {
        context.hostname().ifPresent(name -> message.attribute("occi.compute.hostname", name));
        List<String> keys = new ArrayList<>(context.sshKeys());
        int places = 0;
        for (Slot slot : KEYS) {
            if (!keys.isEmpty() && places < peer.dialect().keyMixins() && peer.offers(slot.mixin())) {
                if (slot.mixin().equals(OpenStackExtension.PUBLIC_KEY)) {
                    message.attribute(OpenStackExtension.PUBLIC_KEY_NAME, "hansa");
                }
                message.mixin(slot.mixin()).attribute(slot.attribute(), keys.removeFirst());
                places++;
            }
        }
        Optional<Bytes> data = keys.isEmpty() ? context.userData() : Optional.of(together(context.userData(), keys));
        if (peer.dialect().decodesOnlyCloudConfig()) {
            data = data.map(GuestContext::decoded);
        }
        data.ifPresent(bytes -> {
            Slot slot = DATA.stream()
                    .filter(each -> peer.offers(each.mixin()))
                    .findFirst()
                    .orElseThrow(
                            () -> new CloudException.InvalidRequest(
                                    "the service takes no user data, and what is to be told to the guest does not fit elsewhere"));
            message.mixin(slot.mixin())
                    .attribute(slot.attribute(), Base64.getEncoder().encodeToString(bytes.toArray()));
        });
    }

    /** The same in one part behind a preamble, which nobody reads (RFC 2046 §5.1.1) but the service, see {@link Dialect}. */
    private static Bytes decoded(Bytes userData) {
        byte[] bytes = userData.toArray();
        return CLOUD_CONFIG
                        .matcher(new String(bytes, StandardCharsets.ISO_8859_1))
                        .find()
                ? userData
                : sized(HEAD + "#cloud-config\n" + part(type(bytes), bytes) + "--" + BOUNDARY + "--\n");
    }

    /** A message of several parts (RFC 2046 §5.1), as cloud-init takes them. */
    private static Bytes together(Optional<Bytes> userData, List<String> keys) {
        StringBuilder config = new StringBuilder("""
                #cloud-config
                merge_how: list(append)+dict(no_replace,recurse_list)+str()
                ssh_authorized_keys:
                """);
        keys.forEach(key -> config.append("  - ").append(quoted(key)).append('\n'));
        if (userData.isEmpty()) {
            return sized(config.toString());
        }
        byte[] theirs = userData.get().toArray();
        return sized(HEAD
                + part(type(theirs), theirs)
                + part("text/cloud-config", config.toString().getBytes(StandardCharsets.UTF_8))
                + "--" + BOUNDARY + "--\n");
    }

    private static String part(String type, byte[] content) {
        return "--" + BOUNDARY + "\nContent-Type: " + type + "\nContent-Transfer-Encoding: base64\n\n"
                + Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(content) + "\n";
    }

    private static String type(byte[] userData) {
        String head = new String(userData, 0, Math.min(32, userData.length), StandardCharsets.ISO_8859_1);
        if (head.startsWith("#!")) {
            return "text/x-shellscript";
        }
        // cloud-init looks at the first line of a part of this type to see what it is.
        return head.startsWith("#cloud-config") ? "text/cloud-config" : "text/plain";
    }

    private static String quoted(String key) {
        return '"' + key.strip().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static Bytes sized(String text) {
        Bytes all = Bytes.utf8(text);
        if (all.size() > BootContext.MAX_USER_DATA) {
            throw new CloudException.InvalidRequest("user data and keys together have " + all.size()
                    + " bytes, and the service takes " + BootContext.MAX_USER_DATA);
        }
        return all;
    }
}
