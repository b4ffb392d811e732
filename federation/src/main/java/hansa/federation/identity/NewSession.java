package hansa.federation.identity;

import hansa.federation.caller.Scope;
import java.time.Duration;
import java.util.Optional;

/**
 * What a token that stands for a sign-in is to be.
 *
 * @param vo the virtual organisation that it is bound to; empty = that of the credential, or its user says it with each
 *     request
 * @param scope what it is good for; empty = what the credential is good for
 * @param longest how long it lives at most
 * @param shown the token that proved the caller, where it was one of this installation: when that is revoked, so is this
 */
public record NewSession(Optional<String> vo, Optional<Scope> scope, Duration longest, Optional<String> shown) {

    /** Good for what the credential is good for. */
    public NewSession(Optional<String> vo, Duration longest, Optional<String> shown) {
        this(vo, Optional.empty(), longest, shown);
    }

    public NewSession {
        if (!longest.isPositive()) {
            throw new IllegalArgumentException("A session lives longer than nothing");
        }
    }

    @Override
    public String toString() {
        return "NewSession[vo=" + vo + ", scope=" + scope + ", longest=" + longest + ", shown hidden]";
    }
}
