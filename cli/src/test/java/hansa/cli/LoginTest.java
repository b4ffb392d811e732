package hansa.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cli.client.DeviceFlow;
import hansa.cli.client.Exit;
import hansa.cli.client.Json;
import hansa.cli.client.Provider;
import hansa.cli.client.Refusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logging in, what is kept of it, and how it is kept fresh. */
final class LoginTest {

    @TempDir
    Path home;

    private final FakeProvider provider = opened();
    private final List<Duration> pauses = new ArrayList<>();
    private final Waited clock = new Waited();

    /** A clock that moves by the pauses alone. */
    private final class Waited extends Clock {

        @Override
        public Instant instant() {
            return pauses.stream().reduce(Instant.EPOCH, Instant::plus, (a, _) -> a);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private static FakeProvider opened() {
        try {
            return new FakeProvider();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @BeforeEach
    void know() {
        provider.good = "a1";
    }

    @AfterEach
    void close() {
        provider.close();
    }

    private Typed.Result hansa(String... words) {
        List<String> line = new ArrayList<>(List.of(words));
        line.addAll(List.of("--endpoint", provider.address()));
        return Typed.inAPipe().with("XDG_CONFIG_HOME", home.toString()).run(line.toArray(String[]::new));
    }

    private Path file() throws IOException {
        try (Stream<Path> files = Files.list(home.resolve("hansa/logins"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Json.Members polled(String... answers) {
        provider.willGive(answers);
        Provider asked = Provider.trusting(Optional.empty());
        DeviceFlow.Wish wish = new DeviceFlow.Wish("hansa-cli", "openid", Optional.of("urn:r"));
        return new DeviceFlow(asked, clock, pauses::add).run(asked.metadata(provider.address()), wish, _ -> {});
    }

    @Test
    void needsNothingButTheNodeAndAnApproval() throws IOException {
        provider.willGive("400 {\"error\":\"authorization_pending\"}", FakeProvider.tokens("a1", "r1", 3600));
        Typed.Result result = hansa("login");
        assertThat(result.exit()).as(result.err()).isEqualTo(Exit.OK);
        assertThat(result.err()).contains("/go in a browser and enter ABCD-EFGH", "logged in by idp");
        assertThat(result.out()).isEmpty();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
                .isEqualTo("rwx------");
        Typed.Result whoami = hansa("whoami", "--for", "biomed");
        assertThat(whoami.out()).contains("ada", "/vo", "idp", "until:");
        assertThat(provider.asked).last().isEqualTo("/api/v1/whoami Bearer a1 biomed");
    }

    @Test
    void provesThatWhoAsksIsWhoBegan() {
        polled(FakeProvider.tokens("a1", "r1", 3600));
        assertThat(provider.asked.get(1))
                .contains("client_id=hansa-cli", "scope=openid", "resource=urn%3Ar")
                .contains("code_challenge_method=S256");
        assertThat(provider.asked.get(2)).contains("device_code=d", "code_verifier=");
    }

    @Test
    void asksAsSlowlyAsTheProviderWants() {
        Json.Members given = polled(
                "400 {\"error\":\"authorization_pending\"}",
                "400 {\"error\":\"slow_down\"}",
                "503 {}",
                FakeProvider.tokens("a1", "r1", 3600));
        assertThat(given.text("access_token")).isEqualTo("a1");
        assertThat(pauses)
                .containsExactly(
                        Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(6), Duration.ofSeconds(12));
    }

    @Test
    void endsWhenThePersonDeclinesOrDoesNothing() {
        assertThatThrownBy(() -> polled("400 {\"error\":\"access_denied\"}"))
                .isInstanceOf(Refusal.class)
                .hasMessage("the login was declined");
        assertThatThrownBy(() -> polled("400 {\"error\":\"expired_token\"}"))
                .hasMessageContaining("not approved in time");
        assertThatThrownBy(() -> polled("400 {\"error\":\"authorization_pending\"}"))
                .as("the provider is silent from then on")
                .hasMessageContaining("not approved in time");
    }

    @Test
    void refreshesBeforeTheTokenEnds() throws IOException {
        provider.willGive(FakeProvider.tokens("a1", "r1", 30), FakeProvider.tokens("a2", "r2", 3600));
        hansa("login");
        provider.good = "a2";
        assertThat(hansa("whoami").exit()).isEqualTo(Exit.OK);
        assertThat(provider.asked).contains("/token grant_type=refresh_token&refresh_token=r1&client_id=hansa-cli");
        assertThat(Files.readString(file())).contains("r2").doesNotContain("r1");
    }

    @Test
    void refreshesOnceWhenTheNodeRefuses() {
        provider.willGive(FakeProvider.tokens("a1", "r1", 3600), FakeProvider.tokens("a2", "r2", 3600));
        hansa("login");
        provider.good = "a2";
        assertThat(hansa("whoami").exit()).isEqualTo(Exit.OK);
        provider.good = "a9";
        provider.willGive(FakeProvider.tokens("a3", "r3", 3600));
        int before = provider.asked.size();
        assertThat(hansa("whoami").exit()).isEqualTo(Exit.REFUSED);
        assertThat(provider.asked.subList(before, provider.asked.size()))
                .containsExactly(
                        "/api/v1/whoami Bearer a2",
                        "/token grant_type=refresh_token&refresh_token=r2&client_id=hansa-cli",
                        "/api/v1/whoami Bearer a3");
    }

    @Test
    void saysWhenALoginHasEnded() {
        provider.willGive(FakeProvider.tokens("a1", "r1", 30), "400 {\"error\":\"invalid_grant\"}");
        hansa("login");
        Typed.Result result = hansa("whoami");
        assertThat(result.exit()).isEqualTo(Exit.REFUSED);
        assertThat(result.complaint()).isEqualTo("hansa: your login has ended; log in again with 'hansa login'");
    }

    @Test
    void aGivenTokenWinsOverALogin() {
        provider.willGive(FakeProvider.tokens("a1", "r1", 3600));
        hansa("login");
        hansa("whoami", "--token", "mine");
        assertThat(provider.asked).last().isEqualTo("/api/v1/whoami Bearer mine");
    }

    @Test
    void loggingOutTakesTheTokensBackAndForgetsThem() throws IOException {
        provider.willGive(FakeProvider.tokens("a1", "r1", 3600));
        hansa("login");
        Path kept = file();
        assertThat(hansa("logout").err()).isEqualTo("logged out\n");
        assertThat(kept).doesNotExist();
        assertThat(provider.asked)
                .last()
                .isEqualTo("/revoke token=r1&token_type_hint=refresh_token&client_id=hansa-cli");
        assertThat(hansa("logout").err()).contains("not logged in");
    }

    @Test
    void choosesAmongSeveralProviders() {
        provider.issuers = "{\"items\":[{\"name\":\"one\"},{\"name\":\"two\"}]}";
        assertThat(hansa("login").complaint()).contains("choose one with --issuer: one, two");
        assertThat(hansa("login", "--issuer", "three").complaint()).contains("no provider 'three'");
        provider.issuers = "{\"items\":[]}";
        assertThat(hansa("login").complaint()).contains("lets nobody log in");
    }

    @Test
    void goesToNoAddressWithoutTls() {
        assertThatThrownBy(() -> Provider.uri("http://login.example.org/token"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("no https:// address");
        assertThatThrownBy(() -> Provider.trusting(Optional.empty()).metadata(provider.address() + "/other"))
                .isInstanceOf(Refusal.class);
    }
}
