package hansa.federation.identity;

import java.time.Duration;

/**
 * How callers are known.
 *
 * @param open every caller is the local operator, whatever they bring
 * @param remember how long verified credentials are not verified again; a revocation on another node takes effect
 *     within this time
 * @param iterations of PBKDF2 for new passwords, 1,000 or more; what was hashed with another number stays valid
 * @param guesses how many wrong credentials are looked at
 */
public record IdentitySettings(boolean open, Duration remember, int iterations, GuessLimits guesses) {

    private static final int ITERATIONS = 600_000;

    public static final IdentitySettings CLOSED = new IdentitySettings(false, Duration.ofSeconds(30), ITERATIONS);
    public static final IdentitySettings OPEN = new IdentitySettings(true, Duration.ofSeconds(30), ITERATIONS);

    public IdentitySettings(boolean open, Duration remember, int iterations) {
        this(open, remember, iterations, GuessLimits.DEFAULT);
    }

    public IdentitySettings {
        if (iterations < 1000) {
            throw new IllegalArgumentException("passwords are hashed with 1000 iterations or more, not " + iterations);
        }
    }

    public IdentitySettings withGuesses(GuessLimits limits) {
        return new IdentitySettings(open, remember, iterations, limits);
    }
}
