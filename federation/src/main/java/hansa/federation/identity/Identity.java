package hansa.federation.identity;

import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Knows the callers: users with passwords, and API tokens. Thread-safe.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Identity {

    /** @throws Failure {@code identity.required} without credentials, {@code identity.invalid} with wrong ones, {@code rate.limited} after too many wrong ones */
    public Caller authenticate(Credentials credentials) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** Everybody who signs in with a password; for operators. */
    public List<User> users(Caller caller) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** For operators. @throws Failure {@code resource.exists} */
    public User createUser(Caller caller, String name, String password, boolean operator) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** Deletes a user and revokes the tokens; for operators. */
    public void deleteUser(Caller caller, String name) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** A token that acts as the caller. */
    public IssuedToken issueToken(Caller caller, String label, Optional<Duration> lifetime) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** The caller's own tokens; everybody's for operators. */
    public List<TokenEntry> tokens(Caller caller) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** Ends a token, one's own or as an operator anybody's. */
    public void revokeToken(Caller caller, String id) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }

    /** Makes sure that the file holds a valid token of an operator, readable by its owner only. */
    public void ensureAdminToken(Path file) {
        throw new Failure(ErrorCode.INTERNAL, "Not served yet.");
    }
}
