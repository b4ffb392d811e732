package hansa.trust.tokens;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import hansa.trust.Rejected;
import hansa.trust.Rejected.Reason;
import java.io.IOException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The public keys that an issuer signs with now, as it published them (RFC 7517 §5). Immutable. */
final class KeyRing {

    static final KeyRing EMPTY = new KeyRing(List.of());

    private static final int MOST_KEYS = 64;
    private static final int MOST_TRIED = 4;
    private static final int LEAST_RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 8192;
    private static final Set<JWSAlgorithm> RSA = JWSAlgorithm.Family.RSA;

    private final List<Key> keys;

    private KeyRing(List<Key> keys) {
        this.keys = List.copyOf(keys);
    }

    /** Verifies one signature. */
    @FunctionalInterface
    private interface Check {
        boolean verify(Jws token) throws JOSEException;
    }

    private record Key(Optional<String> id, Set<String> algorithms, Check check) {

        boolean fits(Jws token) {
            return algorithms.contains(token.header().getAlgorithm().getName());
        }
    }

    /**
     * Takes the keys that sign and are strong enough; others do not disturb.
     *
     * @throws IOException if this is no JWK set
     */
    static KeyRing parse(byte[] json) throws IOException {
        try {
            if (!(Members.parse(json).all().get("keys") instanceof List<?> list)) {
                throw new IOException("this is no JWK set");
            }
            List<Key> keys = new ArrayList<>();
            for (Object entry : list) {
                if (keys.size() < MOST_KEYS && entry instanceof Map<?, ?> members) {
                    key(members).ifPresent(keys::add);
                }
            }
            return new KeyRing(keys);
        } catch (ParseException e) {
            throw new IOException("this is no JWK set", e);
        }
    }

    private static Optional<Key> key(Map<?, ?> members) {
        try {
            @SuppressWarnings("unchecked")
            JWK key = JWK.parse((Map<String, Object>) members);
            boolean signs = (key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
                    && (key.getKeyOperations() == null || key.getKeyOperations().contains(KeyOperation.VERIFY));
            return signs ? checked(key) : Optional.empty();
        } catch (ParseException | JOSEException | IllegalArgumentException unknownOrBroken) {
            // A set may hold kinds of keys that came into use after this was written.
            return Optional.empty();
        }
    }

    private static Optional<Key> checked(JWK key) throws JOSEException {
        return switch (key) {
            case RSAKey rsa
            when rsa.size() >= LEAST_RSA_BITS && rsa.size() <= MOST_RSA_BITS -> {
                RSASSAVerifier verifier = new RSASSAVerifier(rsa.toRSAPublicKey());
                yield Optional.of(made(
                        key,
                        RSA.stream().map(JWSAlgorithm::getName).toList(),
                        token -> verifier.verify(token.header(), token.signedBytes(), token.signature())));
            }
            case ECKey ec -> {
                ECDSAVerifier verifier = new ECDSAVerifier(ec.toECPublicKey());
                yield Optional.of(made(
                        key,
                        verifier.supportedJWSAlgorithms().stream()
                                .map(JWSAlgorithm::getName)
                                .toList(),
                        token -> verifier.verify(token.header(), token.signedBytes(), token.signature())));
            }
            case OctetKeyPair pair
            when pair.getCurve().equals(Curve.Ed25519) -> {
                Ed25519 verifier = Ed25519.ofPublic(pair.getDecodedX());
                yield Optional.of(made(
                        key,
                        List.of("EdDSA", "Ed25519"),
                        token -> verifier.verify(
                                token.signedBytes(), token.signature().decode())));
            }
            default -> Optional.empty();
        };
    }

    private static Key made(JWK key, List<String> possible, Check check) {
        Set<String> algorithms = key.getAlgorithm() == null
                ? Set.copyOf(possible)
                : possible.contains(key.getAlgorithm().getName())
                        ? Set.of(key.getAlgorithm().getName())
                        : Set.of();
        return new Key(Optional.ofNullable(key.getKeyID()), algorithms, check);
    }

    /** Whether there is a key that the token may have been signed with. */
    boolean knows(Jws token) {
        return !candidates(token).isEmpty();
    }

    /**
     * @throws Rejected {@code ALGORITHM} if none of the keys goes with the token, {@code SIGNATURE} if none of those that
     *     do has signed it
     */
    void verify(Jws token) throws Rejected {
        List<Key> candidates = candidates(token);
        if (candidates.isEmpty()) {
            throw new Rejected(Reason.ALGORITHM, "the issuer has published no key that goes with the token's header");
        }
        List<Key> fitting = candidates.stream().filter(key -> key.fits(token)).toList();
        if (fitting.isEmpty()) {
            throw new Rejected(Reason.ALGORITHM, "the key that the token names is for another algorithm");
        }
        try {
            for (Key key : fitting) {
                if (key.check().verify(token)) {
                    return;
                }
            }
        } catch (JOSEException e) {
            throw new Rejected(Reason.SIGNATURE, "the token's signature cannot be verified", e);
        }
        throw new Rejected(Reason.SIGNATURE, "the token's signature is wrong");
    }

    /** Those with the token's key id; where it names none, the few that its algorithm goes with. */
    private List<Key> candidates(Jws token) {
        String id = token.header().getKeyID();
        return id == null
                ? keys.stream().filter(key -> key.fits(token)).limit(MOST_TRIED).toList()
                : keys.stream()
                        .filter(key -> key.id().filter(id::equals).isPresent())
                        .limit(MOST_TRIED)
                        .toList();
    }
}
