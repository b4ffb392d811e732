package hansa.federation.identity;

import hansa.federation.caller.Scope;
import java.time.Duration;
import java.util.Optional;

/**
 * What a new token is to be.
 *
 * @param label what it is for, at most 255 printable characters
 * @param lifetime empty = until it is revoked, or as long as its owner's kind of credential allows
 * @param scope what it is good for; no more than the credential that asks for it
 * @param vo the one virtual organisation that it is bound to; empty = its user says it with each request
 * @param description in its owner's words, at most 1,024 printable characters; may be empty
 */
public record NewToken(
        String label, Optional<Duration> lifetime, Scope scope, Optional<String> vo, String description) {

    /** Without a description. */
    public NewToken(String label, Optional<Duration> lifetime, Scope scope, Optional<String> vo) {
        this(label, lifetime, scope, vo, "");
    }

    /** A token for everything. */
    public static NewToken of(String label, Optional<Duration> lifetime) {
        return new NewToken(label, lifetime, Scope.ALL, Optional.empty());
    }
}
