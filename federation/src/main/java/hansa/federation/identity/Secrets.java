package hansa.federation.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The form of API tokens: {@code hansa_ID_SECRET}. The secret has 256 random bits, so nobody guesses it with or without a
 * slow hash; a plain SHA-256 keeps the store from giving it away.
 */
record Secrets(String id, String secret) {

    private static final String PREFIX = "hansa_";
    private static final int ID_BYTES = 8;
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    static Secrets fresh() {
        byte[] id = new byte[ID_BYTES];
        RANDOM.nextBytes(id);
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return new Secrets(
                HexFormat.of().formatHex(id),
                Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }

    static Optional<Secrets> parse(String token) {
        int idEnd = PREFIX.length() + ID_BYTES * 2;
        if (!token.startsWith(PREFIX) || token.length() < idEnd + 2 || token.charAt(idEnd) != '_') {
            return Optional.empty();
        }
        return Optional.of(new Secrets(token.substring(PREFIX.length(), idEnd), token.substring(idEnd + 1)));
    }

    String token() {
        return PREFIX + id + "_" + secret;
    }

    String verifier() {
        return HexFormat.of().formatHex(digest());
    }

    boolean matches(String verifier) {
        return MessageDigest.isEqual(digest(), HexFormat.of().parseHex(verifier));
    }

    private byte[] digest() {
        try {
            return MessageDigest.getInstance("SHA-256").digest((id + "_" + secret).getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return PREFIX + id + "_hidden";
    }
}
