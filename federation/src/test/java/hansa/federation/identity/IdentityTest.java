package hansa.federation.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import hansa.federation.audit.Audit;
import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.policy.Policy;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Store;
import hansa.kernel.store.StoreUrl;
import hansa.kernel.store.Stores;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityTest {

    private static final Caller ROOT = Caller.local("root", Proof.TOKEN, true);
    private static final String PASSWORD = "correct horse";

    @TempDir
    Path folder;

    private final SteppedClock clock = new SteppedClock();
    private Store store;
    private Identity identity;

    @BeforeEach
    void open() {
        store = Stores.open(StoreUrl.parse("sqlite:" + folder.resolve("i.db")), List.of(Identity.MIGRATIONS));
        identity = identity(new IdentitySettings(false, Duration.ofSeconds(30), 1000));
    }

    private Identity identity(IdentitySettings settings) {
        return new Identity(
                store,
                settings,
                new Policy(clock, Audit.NONE),
                Verifiers.NONE,
                Memberships.NONE,
                clock,
                new SimpleMeterRegistry());
    }

    private static Presented bringing(Credentials credentials) {
        return new Presented(credentials, List.of(), Optional.empty(), InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static void assertRefused(ErrorCode code, ThrowingCallable request) {
        assertThat(catchThrowable(request))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
    }

    private Caller basic(String user, String password) {
        return identity.authenticate(bringing(new Credentials.Basic(user, password)));
    }

    private Caller bearer(String token) {
        return identity.authenticate(bringing(new Credentials.Bearer(token)));
    }

    @Test
    void knowsAUserByThePassword() {
        identity.users().create(ROOT, "alice", PASSWORD, false);
        assertThat(basic("alice", PASSWORD)).isEqualTo(Caller.local("alice", Proof.BASIC, false));
        assertThat(basic("alice", PASSWORD)).isEqualTo(Caller.local("alice", Proof.BASIC, false));
        assertRefused(ErrorCode.IDENTITY_INVALID, () -> basic("alice", "wrong horse"));
        assertRefused(ErrorCode.IDENTITY_INVALID, () -> basic("nobody", PASSWORD));
        assertRefused(ErrorCode.IDENTITY_REQUIRED, () -> identity.authenticate(bringing(new Credentials.None())));
    }

    @Test
    void keepsNoPasswordsAndNoSecrets() {
        identity.users().create(ROOT, "alice", PASSWORD, false);
        IssuedToken token = identity.tokens().issue(ROOT, NewToken.of("label", Optional.empty()));
        String kept = store.read(sql -> String.join(
                " ",
                sql.createQuery("select verifier from local_user union all select verifier from api_token")
                        .map((row, _) -> row.getString(1))
                        .list()));
        assertThat(kept).doesNotContain(PASSWORD).startsWith("pbkdf2-sha256$1000$");
        assertThat(kept).doesNotContain(token.secret().substring(token.secret().lastIndexOf('_') + 1));
        assertThat(token.toString()).doesNotContain(token.secret());
        assertThat(new Credentials.Basic("alice", PASSWORD).toString()).doesNotContain(PASSWORD);
    }

    @Test
    void hashesSlowlyUnlessToldOtherwise() {
        assertThat(IdentitySettings.CLOSED.iterations()).isEqualTo(600_000);
    }

    @Test
    void slowsDownWhoGuesses() {
        identity.users().create(ROOT, "alice", PASSWORD, false);
        for (int i = 0; i < 5; i++) {
            assertRefused(ErrorCode.IDENTITY_INVALID, () -> basic("alice", "guess"));
        }
        assertRefused(ErrorCode.RATE_LIMITED, () -> basic("alice", PASSWORD));
        clock.step(Duration.ofSeconds(2));
        assertThat(basic("alice", PASSWORD).subject()).isEqualTo("alice");
    }

    @Test
    void forgetsADeletedUserAtOnce() {
        identity.users().create(ROOT, "alice", PASSWORD, false);
        IssuedToken token = identity.tokens().issue(basic("alice", PASSWORD), NewToken.of("mine", Optional.empty()));
        assertThat(bearer(token.secret()).subject()).isEqualTo("alice");
        identity.users().delete(ROOT, "alice");
        assertRefused(ErrorCode.IDENTITY_INVALID, () -> basic("alice", PASSWORD));
        assertRefused(ErrorCode.IDENTITY_INVALID, () -> bearer(token.secret()));
        assertThat(identity.users().list(ROOT)).isEmpty();
    }

    @Test
    void knowsATokenUntilItExpiresOrIsRevoked() {
        Caller alice = Caller.local("alice", Proof.BASIC, false);
        IssuedToken brief = identity.tokens().issue(alice, NewToken.of("brief", Optional.of(Duration.ofSeconds(10))));
        IssuedToken lasting = identity.tokens().issue(alice, NewToken.of("lasting", Optional.empty()));
        assertThat(brief.secret()).startsWith("hansa_" + brief.id() + "_");
        assertThat(bearer(brief.secret()))
                .isEqualTo(Caller.local("alice", Proof.TOKEN, false)
                        .until(clock.instant().plusSeconds(10)));
        assertThat(bearer(lasting.secret()).operator()).isFalse();
        clock.step(Duration.ofSeconds(11));
        assertRefused(ErrorCode.IDENTITY_INVALID, () -> bearer(brief.secret()));
        assertThat(bearer(lasting.secret()).subject()).isEqualTo("alice");
        assertThat(identity.tokens().list(alice)).extracting(TokenEntry::label).contains("lasting");
        assertRefused(
                ErrorCode.RESOURCE_NOT_FOUND,
                () -> identity.tokens().revoke(Caller.local("bob", Proof.BASIC, false), lasting.id()));
        identity.tokens().revoke(alice, lasting.id());
        assertRefused(ErrorCode.IDENTITY_INVALID, () -> bearer(lasting.secret()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hansa_", "hansa_0123456789abcdef_", "hansa_0123456789abcdef_x", "nonsense", "hansa__"})
    void refusesWhatIsNoToken(String token) {
        assertRefused(ErrorCode.IDENTITY_INVALID, () -> bearer(token));
    }

    @Test
    void onlyOperatorsLookAfterUsers() {
        Caller alice = Caller.local("alice", Proof.BASIC, false);
        assertRefused(ErrorCode.POLICY_DENIED, () -> identity.users().create(alice, "eve", PASSWORD, true));
        assertRefused(ErrorCode.POLICY_DENIED, () -> identity.users().list(alice));
        assertRefused(ErrorCode.ATTRIBUTE_INVALID, () -> identity.users().create(ROOT, "a:b", PASSWORD, false));
        assertRefused(ErrorCode.ATTRIBUTE_INVALID, () -> identity.users().create(ROOT, "eve", "short", false));
        identity.users().create(ROOT, "eve", PASSWORD, false);
        assertRefused(ErrorCode.RESOURCE_EXISTS, () -> identity.users().create(ROOT, "eve", PASSWORD, false));
    }

    @Test
    void keepsTheAdminTokenInAFileOfItsOwnerOnly() throws Exception {
        Path file = folder.resolve("admin.token");
        identity.tokens().ensureAdminToken(file);
        String token = Files.readString(file).strip();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(bearer(token).operator()).isTrue();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        identity.tokens().ensureAdminToken(file);
        assertThat(Files.readString(file).strip()).isEqualTo(token);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Files.writeString(file, "spoilt");
        identity.tokens().ensureAdminToken(file);
        assertThat(bearer(Files.readString(file).strip()).operator()).isTrue();
    }

    @Test
    void openMeansEverybodyIsTheOperator() {
        Identity open = identity(IdentitySettings.OPEN);
        assertThat(open.authenticate(bringing(new Credentials.None())))
                .isEqualTo(Caller.local("operator", Proof.OPEN, true));
    }

    @Test
    void readsBothHeaders() {
        String basic = "Basic " + Base64.getEncoder().encodeToString("alice:a:b".getBytes(StandardCharsets.UTF_8));
        assertThat(Credentials.fromAuthorization(Optional.of(basic))).isEqualTo(new Credentials.Basic("alice", "a:b"));
        assertThat(Credentials.fromAuthorization(Optional.of("bearer  t"))).isEqualTo(new Credentials.Bearer("t"));
        assertThat(Credentials.fromAuthorization(Optional.empty())).isEqualTo(new Credentials.None());
        assertThat(Credentials.fromHeaders(Optional.of(basic), Optional.of("t")))
                .isEqualTo(new Credentials.Bearer("t"));
        for (String wrong : List.of(
                "Basic",
                "Basic !!!",
                "Basic " + Base64.getEncoder().encodeToString(new byte[] {(byte) 0xFF, ':'}),
                "Digest x",
                "Bearer",
                "Bearer " + "x".repeat(Credentials.MAX_LENGTH + 1))) {
            assertRefused(ErrorCode.IDENTITY_INVALID, () -> Credentials.fromAuthorization(Optional.of(wrong)));
        }
    }

    private static final class SteppedClock extends Clock {
        private Instant now = Instant.parse("2026-11-21T10:00:00Z");

        void step(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("one zone only");
        }
    }
}
