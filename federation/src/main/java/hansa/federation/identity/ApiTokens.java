package hansa.federation.identity;

import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.caller.Scope;
import hansa.federation.policy.Action;
import hansa.federation.policy.Policy;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Store;
import hansa.policy.AccessRequest.Resource;
import hansa.protocols.voms.Fqan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tokens of this installation: scoped, expiring where that is wanted, revocable, shown once and stored hashed.
 * Thread-safe.
 */
public final class ApiTokens {

    private static final int LONGEST_LABEL = 255;
    private static final int LONGEST_DESCRIPTION = 1_024;
    private static final int TOKENS_PER_CALLER = 100;
    private static final int SESSIONS_PER_CALLER = 1000;
    private static final Instant NEVER = Instant.ofEpochSecond(Integer.MAX_VALUE * 100L);

    /** Groups and roles that a credential brought may be taken back where nobody tells us, so they are not kept for ever. */
    private static final Duration LONGEST_FOREIGN = Duration.ofDays(30);

    /** An assertion is good for minutes; a token for it saves asking for one with every request, and no more. */
    private static final Duration LONGEST_ASSERTED = Duration.ofHours(1);

    private final Store store;
    private final Policy policy;
    private final Memberships memberships;
    private final Clock clock;
    private final Remembered remembered;
    private final Guessing guessing;

    ApiTokens(
            Store store,
            Policy policy,
            Memberships memberships,
            Clock clock,
            Remembered remembered,
            Guessing guessing) {
        this.store = store;
        this.policy = policy;
        this.memberships = memberships;
        this.clock = clock;
        this.remembered = remembered;
        this.guessing = guessing;
    }

    /** Empty if the text has not the form of such a token. @throws Failure {@code identity.invalid} */
    Optional<Caller> verify(String token, InetAddress from) {
        Optional<Secrets> read = Secrets.parse(token);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        ByteBuffer mark = remembered.mark("token", token, "");
        Optional<Caller> before = remembered.find(mark);
        if (before.isPresent()) {
            return before;
        }
        Secrets secrets = read.get();
        String name = "token " + secrets.id();
        guessing.require(from, name);
        Optional<TokenEntry> found = store.read(sql -> IdentityTable.token(sql, secrets.id()))
                .filter(row -> secrets.matches(row.verifier()))
                .map(IdentityTable.TokenRow::entry);
        if (found.isEmpty()) {
            guessing.wrong(from, name);
        }
        Instant now = clock.instant();
        TokenEntry entry = found.filter(
                        known -> known.expires().map(now::isBefore).orElse(true))
                .orElseThrow(() -> new Failure(
                        ErrorCode.IDENTITY_INVALID,
                        "The token is wrong, has expired or was revoked; ask for a new one."));
        guessing.right(from, name);
        Caller caller = entry.caller();
        remembered.put(mark, caller, "token " + entry.id(), entry.expires().orElse(NEVER));
        return Optional.of(caller);
    }

    /**
     * A token that acts as the caller.
     *
     * @throws Failure {@code quota.exceeded} beyond a hundred tokens, {@code attribute.invalid},
     *     {@code policy.denied} where it would be good for more than the caller's own credential
     */
    public IssuedToken issue(Caller caller, NewToken wanted) {
        check(wanted);
        policy.require(caller, Action.TOKEN_CREATE, Resource.any("token"));
        requireNotWider(caller, wanted);
        Secrets secrets = Secrets.fresh();
        Instant now = clock.instant();
        Optional<Instant> expires = expiry(caller, wanted, now);
        TokenEntry entry = entry(secrets.id(), withoutMemberships(caller), boundLike(caller, wanted), now, expires);
        store.run(tx -> {
            IdentityTable.deleteExpired(tx.sql(), now);
            if (IdentityTable.tokenCount(tx.sql(), caller.id()) >= TOKENS_PER_CALLER) {
                throw new Failure(
                        ErrorCode.QUOTA_EXCEEDED,
                        "You have " + TOKENS_PER_CALLER + " tokens, which is the limit; revoke one first.");
            }
            IdentityTable.insertToken(tx.sql(), entry, secrets.verifier());
        });
        return new IssuedToken(secrets.id(), secrets.token(), expires);
    }

