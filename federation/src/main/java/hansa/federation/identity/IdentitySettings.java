package hansa.federation.identity;

import java.time.Duration;

/**
 * How callers are known.
 *
 * @param open every caller is the local operator, whatever they bring
 * @param remember how long verified credentials are not verified again; a revocation on another node takes effect
 *     within this time
 */
public record IdentitySettings(boolean open, Duration remember) {

    public static final IdentitySettings CLOSED = new IdentitySettings(false, Duration.ofSeconds(30));
    public static final IdentitySettings OPEN = new IdentitySettings(true, Duration.ofSeconds(30));
}
