package hansa.federation.identity;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.federation.caller.Caller;
import hansa.federation.caller.Proof;
import hansa.federation.caller.Scope;
import hansa.kernel.store.Store;
import hansa.kernel.store.StoreUrl;
import hansa.kernel.store.Stores;
import hansa.protocols.voms.Fqan;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of people who are not here. */
final class SaidTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

    @TempDir
    Path folder;

    private Store store;

    @BeforeEach
    void open() {
        store = Stores.open(StoreUrl.parse("sqlite:" + folder.resolve("i.db")), List.of(Identity.MIGRATIONS));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Caller ada(Proof proof, String... fqans) {
        return new Caller(
                "/CN=Ada",
                "/CN=CA",
                "Ada",
                Stream.of(fqans).map(Fqan::parse).toList(),
                Optional.empty(),
                proof,
                false,
                Scope.ALL);
    }

    private void keep(Caller caller, Duration after) {
        new Said(store, Clock.fixed(NOW.plus(after), ZoneOffset.UTC)).keep(caller);
    }

    private List<String> last(Instant since) {
        return new Said(store, Clock.fixed(NOW, ZoneOffset.UTC))
                .last("/CN=Ada", since).map(Caller::fqans).orElse(List.of()).stream()
                        .map(Fqan::toString)
                        .toList();
    }

    @Test
    void nothingIsKnownOfWhoWasNeverHere() {
        assertThat(new Said(store, Clock.systemUTC()).last("/CN=Ada", NOW)).isEmpty();
    }

    @Test
    void aProxyForOneOrganisationSaysNothingOfAnother() {
        keep(ada(Proof.PROXY, "/one", "/one/Role=admin"), Duration.ZERO);
        keep(ada(Proof.PROXY, "/two"), Duration.ofHours(1));
        assertThat(last(NOW)).containsExactlyInAnyOrder("/one", "/one/Role=admin", "/two");
        keep(ada(Proof.PROXY, "/one"), Duration.ofHours(2));
        assertThat(last(NOW)).containsExactlyInAnyOrder("/one", "/two");
        keep(ada(Proof.CERTIFICATE), Duration.ofHours(3));
        assertThat(last(NOW)).containsExactlyInAnyOrder("/one", "/two");
    }

    @Test
    void whatAProviderLeavesOutHasEnded() {
        keep(ada(Proof.OIDC, "/one", "/two"), Duration.ZERO);
        keep(ada(Proof.OIDC, "/two"), Duration.ofHours(1));
        assertThat(last(NOW)).containsExactly("/two");
        keep(ada(Proof.OIDC), Duration.ofHours(2));
        assertThat(last(NOW)).isEmpty();
        assertThat(new Said(store, Clock.systemUTC()).last("/CN=Ada", NOW)).isPresent();
    }

    @Test
    void whatWasSaidLongAgoDoesNotCount() {
        keep(ada(Proof.PROXY, "/one"), Duration.ZERO);
        keep(ada(Proof.PROXY, "/two"), Duration.ofDays(20));
        assertThat(last(NOW.plus(Duration.ofDays(10)))).containsExactly("/two");
    }

    @Test
    void whatStaysTheSameIsWrittenOnceAnHour() {
        keep(ada(Proof.PROXY, "/one"), Duration.ZERO);
        keep(ada(Proof.PROXY, "/one"), Duration.ofMinutes(59));
        assertThat(last(NOW.plus(Duration.ofMinutes(1)))).isEmpty();
        keep(ada(Proof.PROXY, "/one"), Duration.ofMinutes(60));
        assertThat(last(NOW.plus(Duration.ofMinutes(1)))).containsExactly("/one");
    }
}
