package hansa.trust.tokens;

import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import hansa.protocols.voms.Fqan;
import hansa.trust.AssertionSigner;
import hansa.trust.PublicKeys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Signs assertions as JWTs with EdDSA: {@code iss} this site, {@code aud} the one that it is for, {@code sub} and
 * {@code sub_iss} the user and who vouches for the user, {@code vo} and {@code fqans} in whose name, good for five
 * minutes and for one use. Thread-safe.
 */
public final class Assertions implements AssertionSigner {

    /** The header {@code typ}: nothing else that this key may ever sign is taken for an assertion. */
    static final String TYPE = "hansa-assertion+jwt";

    private static final Duration LIFETIME = Duration.ofMinutes(5);

    private final String site;
    private final Set<String> audiences;
    private final SigningKeys keys;
    private final Clock clock;

    /**
     * @param site this site's address, which partners know it by
     * @param audiences the sites that assertions are signed for
     * @param folder for the private keys, readable by nobody else
     * @throws java.io.UncheckedIOException if keys can neither be read nor made there
     */
    public Assertions(String site, Set<String> audiences, Path folder, PublicKeys shown, Clock clock) {
        this.site = site;
        this.audiences = Set.copyOf(audiences);
        this.keys = new SigningKeys(folder, shown, clock);
        this.clock = clock;
    }

    @Override
    public Set<String> audiences() {
        return audiences;
    }

    @Override
    public Signed sign(Statement statement) {
        if (!audiences.contains(statement.audience())) {
            throw new IllegalArgumentException("Assertions are signed for partners only");
        }
        OctetKeyPair key = keys.current();
        Instant now = clock.instant();
        Instant expires = now.plus(LIFETIME);
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", "EdDSA");
        header.put("kid", key.getKeyID());
        header.put("typ", TYPE);
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", site);
        claims.put("aud", statement.audience());
        claims.put("sub", statement.subject());
        claims.put("sub_iss", statement.issuer().orElse(site));
        claims.put("name", statement.name());
        statement.vo().ifPresent(vo -> claims.put("vo", vo));
        claims.put("fqans", statement.fqans().stream().map(Fqan::toString).toList());
        claims.put("iat", now.getEpochSecond());
        claims.put("exp", expires.getEpochSecond());
        claims.put("jti", UUID.randomUUID().toString());
        String signed = encoded(header) + "." + encoded(claims);
        byte[] signature = Ed25519.sign(key.getDecodedD(), signed.getBytes(StandardCharsets.US_ASCII));
        return new Signed(signed + "." + Base64URL.encode(signature), Instant.ofEpochSecond(expires.getEpochSecond()));
    }

    private static String encoded(Map<String, Object> members) {
        return Base64URL.encode(JSONObjectUtils.toJSONString(members)).toString();
    }

    @Override
    public String publicKeys() {
        return keys.published();
    }
}
