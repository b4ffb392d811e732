package hansa.federation.identity;

import java.time.Instant;
import java.util.Optional;

/**
 * A new API token.
 *
 * @param id names the token when it is listed or revoked
 * @param secret what the caller sends; shown this once and not kept
 * @param expires may be sooner than was asked for
 */
public record IssuedToken(String id, String secret, Optional<Instant> expires) {
    @Override
    public String toString() {
        return "IssuedToken[id=" + id + ", secret hidden]";
    }
}
