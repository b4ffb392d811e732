package hansa.federation.compute;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * The form of the ids of resources: a letter or digit, then up to 63 of {@code A-Z a-z 0-9 _ . -}. Callers may choose
 * them; those that Hansa makes are UUIDs of version 7 (RFC 9562 §5.7), so that lists come in the order of creation and
 * the store's indexes grow at one end.
 */
final class ResourceName {

    private static final int MAX_LENGTH = 64;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ResourceName() {}

    static void check(String word, String value) {
        if (!fits(value)) {
            throw new Failure(
                    ErrorCode.ATTRIBUTE_INVALID,
                    "The id of a " + word + " has 1 to " + MAX_LENGTH
                            + " characters of A-Z, a-z, 0-9, '_', '.' and '-', and starts with a letter or digit.");
        }
    }

    static boolean fits(String value) {
        return !value.isEmpty()
                && value.length() <= MAX_LENGTH
                && letterOrDigit(value.charAt(0))
                && value.chars().allMatch(c -> letterOrDigit(c) || c == '_' || c == '.' || c == '-');
    }

    private static boolean letterOrDigit(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    static String next() {
        Instant now = Instant.now();
        // The part of the millisecond stands where randomness might (RFC 9562 §6.2, method 3): ids that are made one
        // after the other within a millisecond come in order too.
        long part = now.truncatedTo(ChronoUnit.MILLIS).until(now, ChronoUnit.NANOS) * 4096 / NANOS_PER_MILLI;
        long high = now.toEpochMilli() << 16 | 0x7000 | part;
        long low = RANDOM.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low).toString();
    }
}
