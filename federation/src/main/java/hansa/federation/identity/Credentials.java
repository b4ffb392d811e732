package hansa.federation.identity;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** What a request brought to prove who sent it. */
public sealed interface Credentials {

    int MAX_LENGTH = 16 * 1024;

    record None() implements Credentials {}

    record Bearer(String token) implements Credentials {
        @Override
        public String toString() {
            return "Bearer[hidden]";
        }
    }

    record Basic(String user, String password) implements Credentials {
        @Override
        public String toString() {
            return "Basic[user=" + user + ", password hidden]";
        }
    }

    /**
     * Reads the value of an {@code Authorization} header (RFC 7617, RFC 6750).
     *
     * @throws Failure {@code identity.invalid} when it is none that Hansa knows
     */
    static Credentials fromAuthorization(Optional<String> header) {
        return header.map(Credentials::parse).orElseGet(None::new);
    }

    /** Reads both headers; {@code X-Auth-Token}, which OpenStack's clients send, wins where both are there. */
    static Credentials fromHeaders(Optional<String> authorization, Optional<String> authToken) {
        return authToken
                .filter(token -> !token.isBlank())
                .<Credentials>map(token -> new Bearer(checked(token.strip())))
                .orElseGet(() -> fromAuthorization(authorization));
    }

    private static Credentials parse(String header) {
        String text = checked(header.strip());
        int space = text.indexOf(' ');
        String scheme = space < 0 ? text : text.substring(0, space);
        String rest = space < 0 ? "" : text.substring(space + 1).strip();
        if (scheme.equalsIgnoreCase("Bearer") && !rest.isEmpty()) {
            return new Bearer(rest);
        }
        if (scheme.equalsIgnoreCase("Basic") && !rest.isEmpty()) {
            return basic(rest);
        }
        throw unreadable();
    }

    private static Credentials basic(String encoded) {
        String pair;
        try {
            byte[] bytes = Base64.getDecoder().decode(encoded);
            pair = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw unreadable();
        }
        int colon = pair.indexOf(':');
        if (colon < 1) {
            throw unreadable();
        }
        return new Basic(pair.substring(0, colon), pair.substring(colon + 1));
    }

    private static String checked(String text) {
        if (text.length() > MAX_LENGTH) {
            throw unreadable();
        }
        return text;
    }

    private static Failure unreadable() {
        return new Failure(
                ErrorCode.IDENTITY_INVALID,
                "The Authorization header cannot be read; send 'Bearer TOKEN' or 'Basic' with user:password.");
    }
}
