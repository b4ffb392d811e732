package hansa.federation.identity;

import hansa.federation.caller.Caller;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Credentials that were found right a moment ago, under an HMAC of them with a key of this process, so that neither the
 * credentials nor anything to guess them by is kept. Bounded; the least used goes first.
 */
final class Remembered {

    private static final int MOST = 10_000;

    private final SecretKeySpec key;
    private final Duration time;
    private final Clock clock;
    private final Map<ByteBuffer, Known> entries = new LinkedHashMap<>(256, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Known> eldest) {
            return size() > MOST;
        }
    };

    Remembered(Duration time, Clock clock) {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, "HmacSHA256");
        this.time = time;
        this.clock = clock;
    }

    private record Known(Caller caller, String origin, Instant until) {}

    /** The key of one credential. */
    ByteBuffer mark(String kind, String first, String second) {
        return mark(kind, first.getBytes(StandardCharsets.UTF_8), second.getBytes(StandardCharsets.UTF_8));
    }

    ByteBuffer mark(String kind, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            add(mac, kind.getBytes(StandardCharsets.UTF_8));
            for (byte[] part : parts) {
                add(mac, part);
            }
            return ByteBuffer.wrap(mac.doFinal());
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(Mac mac, byte[] part) {
        mac.update(ByteBuffer.allocate(4).putInt(part.length).flip());
        mac.update(part);
    }

    Optional<Caller> find(ByteBuffer mark) {
        synchronized (entries) {
            Known entry = entries.get(mark);
            if (entry == null) {
                return Optional.empty();
            }
            if (clock.instant().isAfter(entry.until())) {
                entries.remove(mark);
                return Optional.empty();
            }
            return Optional.of(entry.caller());
        }
    }

    /**
     * @param origin the user or token behind it, see {@link #forget}
     * @param latest when the credential itself ends
     */
    void put(ByteBuffer mark, Caller caller, String origin, Instant latest) {
        Instant until = clock.instant().plus(time);
        synchronized (entries) {
            entries.put(mark, new Known(caller, origin, until.isBefore(latest) ? until : latest));
        }
    }

    void forget(String origin) {
        synchronized (entries) {
            entries.values().removeIf(entry -> entry.origin().equals(origin));
        }
    }
}