    /**
     * A token for a while, for clients that sign in first and then show what they got: never good for more, or for longer,
     * than the credential that proved the caller, and gone when the lasting token behind it is revoked. It is not listed;
     * beyond a thousand the caller's oldest ends.
     *
     * @param caller as {@link Identity#identify} found them
     * @throws Failure {@code policy.denied} for a virtual organisation that is not the caller's or the credential's, or
     *     a scope that is wider than the credential's
     */
    public IssuedToken session(Caller caller, NewSession wanted) {
        Optional<String> vo = wanted.vo().or(caller::vo);
        if (caller.vo().isPresent() && !vo.equals(caller.vo())) {
            throw denied("The credential was issued for " + caller.vo().get() + " and is not good for "
                    + vo.orElseThrow() + " (token.create, rule 'bound').");
        }
        NewToken token = boundLike(
                caller,
                new NewToken(
                        "session", Optional.of(wanted.longest()), wanted.scope().orElse(caller.scope()), vo));
        requireNotWider(caller, token);
        Instant now = clock.instant();
        Instant latest = now.plus(wanted.longest());
        Instant expires = caller.until().filter(latest::isAfter).orElse(latest);
        Secrets secrets = Secrets.fresh();
        TokenEntry entry = entry(secrets.id(), withoutMemberships(caller), token, now, Optional.of(expires));
        Optional<String> shown = wanted.shown().flatMap(Secrets::parse).map(Secrets::id);
        store.run(tx -> {
            IdentityTable.deleteExpired(tx.sql(), now);
            IdentityTable.deleteSessionsBeyond(tx.sql(), caller.id(), SESSIONS_PER_CALLER - 1);
            IdentityTable.insertSession(tx.sql(), entry, secrets.verifier(), shown);
        });
        return new IssuedToken(secrets.id(), secrets.token(), Optional.of(expires));
    }

    /**
     * What a token of this installation is, to whom has it.
     *
     * @throws Failure {@code resource.not-found} if it is none, has expired or was revoked
     */
    public TokenEntry describe(String token) {
        Instant now = clock.instant();
        return Secrets.parse(token)
                .flatMap(secrets -> store.read(sql -> IdentityTable.token(sql, secrets.id()))
                        .filter(found -> secrets.matches(found.verifier())))
                .map(IdentityTable.TokenRow::entry)
                .filter(entry -> entry.expires().map(now::isBefore).orElse(true))
                .orElseThrow(() -> new Failure(
                        ErrorCode.RESOURCE_NOT_FOUND, "The token is none of this installation, or has ended."));
    }

    /** The secret form of a token from its two parts, for protocols that keep them apart. */
    public static String join(String id, String secret) {
        return new Secrets(id, secret).token();
    }

    /** Ends a token for whom has it. @throws Failure {@code resource.not-found} */
    public void end(String token) {
        String id = describe(token).id();
        forget(store.write(tx -> IdentityTable.deleteToken(tx.sql(), id)));
    }

    private void forget(List<String> ended) {
        ended.forEach(id -> remembered.forget("token " + id));
    }

    private static void check(NewToken wanted) {
        if (wanted.label().length() > LONGEST_LABEL || wanted.label().chars().anyMatch(Character::isISOControl)) {
            throw invalid("A token's label has at most " + LONGEST_LABEL + " printable characters.");
        }
        if (wanted.description().length() > LONGEST_DESCRIPTION
                || wanted.description().chars().anyMatch(Character::isISOControl)) {
            throw invalid("A token's description has at most " + LONGEST_DESCRIPTION + " printable characters.");
        }
        if (wanted.lifetime().isPresent() && !wanted.lifetime().get().isPositive()) {
            throw invalid("A token lives longer than nothing.");
        }
    }

    private static void requireNotWider(Caller caller, NewToken wanted) {
        if (!caller.scope().covers(wanted.scope())) {
            throw denied("A token cannot be good for more than the credential that asks for it, which is good for "
                    + caller.scope() + " (token.create, rule 'scope').");
        }
        if (caller.bound() && wanted.vo().isPresent() && !wanted.vo().equals(caller.vo())) {
            throw denied("The credential that asks for it was issued for "
                    + caller.vo().orElse("no virtual organisation") + " and is not good for "
                    + wanted.vo().get() + " (token.create, rule 'bound').");
        }
        if (wanted.vo().isPresent()
                && !caller.operator()
                && !caller.isMember(wanted.vo().get())) {
            throw denied("A token for " + wanted.vo().get()
                    + " is for its members (token.create, rule 'member'); you are none.");
        }
    }

