package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** SSH keys as key pairs, named by their fingerprint, so that a key is imported once whoever brings it. */
final class KeyPairs {

    private static final Set<String> IMPORTABLE = Set.of("ssh-rsa", "ssh-ed25519");
    private static final int MOST_REMEMBERED = 10_000;

    /**
     * How a machine gets its keys: EC2 takes one key pair.
     *
     * @param told those that user data brings
     */
    record Delivery(Optional<String> keyPair, List<String> told) {}

    private final Query query;
    private final Tags tags;
    private final boolean imports;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    KeyPairs(Query query, Tags tags, boolean imports) {
        this.query = query;
        this.tags = tags;
        this.imports = imports;
    }

    Delivery deliver(List<String> keys) {
        Optional<String> first =
                imports ? keys.stream().filter(KeyPairs::isImportable).findFirst() : Optional.empty();
        List<String> told = new ArrayList<>(keys);
        first.ifPresent(told::remove);
        return new Delivery(first.map(this::imported), told);
    }

    private static boolean isImportable(String key) {
        String[] parts = key.strip().split("\\s+");
        return parts.length >= 2
                && IMPORTABLE.contains(parts[0])
                && decoded(parts[1]).isPresent();
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private String imported(String key) {
        String[] parts = key.strip().split("\\s+");
        String name = tags.prefix() + "-" + fingerprint(decoded(parts[1]).orElseThrow());
        if (known.contains(name)) {
            return name;
        }
        String material = parts[0] + " " + parts[1] + " " + name;
        try {
            query.call(Form.of("ImportKeyPair")
                    .with("KeyName", name)
                    .with(
                            "PublicKeyMaterial",
                            Base64.getEncoder().encodeToString(material.getBytes(StandardCharsets.US_ASCII))));
        } catch (CloudException.Conflict e) {
            // It is there already, which is what was wanted.
        }
        if (known.size() < MOST_REMEMBERED) {
            known.add(name);
        }
        return name;
    }

    /** Somebody may have deleted a key pair since. */
    void forget() {
        known.clear();
    }

    private static String fingerprint(byte[] key) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(key);
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }
}
