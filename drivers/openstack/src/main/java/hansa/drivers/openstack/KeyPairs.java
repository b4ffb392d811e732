package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** SSH keys of users as key pairs of Nova's, each made once and named by what it holds. */
final class KeyPairs {

    private static final int MOST_REMEMBERED = 10_000;
    private static final int DIGITS = 32;

    private final Service compute;
    private final Set<String> made = ConcurrentHashMap.newKeySet();

    KeyPairs(Service compute) {
        this.compute = compute;
    }

    /** The name of the pair with that key, which is there afterwards. */
    String named(String key) {
        String line = key.strip();
        String name = "hansa-" + digest(line);
        if (!made.contains(name)) {
            try {
                compute.post("/os-keypairs", Map.of("keypair", Map.of("name", name, "public_key", line)));
            } catch (CloudException.Conflict e) {
                // It was made before.
            }
            if (made.size() < MOST_REMEMBERED) {
                made.add(name);
            }
        }
        return name;
    }

    /** Somebody may have deleted it. */
    void forget(String name) {
        made.remove(name);
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