    /** What the federation itself says of the caller is asked again with each request, and may be gone by then. */
    private Caller withoutMemberships(Caller caller) {
        List<Fqan> ours = memberships.of(caller.id());
        return caller.withFqans(
                caller.fqans().stream().filter(fqan -> !ours.contains(fqan)).toList());
    }

    /** What was given for one virtual organisation stays good for that one alone. */
    private static NewToken boundLike(Caller caller, NewToken wanted) {
        return caller.bound() && wanted.vo().isEmpty()
                ? new NewToken(wanted.label(), wanted.lifetime(), wanted.scope(), caller.vo(), wanted.description())
                : wanted;
    }

    private static Optional<Instant> expiry(Caller caller, NewToken wanted, Instant now) {
        Optional<Duration> lifetime = caller.issuer().equals(Caller.LOCAL)
                ? wanted.lifetime()
                : Optional.of(longest(caller))
                        .map(most -> wanted.lifetime()
                                .filter(asked -> asked.compareTo(most) < 0)
                                .orElse(most));
        Optional<Instant> expires = lifetime.map(now::plus);
        // Else a token that was given for an hour would be as good as one for ever.
        return caller.proof() == Proof.TOKEN && caller.until().isPresent()
                ? expires.filter(caller.until().get()::isAfter).or(caller::until)
                : expires;
    }

    private static Duration longest(Caller caller) {
        return caller.proof() == Proof.ASSERTION ? LONGEST_ASSERTED : LONGEST_FOREIGN;
    }

    private static TokenEntry entry(String id, Caller caller, NewToken wanted, Instant now, Optional<Instant> expires) {
        return new TokenEntry(
                id,
                caller.id(),
                caller.subject(),
                caller.issuer(),
                caller.name(),
                caller.fqans(),
                wanted.vo(),
                wanted.scope(),
                wanted.label(),
                wanted.description(),
                caller.operator(),
                now,
                expires);
    }

    /** The caller's own tokens; everybody's for operators. */
    public List<TokenEntry> list(Caller caller) {
        policy.require(caller, Action.TOKEN_LIST, Resource.any("token"));
        return store.read(
                sql -> caller.operator() ? IdentityTable.tokens(sql) : IdentityTable.tokensOf(sql, caller.id()));
    }

    /** Ends a token, one's own or as an operator anybody's. @throws Failure {@code resource.not-found} */
    public void revoke(Caller caller, String id) {
        forget(store.write(tx -> {
            Optional<TokenEntry> entry = IdentityTable.token(tx.sql(), id).map(IdentityTable.TokenRow::entry);
            if (entry.isEmpty() || !policy.permits(caller, Action.TOKEN_DELETE, resource(entry.get()))) {
                throw new Failure(ErrorCode.RESOURCE_NOT_FOUND, "There is no token '" + id + "', or it is not yours.");
            }
            return IdentityTable.deleteToken(tx.sql(), id);
        }));
    }

    private static Resource resource(TokenEntry entry) {
        return new Resource("token", entry.id(), Optional.of(entry.owner()), Optional.empty(), Map.of());
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
            Caller operator = Caller.local(LocalUsers.OPERATOR, Proof.INTERNAL, true);
            TokenEntry entry = entry(
                    secrets.id(),
                    operator,
                    new NewToken("admin token of this node", Optional.empty(), Scope.ALL, Optional.empty()),
                    clock.instant(),
                    Optional.empty());
            store.run(tx -> IdentityTable.insertToken(tx.sql(), entry, secrets.verifier()));
            AdminTokenFile.write(file, secrets.token());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Failure invalid(String text) {
        return new Failure(ErrorCode.ATTRIBUTE_INVALID, text);
    }

    private static Failure denied(String text) {
        return new Failure(ErrorCode.POLICY_DENIED, text);
    }
}
