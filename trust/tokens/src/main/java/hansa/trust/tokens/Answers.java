package hansa.trust.tokens;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What an issuer said about tokens a moment ago, by their digests. Bounded; the least used goes first. Thread-safe. */
final class Answers {

    private static final int MOST = 10_000;

    private final Clock clock;
    private final Map<ByteBuffer, Answer> entries = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Answer> eldest) {
            return size() > MOST;
        }
    };

    private record Answer(Members members, Instant until) {}

    Answers(Clock clock) {
        this.clock = clock;
    }

    Optional<Members> find(String token) {
        ByteBuffer key = digest(token);
        synchronized (entries) {
            return Optional.ofNullable(entries.get(key))
                    .filter(answer -> clock.instant().isBefore(answer.until()))
                    .map(Answer::members);
        }
    }

    void put(String token, Members members, Duration time) {
        ByteBuffer key = digest(token);
        synchronized (entries) {
            entries.put(key, new Answer(members, clock.instant().plus(time)));
        }
    }

    private static ByteBuffer digest(String token) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
