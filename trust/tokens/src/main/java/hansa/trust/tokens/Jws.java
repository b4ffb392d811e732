package hansa.trust.tokens;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import hansa.trust.Rejected;
import hansa.trust.Rejected.Reason;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A signed JWT in its compact form (RFC 7515 §7.1), read but not verified: what its claims say counts only after
 * {@link KeyRing#verify}.
 *
 * @param signed what the signature is over, in ASCII (RFC 7515 §5.1)
 * @param type the header {@code typ} in lower case, without {@code application/}
 */
record Jws(JWSHeader header, Optional<String> type, Members claims, String signed, Base64URL signature) {

    static final int MAX_LENGTH = 16 * 1024;

    /** Base64 of an opening brace and a quote, with which every JOSE header begins that is written without spaces. */
    private static final String BEGINNING = "eyJ";

    /** What would let a token bring its own key, or point to it (RFC 7515 §4.1.2 to §4.1.6). */
    private static final Set<String> OWN_KEYS = Set.of("jku", "jwk", "x5u", "x5c");

    private static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519");

    byte[] signedBytes() {
        return signed.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether the text claims to be a JWT; what is no JWT is a text that only its issuer understands. */
    static boolean isMeant(String token) {
        return token.startsWith(BEGINNING)
                || token.chars().filter(c -> c == '.').count() == 2;
    }

    /** @throws Rejected if it is none, or if its header asks for what is refused on principle */
    static Jws parse(String token) throws Rejected {
        if (token.length() > MAX_LENGTH) {
            throw new Rejected(Reason.MALFORMED, "the token is longer than " + MAX_LENGTH + " characters");
        }
        String[] parts = token.split("\\.", -1);
        if (parts.length == 5) {
            throw new Rejected(Reason.FORM, "the token is encrypted, which is not taken");
        }
        if (parts.length != 3 || parts[1].isEmpty()) {
            throw new Rejected(Reason.MALFORMED, "the token is no complete JWT");
        }
        try {
            Members header = Members.parse(decoded(parts[0]));
            checkHeader(header);
            if (parts[2].isEmpty()) {
                throw new Rejected(Reason.SIGNATURE, "the token has no signature");
            }
            Optional<String> type = header.text("typ")
                    .map(text -> text.toLowerCase(Locale.ROOT))
                    .map(text -> text.startsWith("application/") ? text.substring("application/".length()) : text);
            return new Jws(
                    JWSHeader.parse(Base64URL.from(parts[0])),
                    type,
                    Members.parse(decoded(parts[1])),
                    token.substring(0, token.lastIndexOf('.')),
                    Base64URL.from(parts[2]));
        } catch (ParseException | IllegalArgumentException e) {
            throw new Rejected(Reason.MALFORMED, "the token is no JWT", e);
        }
    }

    private static String decoded(String part) {
        return new String(java.util.Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
    }

    private static void checkHeader(Members header) throws Rejected {
        String algorithm = header.required("alg");
        if (!ALGORITHMS.contains(algorithm)) {
            throw new Rejected(Reason.ALGORITHM, "the token's algorithm is none with a public key");
        }
        for (String name : OWN_KEYS) {
            if (header.all().containsKey(name)) {
                throw new Rejected(Reason.FORM, "the token brings or names its own key in '" + name + "'");
            }
        }
        if (header.all().containsKey("crit") || header.all().containsKey("b64")) {
            throw new Rejected(Reason.FORM, "the token's header has extensions that are not known here");
        }
    }
}
