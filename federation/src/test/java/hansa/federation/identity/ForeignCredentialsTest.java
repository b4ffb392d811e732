package hansa.federation.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
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
import hansa.trust.Evidence;
import hansa.trust.Rejected;
import hansa.trust.TokenVerifier;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** Callers whom others vouch for: what becomes of the evidence. */
final class ForeignCredentialsTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final String ISSUER = "https://issuer.example";

    @TempDir
    Path folder;

    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private int asked;
    private Store store;

    @BeforeEach
    void open() {
        store = Stores.open(StoreUrl.parse("sqlite:" + folder.resolve("i.db")), List.of(Identity.MIGRATIONS));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Identity identity(Memberships memberships, TokenVerifier... verifiers) {
        return new Identity(
                store,
                new IdentitySettings(false, Duration.ofSeconds(30), 1000),
                new Policy(clock, Audit.NONE),
                new Verifiers(Optional.empty(), List.of(verifiers), Optional.empty()),
                memberships,
                clock,
                meters);
    }

    private TokenVerifier knowing(String token, Optional<String> vo, String... fqans) {
        return sent -> {
            asked++;
            return sent.equals(token)
                    ? Optional.of(new Evidence(
                            Evidence.Kind.OIDC,
                            ISSUER,
                            "s-1",
                            "Somebody",
                            List.of(fqans).stream().map(Fqan::parse).toList(),
                            Map.of(),
                            vo,
                            NOW.plusSeconds(60)))
                    : Optional.empty();
        };
    }

    private static Presented bringing(String token, String... vo) {
        return new Presented(
                new Credentials.Bearer(token),
                List.of(),
                List.of(vo).stream().findFirst(),
                InetAddress.getLoopbackAddress());
    }

    @Test
    void the_first_verifier_that_knows_a_token_says_who_it_is() {
        Identity identity =
                identity(Memberships.NONE, knowing("other", Optional.empty()), knowing("t", Optional.empty(), "/vo"));
        Caller caller = identity.authenticate(bringing("t"));
        assertThat(caller.id()).isEqualTo(ISSUER + "#s-1");
        assertThat(caller.name()).isEqualTo("Somebody");
        assertThat(caller.proof()).isEqualTo(Proof.OIDC);
        assertThat(caller.vo()).contains("vo");
        assertThat(caller.operator()).isFalse();
    }

    @Test
    void a_token_that_was_right_is_not_verified_again_for_a_while() {
        Identity identity = identity(Memberships.NONE, knowing("t", Optional.empty()));
        assertThat(identity.authenticate(bringing("t"))).isEqualTo(identity.authenticate(bringing("t")));
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void what_the_federation_says_of_a_caller_is_as_fresh_as_the_request() {
        List<Fqan> ours = new ArrayList<>();
        Identity identity = identity(_ -> List.copyOf(ours), knowing("t", Optional.empty(), "/a"));
        assertThat(identity.authenticate(bringing("t")).isMember("b")).isFalse();
        ours.add(Fqan.parse("/b/Role=manager"));
        Caller caller = identity.authenticate(bringing("t"));
        assertThat(caller.fqans()).containsExactly(Fqan.parse("/a"), Fqan.parse("/b/Role=manager"));
        ours.clear();
        assertThat(identity.authenticate(bringing("t")).isMember("b")).isFalse();
    }

    @Test
    void a_caller_chooses_among_their_own_organisations() {
        Identity identity = identity(Memberships.NONE, knowing("t", Optional.empty(), "/a", "/b/group"));
        assertThat(identity.authenticate(bringing("t")).vo()).contains("a");
        assertThat(identity.authenticate(bringing("t", "b")).vo()).contains("b");
        assertThatThrownBy(() -> identity.authenticate(bringing("t", "c")))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(ErrorCode.POLICY_DENIED))
                .hasMessageContaining("no member of c");
    }

    @Test
    void a_credential_for_one_organisation_is_not_good_for_another() {
        Identity identity = identity(Memberships.NONE, knowing("t", Optional.of("a"), "/a", "/b"));
        assertThat(identity.authenticate(bringing("t", "a")).vo()).contains("a");
        assertThatThrownBy(() -> identity.authenticate(bringing("t", "b")))
                .hasMessage("The credential was issued for a and is not good for b (rule 'bound').");
    }

    @Test
    void why_a_token_is_refused_stands_in_the_metrics_and_not_in_the_answer() {
        Identity identity = identity(Memberships.NONE, _ -> {
            throw new Rejected(Rejected.Reason.AUDIENCE, "for https://elsewhere.example");
        });
        assertThatThrownBy(() -> identity.authenticate(bringing("t")))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(ErrorCode.IDENTITY_INVALID))
                .message()
                .doesNotContain("audience")
                .doesNotContain("elsewhere");
        assertThat(meters.counter("hansa.identity.refused", "reason", "audience")
                        .count())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Rejected.Reason.class)
    void whatever_the_reason_it_stands_in_the_log_and_the_answer_is_the_same(Rejected.Reason reason) {
        Logger logger = (Logger) LoggerFactory.getLogger(Identity.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Level before = logger.getLevel();
        logger.setLevel(Level.WARN);
        logger.addAppender(log);
        try {
            Identity identity = identity(Memberships.NONE, _ -> {
                throw new Rejected(reason, "because of the thing");
            });
            assertThatThrownBy(() -> identity.authenticate(bringing("a-secret-token")))
                    .isInstanceOfSatisfying(Failure.class, failure -> {
                        boolean unchecked = reason == Rejected.Reason.UNCHECKED;
                        assertThat(failure.code())
                                .isEqualTo(unchecked ? ErrorCode.IDENTITY_UNCHECKED : ErrorCode.IDENTITY_INVALID);
                        assertThat(failure.text())
                                .startsWith(
                                        unchecked
                                                ? "The credentials cannot be checked now"
                                                : "The credentials were not accepted; get fresh ones")
                                .doesNotContain("the thing");
                    });
        } finally {
            logger.detachAppender(log);
            logger.setLevel(before);
        }
        String named = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .contains("(" + named + "): because of the thing")
                .doesNotContain("a-secret-token");
        assertThat(meters.counter("hansa.identity.refused", "reason", named).count())
                .isEqualTo(1);
    }

    @Test
    void a_token_made_by_such_a_caller_stands_for_them_and_ends() {
        Identity identity = identity(Memberships.NONE, knowing("t", Optional.empty(), "/a/Role=r", "/b"));
        Caller caller = identity.authenticate(bringing("t"));
        IssuedToken issued = identity.tokens()
                .issue(caller, new NewToken("mine", Optional.empty(), Scope.parse("*.read"), Optional.of("b")));
        assertThat(issued.expires()).contains(NOW.plus(Duration.ofDays(30)));
        Caller again = identity.authenticate(bringing(issued.secret()));
        assertThat(again.id()).isEqualTo(caller.id());
        assertThat(again.subject()).isEqualTo("s-1");
        assertThat(again.issuer()).isEqualTo(ISSUER);
        assertThat(again.fqans()).isEqualTo(caller.fqans());
        assertThat(again.vo()).contains("b");
        assertThat(again.scope()).isEqualTo(Scope.parse("*.read"));
    }

    @Test
    void a_token_does_not_keep_a_membership_that_has_ended() {
        List<Fqan> ours = new ArrayList<>(List.of(Fqan.parse("/b/Role=manager")));
        Identity identity = identity(_ -> List.copyOf(ours), knowing("t", Optional.empty(), "/a"));
        IssuedToken issued =
                identity.tokens().issue(identity.authenticate(bringing("t")), NewToken.of("mine", Optional.empty()));
        assertThat(identity.authenticate(bringing(issued.secret())).isMember("b"))
                .isTrue();
        ours.clear();
        Caller after = identity.authenticate(bringing(issued.secret()));
        assertThat(after.fqans()).containsExactly(Fqan.parse("/a"));
        assertThat(after.vo()).contains("a");
    }

    @Test
    void a_token_of_a_token_ends_with_it_and_stays_with_its_organisation() {
        Identity identity = identity(Memberships.NONE, knowing("t", Optional.empty(), "/a", "/b"));
        IssuedToken first = identity.tokens()
                .issue(
                        identity.authenticate(bringing("t")),
                        new NewToken("first", Optional.of(Duration.ofHours(1)), Scope.ALL, Optional.of("b")));
        Caller by = identity.authenticate(bringing(first.secret()));
        IssuedToken second = identity.tokens().issue(by, NewToken.of("second", Optional.of(Duration.ofDays(3))));
        assertThat(second.expires()).isEqualTo(first.expires());
        assertThat(identity.authenticate(bringing(second.secret())).vo()).contains("b");
        assertThatThrownBy(() -> identity.authenticate(bringing(second.secret(), "a")))
                .hasMessageContaining("is not good for a");
        assertThatThrownBy(() -> identity.tokens()
                        .issue(by, new NewToken("third", Optional.empty(), Scope.ALL, Optional.of("a"))))
                .hasMessageContaining("was issued for b and is not good for a");
    }

    @Test
    void a_token_is_never_good_for_more_than_what_it_was_made_with() {
        Identity identity = identity(Memberships.NONE, knowing("t", Optional.empty(), "/a"));
        Caller narrow = identity.authenticate(bringing("t")).within(Scope.parse("token.* *.read"));
        assertThatThrownBy(() -> identity.tokens().issue(narrow, NewToken.of("wide", Optional.empty())))
                .hasMessageContaining("cannot be good for more");
        assertThatThrownBy(() -> identity.tokens()
                        .issue(
                                identity.authenticate(bringing("t")),
                                new NewToken("foreign", Optional.empty(), Scope.ALL, Optional.of("c"))))
                .hasMessageContaining("is for its members");
    }

    @Test
    void what_cannot_be_checked_now_may_be_tried_again() {
        Identity identity = identity(Memberships.NONE, _ -> {
            throw new Rejected(Rejected.Reason.UNCHECKED, "the issuer does not answer");
        });
        assertThatThrownBy(() -> identity.authenticate(bringing("t")))
                .isInstanceOfSatisfying(Failure.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.IDENTITY_UNCHECKED);
                    assertThat(failure.code().retryable()).isTrue();
                    assertThat(failure.text()).doesNotContain("issuer");
                });
    }

    @Test
    void an_assertion_is_verified_each_time() {
        Identity identity = identity(Memberships.NONE, _ -> {
            asked++;
            return Optional.of(new Evidence(
                    Evidence.Kind.ASSERTION,
                    ISSUER,
                    "s-1",
                    "",
                    List.of(),
                    Map.of(),
                    Optional.empty(),
                    NOW.plusSeconds(60)));
        });
        identity.authenticate(bringing("t"));
        identity.authenticate(bringing("t"));
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void a_use_is_the_first_one_once_and_for_its_time() {
        UsedOnce used = new UsedOnce(store, clock);
        assertThat(used.isFirst("https://a.example", "1", NOW.plusSeconds(60))).isTrue();
        assertThat(used.isFirst("https://a.example", "1", NOW.plusSeconds(60))).isFalse();
        assertThat(used.isFirst("https://b.example", "1", NOW.plusSeconds(60))).isTrue();
        UsedOnce later = new UsedOnce(store, Clock.fixed(NOW.plusSeconds(61), ZoneOffset.UTC));
        assertThat(later.isFirst("https://a.example", "1", NOW.plusSeconds(120)))
                .as("nothing is kept for longer than it could be used")
                .isTrue();
    }

    @Test
    void public_keys_are_shown_until_they_end_or_are_withdrawn() {
        PublishedKeys keys = new PublishedKeys(store, clock);
        keys.publish("1", "{\"kid\":\"1\"}", NOW.plusSeconds(60));
        keys.publish("2", "{\"kid\":\"2\"}", NOW.minusSeconds(1));
        assertThat(keys.published()).containsExactly("{\"kid\":\"1\"}");
        keys.publish("2", "{\"kid\":\"2\"}", NOW.plusSeconds(60));
        keys.withdraw("1");
        assertThat(keys.published()).containsExactly("{\"kid\":\"2\"}");
    }
}
