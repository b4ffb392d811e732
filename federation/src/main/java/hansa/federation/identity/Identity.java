package hansa.federation.identity;

import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Knows the callers: users with passwords, and API tokens. Thread-safe. */
public final class Identity {

    /** Where the migrations of this capability are on the class path. */
    public static final String MIGRATIONS = "db/migration/federation/identity";

    private static final String OPERATOR = "operator";
    private static final int SHORTEST_PASSWORD = 8;
    private static final int LONGEST_PASSWORD = 1024;
    private static final int LONGEST_LABEL = 255;
    private static final int TOKENS_PER_CALLER = 100;
    private static final Instant NEVER = Instant.ofEpochSecond(Integer.MAX_VALUE * 100L);

    private final Store store;
    private final IdentitySettings settings;
    private final Clock clock;
    private final Remembered remembered;
    private final Guessing guessing;

    public Identity(Store store, IdentitySettings settings, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
        this.remembered = new Remembered(settings.remember(), clock);
        this.guessing = new Guessing(clock);
    }

    /**
     * Who sent it.
     *
     * @throws Failure {@code identity.required} without credentials, {@code identity.invalid} with wrong ones,
     *     {@code rate.limited} after too many wrong ones
     */
    public Caller authenticate(Credentials credentials) {
        if (settings.open()) {
            return Caller.local(OPERATOR, Proof.OPEN, true);
        }
        return switch (credentials) {
            case Credentials.None _ ->
                throw new Failure(
                        ErrorCode.IDENTITY_REQUIRED,
                        "Credentials are required; send a token as 'Authorization: Bearer TOKEN', or user and password.");
            case Credentials.Bearer(String token) -> bearer(token);
            case Credentials.Basic(String user, String password) -> basic(user, password);
        };
    }

    private Caller bearer(String token) {
        ByteBuffer mark = remembered.mark("bearer", token, "");
        Optional<Caller> known = remembered.find(mark);
        if (known.isPresent()) {
            return known.get();
        }
        Instant now = clock.instant();
        IdentityTable.TokenRow row = Secrets.parse(token)
                .flatMap(secrets -> store.read(sql -> IdentityTable.token(sql, secrets.id()))
                        .filter(found -> secrets.matches(found.verifier())))
                .filter(found -> found.entry().expires().map(now::isBefore).orElse(true))
                .orElseThrow(() -> new Failure(
                        ErrorCode.IDENTITY_INVALID,
                        "The token is wrong, has expired or was revoked; ask for a new one."));
        Caller caller =
                Caller.local(row.entry().subject(), Proof.TOKEN, row.entry().operator());
        remembered.put(
                mark, caller, "token " + row.entry().id(), row.entry().expires().orElse(NEVER));
        return caller;
    }

    private Caller basic(String user, String password) {
        ByteBuffer mark = remembered.mark("basic", user, password);
        Optional<Caller> known = remembered.find(mark);
        if (known.isPresent()) {
            return known.get();
        }
        guessing.require(user);
        Optional<IdentityTable.UserRow> row = store.read(sql -> IdentityTable.user(sql, user));
        boolean right = password.length() <= LONGEST_PASSWORD
                && guessing.slowly(() -> {
                    if (row.isEmpty()) {
                        Passwords.pretend(password, settings.iterations());
                        return false;
                    }
                    return Passwords.matches(password, row.get().verifier());
                });
        if (!right || row.isEmpty()) {
            guessing.wrong(user);
            throw new Failure(ErrorCode.IDENTITY_INVALID, "User or password is wrong.");
        }
        guessing.right(user);
        Caller caller = Caller.local(user, Proof.BASIC, row.get().user().operator());
        remembered.put(mark, caller, "user " + user, NEVER);
        return caller;
    }

    /** Everybody who signs in with a password; for operators. */
    public List<User> users(Caller caller) {
        requireOperator(caller);
        return store.read(IdentityTable::users);
    }

