package hansa.federation.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.federation.audit.Audit;
import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.caller.Scope;
import hansa.federation.policy.Policy;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Store;
import hansa.kernel.store.StoreUrl;
import hansa.kernel.store.Stores;
import hansa.protocols.voms.Fqan;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens that stand for a sign-in. */
final class SessionTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Duration LONGEST = Duration.ofHours(4);
    private static final Caller ADA = new Caller(
            "ada",
            "https://idp.test",
            "Ada",
            List.of(Fqan.parse("/one"), Fqan.parse("/two")),
            Optional.empty(),
            Proof.OIDC,
            false,
            Scope.parse("machine.* token.*"),
            Optional.of(NOW.plusSeconds(600)),
            false);

    @TempDir
    Path folder;

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private Store store;
    private Identity identity;

    @BeforeEach
    void open() {
        store = Stores.open(StoreUrl.parse("sqlite:" + folder.resolve("i.db")), List.of(Identity.MIGRATIONS));
        identity = new Identity(
                store,
                new IdentitySettings(false, Duration.ofSeconds(30), 1000),
                new Policy(clock, Audit.NONE),
                Verifiers.NONE,
                Memberships.NONE,
                clock,
                new SimpleMeterRegistry());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static NewSession of(Optional<String> vo, Optional<String> shown) {
        return new NewSession(vo, LONGEST, shown);
    }

    private Caller identify(String token) {
        return identity.identify(new Presented(
                new Credentials.Bearer(token), List.of(), Optional.empty(), InetAddress.getLoopbackAddress()));
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable request) {
        assertThatThrownBy(request)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
    }

    @Test
    void aSessionIsGoodForNoMoreAndNoLongerThanWhatProvedTheCaller() {
        IssuedToken session = identity.tokens().session(ADA, of(Optional.of("two"), Optional.empty()));
        assertThat(session.expires()).contains(NOW.plusSeconds(600));
        Caller known = identify(session.secret());
        assertThat(known.id()).isEqualTo(ADA.id());
        assertThat(known.scope()).isEqualTo(ADA.scope());
        assertThat(known.vo()).contains("two");
        assertThat(known.until()).contains(NOW.plusSeconds(600));
        assertThat(known.isMember("one")).isTrue();
    }

    @Test
    void withoutAnEndOfTheProofItEndsByItself() {
        Caller local = Caller.local("grace", Proof.BASIC, false);
        assertThat(identity.tokens()
                        .session(local, of(Optional.empty(), Optional.empty()))
                        .expires())
                .contains(NOW.plus(LONGEST));
    }

    @Test
    void itIsForOrganisationsOfTheCallerAndTheCredentialOnly() {
        assertRefused(
                ErrorCode.POLICY_DENIED,
                () -> identity.tokens().session(ADA, of(Optional.of("three"), Optional.empty())));
        Caller bound = ADA.inNameOf(Optional.of("one"));
        assertRefused(
                ErrorCode.POLICY_DENIED,
                () -> identity.tokens().session(bound, of(Optional.of("two"), Optional.empty())));
        IssuedToken unstated = identity.tokens().session(bound, of(Optional.empty(), Optional.empty()));
        assertThat(identify(unstated.secret()).vo()).contains("one");
    }

    @Test
    void aCredentialThatMayMakeNoTokensMaySignIn() {
        Caller narrow = ADA.within(Scope.parse("machine.read"));
        assertThat(identify(identity.tokens()
                                .session(narrow, of(Optional.empty(), Optional.empty()))
                                .secret())
                        .scope())
                .isEqualTo(Scope.parse("machine.read"));
        assertRefused(
                ErrorCode.POLICY_DENIED,
                () -> identity.tokens()
                        .issue(narrow, new NewToken("t", Optional.empty(), narrow.scope(), Optional.empty())));
    }

    @Test
    void whatALastingTokenProvedEndsWithIt() {
        IssuedToken lasting =
                identity.tokens().issue(ADA, new NewToken("robot", Optional.empty(), ADA.scope(), Optional.empty()));
        IssuedToken first = identity.tokens()
                .session(identify(lasting.secret()), of(Optional.empty(), Optional.of(lasting.secret())));
        IssuedToken second = identity.tokens()
                .session(identify(first.secret()), of(Optional.of("one"), Optional.of(first.secret())));
        assertThat(identify(second.secret()).name()).isEqualTo("Ada");
        identity.tokens().revoke(ADA, lasting.id());
        assertRefused(ErrorCode.IDENTITY_INVALID, () -> identify(first.secret()));
        assertRefused(ErrorCode.IDENTITY_INVALID, () -> identify(second.secret()));
        assertRefused(ErrorCode.RESOURCE_NOT_FOUND, () -> identity.tokens().describe(second.secret()));
    }

    @Test
    void sessionsAreNeitherListedNorCountedAndTheOldestGoFirst() {
        String first = identity.tokens()
                .session(ADA, of(Optional.empty(), Optional.empty()))
                .secret();
        store.run(tx -> tx.sql().execute("update api_token set created = created - 1"));
        for (int i = 0; i < 1000; i++) {
            identity.tokens().session(ADA, of(Optional.empty(), Optional.empty()));
        }
        assertThat(identity.tokens().list(ADA)).isEmpty();
        assertThat(store.<Long>read(sql -> sql.createQuery("select count(*) from api_token")
                        .map((row, _) -> row.getLong(1))
                        .one()))
                .isEqualTo(1000);
        assertRefused(ErrorCode.IDENTITY_INVALID, () -> identify(first));
        assertThat(identity.tokens()
                        .issue(ADA, new NewToken("t", Optional.empty(), ADA.scope(), Optional.empty()))
                        .id())
                .isNotBlank();
    }

    @Test
    void whoeverHasATokenMayEndIt() {
        IssuedToken session = identity.tokens().session(ADA, of(Optional.empty(), Optional.empty()));
        assertThat(identify(session.secret()).name()).isEqualTo("Ada");
        assertRefused(ErrorCode.RESOURCE_NOT_FOUND, () -> identity.tokens().end(ApiTokens.join(session.id(), "guess")));
        identity.tokens().end(session.secret());
        assertRefused(ErrorCode.IDENTITY_INVALID, () -> identify(session.secret()));
    }
}
