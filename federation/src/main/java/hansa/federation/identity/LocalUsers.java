package hansa.federation.identity;

import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.policy.Action;
import hansa.federation.policy.Policy;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Store;
import hansa.policy.AccessRequest.Resource;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Those who sign in with a password of this installation. Thread-safe. */
public final class LocalUsers {

    /** The installation itself, which nobody signs in as by a password. */
    static final String OPERATOR = "operator";

    private static final int SHORTEST_PASSWORD = 8;
    private static final int LONGEST_PASSWORD = 1024;
    private static final Instant NEVER = Instant.ofEpochSecond(Integer.MAX_VALUE * 100L);

    private final Store store;
    private final Policy policy;
    private final int iterations;
    private final Clock clock;
    private final Remembered remembered;
    private final Guessing guessing;

    LocalUsers(Store store, Policy policy, int iterations, Clock clock, Remembered remembered, Guessing guessing) {
        this.store = store;
        this.policy = policy;
        this.iterations = iterations;
        this.clock = clock;
        this.remembered = remembered;
        this.guessing = guessing;
    }

    /** @throws Failure {@code identity.invalid}, {@code rate.limited} after too many wrong passwords */
    Caller signIn(String user, String password, InetAddress from) {
        ByteBuffer mark = remembered.mark("basic", user, password);
        Optional<Caller> known = remembered.find(mark);
        if (known.isPresent()) {
            return known.get();
        }
        String name = "user " + user;
        guessing.require(from, name);
        Optional<IdentityTable.UserRow> row = store.read(sql -> IdentityTable.user(sql, user));
        boolean right = password.length() <= LONGEST_PASSWORD
                && guessing.slowly(() -> {
                    if (row.isEmpty()) {
                        Passwords.pretend(password, iterations);
                        return false;
                    }
                    return Passwords.matches(password, row.get().verifier());
                });
        if (!right || row.isEmpty()) {
            guessing.wrong(from, name);
            throw new Failure(ErrorCode.IDENTITY_INVALID, "User or password is wrong.");
        }
        guessing.right(from, name);
        Caller caller = Caller.local(user, Proof.BASIC, row.get().user().operator());
        remembered.put(mark, caller, name, NEVER);
        return caller;
    }

    public List<User> list(Caller caller) {
        policy.require(caller, Action.USER_LIST, Resource.any("user"));
        return store.read(IdentityTable::users);
    }

    /**
     * Makes a user.
     *
     * @param name see {@link User#name()}
     * @param password 8 to 1,024 characters
     * @throws Failure {@code resource.exists}, {@code attribute.invalid}, {@code policy.denied}
     */
    public User create(Caller caller, String name, String password, boolean operator) {
        policy.require(caller, Action.USER_CREATE, about(name, operator));
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
        String verifier = Passwords.hash(password, iterations);
        User user = new User(name, operator, clock.instant());
        store.run(tx -> {
            if (!IdentityTable.insertUser(tx.sql(), user, verifier)) {
                throw new Failure(
                        ErrorCode.RESOURCE_EXISTS, "There is a user '" + name + "' already; choose another name.");
            }
        });
        return user;
    }

    private static Resource about(String name, boolean operator) {
        return new Resource(
                "user", name, Optional.empty(), Optional.empty(), Map.of("operator", Boolean.toString(operator)));
    }

    /** A user as they are now, or the operator that needs no user. */
    Optional<Caller> lastKnown(String name) {
        if (name.equals(OPERATOR)) {
            return Optional.of(Caller.local(OPERATOR, Proof.INTERNAL, true));
        }
        return store.read(sql -> IdentityTable.user(sql, name))
                .map(row -> Caller.local(name, Proof.INTERNAL, row.user().operator()));
    }

    /**
     * Deletes a user and revokes the tokens; what the user owns stays.
     *
     * @throws Failure {@code resource.not-found}, {@code policy.denied}
     */
    public void delete(Caller caller, String name) {
        boolean operator = store.read(sql -> IdentityTable.user(sql, name))
                .map(row -> row.user().operator())
                .orElse(false);
        policy.require(caller, Action.USER_DELETE, about(name, operator));
        List<String> tokens = store.write(tx -> {
            List<String> theirs = IdentityTable.tokenIds(tx.sql(), name);
            if (!IdentityTable.deleteUser(tx.sql(), name)) {
                throw new Failure(ErrorCode.RESOURCE_NOT_FOUND, "There is no user '" + name + "'.");
            }
            return theirs;
        });
        remembered.forget("user " + name);
        tokens.forEach(id -> remembered.forget("token " + id));
    }

    private static Failure invalid(String text) {
        return new Failure(ErrorCode.ATTRIBUTE_INVALID, text);
    }
}