    /**
     * Makes a user; for operators.
     *
     * @param name see {@link User#name()}
     * @param password 8 to 1,024 characters
     * @throws Failure {@code resource.exists}, {@code attribute.invalid}
     */
    public User createUser(Caller caller, String name, String password, boolean operator) {
        requireOperator(caller);
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")) {
            throw invalid(
                    "A user's name has 1 to 64 letters, digits, '.', '_', '-' and '@', and starts with a letter or digit.");
        }
        if (name.equals(OPERATOR)) {
            throw invalid("The name 'operator' belongs to the installation itself; choose another.");
        }
        if (password.length() < SHORTEST_PASSWORD || password.length() > LONGEST_PASSWORD) {
            throw invalid("A password has " + SHORTEST_PASSWORD + " to " + LONGEST_PASSWORD + " characters.");
        }
        String verifier = Passwords.hash(password, settings.iterations());
        User user = new User(name, operator, clock.instant());
        store.run(tx -> {
            if (!IdentityTable.insertUser(tx.sql(), user, verifier)) {
                throw new Failure(
                        ErrorCode.RESOURCE_EXISTS, "There is a user '" + name + "' already; choose another name.");
            }
        });
        return user;
    }

    /** Deletes a user and revokes the tokens; what the user owns stays. For operators. */
    public void deleteUser(Caller caller, String name) {
        requireOperator(caller);
        List<TokenEntry> tokens = store.write(tx -> {
            List<TokenEntry> theirs = IdentityTable.tokens(tx.sql(), Caller.local(name, Proof.INTERNAL, false));
            if (!IdentityTable.deleteUser(tx.sql(), name)) {
                throw new Failure(ErrorCode.RESOURCE_NOT_FOUND, "There is no user '" + name + "'.");
            }
            return theirs;
        });
        remembered.forget("user " + name);
        tokens.forEach(token -> remembered.forget("token " + token.id()));
    }

    /**
     * A token that acts as the caller.
     *
     * @param label what it is for, at most 255 characters
     * @param lifetime empty = until it is revoked
     * @throws Failure {@code quota.exceeded} beyond a hundred tokens
     */
    public IssuedToken issueToken(Caller caller, String label, Optional<Duration> lifetime) {
        if (label.length() > LONGEST_LABEL || label.chars().anyMatch(Character::isISOControl)) {
            throw invalid("A token's label has at most " + LONGEST_LABEL + " printable characters.");
        }
        if (lifetime.isPresent() && !lifetime.get().isPositive()) {
            throw invalid("A token lives longer than nothing.");
        }
        Secrets secrets = Secrets.fresh();
        Instant now = clock.instant();
        TokenEntry entry =
                new TokenEntry(secrets.id(), caller.subject(), label, caller.operator(), now, lifetime.map(now::plus));
        store.run(tx -> {
            IdentityTable.deleteExpired(tx.sql(), now);
            if (IdentityTable.tokenCount(tx.sql(), caller.subject()) >= TOKENS_PER_CALLER) {
                throw new Failure(
                        ErrorCode.QUOTA_EXCEEDED,
                        "You have " + TOKENS_PER_CALLER + " tokens, which is the limit; revoke one first.");
            }
            IdentityTable.insertToken(tx.sql(), entry, secrets.verifier());
        });
        return new IssuedToken(secrets.id(), secrets.token());
    }

    /** The caller's own tokens; everybody's for operators. */
    public List<TokenEntry> tokens(Caller caller) {
        return store.read(sql -> IdentityTable.tokens(sql, caller));
    }

    /** Ends a token, one's own or as an operator anybody's. @throws Failure {@code resource.not-found} */
    public void revokeToken(Caller caller, String id) {
        store.run(tx -> {
            boolean theirs = IdentityTable.token(tx.sql(), id)
                    .filter(row -> caller.operator() || row.entry().subject().equals(caller.subject()))
                    .isPresent();
            if (!theirs) {
                throw new Failure(ErrorCode.RESOURCE_NOT_FOUND, "There is no token '" + id + "', or it is not yours.");
            }
            IdentityTable.deleteToken(tx.sql(), id);
        });
        remembered.forget("token " + id);
    }

    /**
     * Makes sure that the file holds a valid token of an operator, readable by its owner only.
     *
     * @throws UncheckedIOException when the file cannot be read or written
     */
    public void ensureAdminToken(Path file) {
        try {
            Optional<Secrets> there = AdminTokenFile.read(file).flatMap(Secrets::parse);
            boolean valid = there.flatMap(secrets -> store.read(sql -> IdentityTable.token(sql, secrets.id()))
                            .filter(row -> secrets.matches(row.verifier())
                                    && row.entry().operator()))
                    .isPresent();
            if (valid) {
                AdminTokenFile.protect(file);
                return;
            }
            Secrets secrets = Secrets.fresh();
            TokenEntry entry = new TokenEntry(
                    secrets.id(), OPERATOR, "admin token of this node", true, clock.instant(), Optional.empty());
            store.run(tx -> IdentityTable.insertToken(tx.sql(), entry, secrets.verifier()));
            AdminTokenFile.write(file, secrets.token());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireOperator(Caller caller) {
        if (!caller.operator()) {
            throw new Failure(ErrorCode.POLICY_DENIED, "Users are looked after by operators only.");
        }
    }

    private static Failure invalid(String text) {
        return new Failure(ErrorCode.ATTRIBUTE_INVALID, text);
    }
}
