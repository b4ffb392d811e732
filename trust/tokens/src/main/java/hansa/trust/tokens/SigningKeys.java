package hansa.trust.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import hansa.trust.PublicKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;

/**
 * The keys that this node signs with, each in a file that only its owner reads; the public halves are shown to all nodes.
 * A key signs for thirty days. Its successor is shown for an hour before it signs, so that whoever fetched the keys has
 * it in time; the old one is shown until all that it signed has ended. Thread-safe.
 */
final class SigningKeys {

    private static final Duration PERIOD = Duration.ofDays(30);
    private static final Duration LEAD = Duration.ofHours(1);

    /** The longest assertion, and what clocks may differ by. */
    private static final Duration AFTERWARDS = Duration.ofMinutes(15);

    /** A node that is gone does not withdraw its keys; then they end by themselves. */
    private static final Duration SHOWN = Duration.ofDays(2);

    private static final String PREFIX = "assertion-";
    private static final String SUFFIX = ".jwk";
    private static final int MOST_FILES = 100;

    private final Path folder;
    private final PublicKeys shown;
    private final Clock clock;
    private List<Key> keys;
    private Instant renew = Instant.MIN;

    /** One key, and since when it has been there. */
    private record Key(OctetKeyPair pair, Instant made, Path file) {

        String id() {
            return pair.getKeyID();
        }
    }

    /** Reads the keys that are there; makes the first one. @throws UncheckedIOException if the folder cannot be used */
    SigningKeys(Path folder, PublicKeys shown, Clock clock) {
        this.folder = folder;
        this.shown = shown;
        this.clock = clock;
        try {
            this.keys = read(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        current();
    }

    private static List<Key> read(Path folder) throws IOException {
        List<Key> keys = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                if (keys.size() == MOST_FILES) {
                    throw new IOException(
                            folder + " holds more keys than Hansa ever makes; take away what is not its own");
                }
                OctetKeyPair pair = OctetKeyPair.parse(Files.readString(file, StandardCharsets.US_ASCII));
                keys.add(new Key(pair, pair.getIssueTime().toInstant(), file));
            }
        } catch (ParseException e) {
            throw new IOException(folder + " holds a key that cannot be read; delete it, a new one will be made", e);
        }
        keys.sort(Comparator.comparing(Key::made));
        return keys;
    }

    /** The key to sign with now. */
    synchronized OctetKeyPair current() {
        Instant now = clock.instant();
        try {
            if (keys.isEmpty() || !keys.getLast().made().plus(PERIOD).isAfter(now)) {
                keys.add(make(now));
                renew = Instant.MIN;
            }
            if (!renew.isAfter(now)) {
                forgetEnded(now);
                keys.forEach(
                        key -> shown.publish(key.id(), key.pair().toPublicJWK().toJSONString(), now.plus(SHOWN)));
                renew = now.plus(LEAD);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return signing(now).pair();
    }

    private Key signing(Instant now) {
        return keys.stream()
                .filter(key -> !key.made().plus(LEAD).isAfter(now))
                .max(Comparator.comparing(Key::made))
                .orElseGet(keys::getFirst);
    }

    /** Those before the one that signs, when what they signed has ended. */
    private void forgetEnded(Instant now) throws IOException {
        for (int i = keys.size() - 2; i >= 0; i--) {
            Instant replaced = keys.get(i + 1).made().plus(LEAD);
            if (!replaced.plus(AFTERWARDS).isAfter(now)) {
                Key ended = keys.remove(i);
                shown.withdraw(ended.id());
                Files.deleteIfExists(ended.file());
            }
        }
    }

    private Key make(Instant now) throws IOException {
        Ed25519.Pair pair = Ed25519.generate();
        Base64URL open = pair.open();
        OctetKeyPair plain = new OctetKeyPair.Builder(Curve.Ed25519, open)
                .d(pair.secret())
                .issueTime(Date.from(now))
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.EdDSA)
                .keyID(id(open))
                .build();
        Path file = folder.resolve(PREFIX + plain.getKeyID() + SUFFIX);
        Path fresh = Files.createTempFile(
                folder,
                ".key",
                null,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(fresh, plain.toJSONString() + "\n", StandardCharsets.US_ASCII);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
        return new Key(plain, plain.getIssueTime().toInstant(), file);
    }

    /** RFC 7638. */
    private static String id(Base64URL open) throws IOException {
        try {
            return new OctetKeyPair.Builder(Curve.Ed25519, open)
                    .build()
                    .computeThumbprint()
                    .toString();
        } catch (JOSEException e) {
            throw new IOException("the key's thumbprint cannot be computed", e);
        }
    }

    /** All nodes' keys as a JWK set. */
    String published() {
        current();
        return "{\"keys\":[" + String.join(",", shown.published()) + "]}";
    }
}
