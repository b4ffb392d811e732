package hansa.drivers.occi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.drivers.occi.PeerServer.Came;
import hansa.drivers.occi.PeerServer.Said;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who we are, and what happens when that is not believed any more. */
final class SignInTest {

    private static final String JSON = "application/json";

    @TempDir
    Path folder;

    /** Lets through what carries the token, and shows the others the way to a Keystone. */
    private static Function<Came, Optional<Said>> keystone(
            PeerServer server, String announced, AtomicReference<String> valid, Function<Came, Said> tokens) {
        return came -> {
            if (came.path().startsWith("/v2.0") || came.path().startsWith("/v3")) {
                return Optional.of(tokens.apply(came));
            }
            String shown =
                    Optional.ofNullable(came.headers().getFirst("X-Auth-Token")).orElse("");
            return shown.equals(valid.get())
                    ? Optional.empty()
                    : Optional.of(Said.of(401, "text/plain", "Authentication required")
                            .with("WWW-Authenticate", "Keystone uri='" + announced.formatted(server.url()) + "'"));
        };
    }

    private static Said v2(Came came, AtomicReference<String> valid) {
        if (came.path().equals("/v2.0/tenants")) {
            return Said.of(
                    200, JSON, "{\"tenants\":[{\"id\":\"1\",\"name\":\"ops\"},{\"id\":\"2\",\"name\":\"fed\"}]}");
        }
        assertThat(came.body()).contains("\"passwordCredentials\":{\"", "\"username\":\"ada\"");
        String token = came.body().contains("\"tenantName\":\"fed\"") ? valid.get() : "unscoped";
        return Said.of(200, JSON, "{\"access\":{\"token\":{\"id\":\"" + token + "\"}}}");
    }

    @Test
    void aPasswordIsChangedForATokenOfTheProjectWhereKeystoneIsNamed() {
        try (PeerServer server = new PeerServer(PeerDialect.OOI);
                Cloud cloud =
                        Fixtures.open(server.url(), Map.of("user", "ada", "password", "pass", "project", "fed"))) {
            AtomicReference<String> valid = new AtomicReference<>("first");
            server.guard(keystone(server, "%s/v2.0/", valid, came -> v2(came, valid)));
            assertThat(cloud.list()).isEmpty();
            server.forget();
            assertThat(cloud.list()).isEmpty();
            assertThat(server.came()).extracting(Came::toString).containsExactly("GET /compute/");

            // In mid-flight the token runs out: one new one, and the request again.
            valid.set("second");
            server.forget();
            assertThat(cloud.list()).isEmpty();
            assertThat(server.came())
                    .extracting(Came::toString)
                    .containsExactly(
                            "GET /compute/",
                            "POST /v2.0/tokens",
                            "GET /v2.0/tenants",
                            "POST /v2.0/tokens",
                            "GET /compute/");
        }
    }

    @Test
    void anAccessTokenIsChangedByTheFederationOfV3() {
        try (PeerServer server = new PeerServer(PeerDialect.OOI);
                Cloud cloud = Fixtures.open(
                        server.url(), Map.of("bearer-token", "access", "federation-protocol", "openid"))) {
            AtomicReference<String> valid = new AtomicReference<>("scoped");
            server.guard(keystone(server, "%s/v2.0", valid, came -> {
                assertThat(came.path()).startsWith("/v3/");
                return switch (came.path()) {
                    case "/v3/OS-FEDERATION/identity_providers/egi.eu/protocols/openid/auth" -> {
                        assertThat(came.headers().getFirst("Authorization")).isEqualTo("Bearer access");
                        yield Said.of(201, JSON, "{}").with("X-Subject-Token", "unscoped");
                    }
                    case "/v3/auth/projects" -> Said.of(200, JSON, "{\"projects\":[{\"id\":\"p1\",\"name\":\"fed\"}]}");
                    default -> {
                        assertThat(came.body())
                                .isEqualTo(
                                        "{\"auth\":{\"identity\":{\"methods\":[\"token\"],\"token\":{\"id\":\"unscoped\"}},"
                                                + "\"scope\":{\"project\":{\"id\":\"p1\"}}}}");
                        yield Said.of(201, JSON, "{}").with("X-Subject-Token", "scoped");
                    }
                };
            }));
            assertThat(cloud.list()).isEmpty();
        }
    }

    @Test
    void aServiceThatDoesNotBelieveTheNewTokenEitherIsNotAskedForever() {
        try (PeerServer server = new PeerServer(PeerDialect.OOI);
                Cloud cloud = Fixtures.open(server.url(), Map.of("user", "ada", "password", "pass"))) {
            AtomicReference<String> never = new AtomicReference<>("never");
            AtomicReference<String> other = new AtomicReference<>("other");
            server.guard(keystone(server, "%s/v2.0", never, came -> v2(came, other)));
            assertThatThrownBy(cloud::list)
                    .isInstanceOf(CloudException.Unauthorised.class)
                    .hasMessage("Authentication required");
            assertThat(server.came())
                    .filteredOn(came -> came.path().equals("/-/"))
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.2:5000/v2.0", "https://keystone.example.org/v3", "ftp://x/", "no url"})
    void credentialsGoToNoKeystoneOnAnotherHost(String announced) {
        try (PeerServer server = new PeerServer(PeerDialect.OOI);
                Cloud cloud = Fixtures.open(server.url(), Map.of("user", "ada", "password", "pass"))) {
            server.guard(keystone(server, announced, new AtomicReference<>("x"), _ -> {
                throw new AssertionError("it was asked");
            }));
            assertThatThrownBy(cloud::list)
                    .isInstanceOf(CloudException.Unauthorised.class)
                    .hasMessageNotContaining("pass");
        }
    }

    @Test
    void aKeystoneThatWasConfiguredIsAskedWhateverIsAnnounced() {
        try (PeerServer server = new PeerServer(PeerDialect.OOI);
                Cloud cloud = Fixtures.open(
                        server.url(),
                        Map.of(
                                "user",
                                "ada",
                                "password",
                                "pass",
                                "project",
                                "fed",
                                "keystone",
                                server.url() + "/v2.0"))) {
            AtomicReference<String> valid = new AtomicReference<>("first");
            server.guard(keystone(server, "http://127.0.0.2:1/v3", valid, came -> v2(came, valid)));
            assertThat(cloud.list()).isEmpty();
        }
    }

    @Test
    void whatKeystoneRefusesIsToldAndWhatItAnswersIsNotBelieved() {
        for (Said answer : List.of(
                Said.of(401, JSON, "{}"),
                Said.of(200, JSON, "{\"access\":{}}"),
                Said.of(200, JSON, "no json"),
                Said.of(200, JSON, "{\"access\":{\"token\":{\"id\":\"a\\nb\"}}}"),
                Said.of(500, JSON, ""))) {
            try (PeerServer server = new PeerServer(PeerDialect.OOI);
                    Cloud cloud = Fixtures.open(server.url(), Map.of("user", "ada", "password", "pass"))) {
                server.guard(keystone(server, "%s/v2.0", new AtomicReference<>("x"), _ -> answer));
                assertThatThrownBy(cloud::list)
                        .as(answer.body())
                        .isInstanceOfAny(CloudException.Unauthorised.class, CloudException.Unavailable.class)
                        .hasMessageContaining("Keystone answers with");
            }
        }
    }

    @Test
    void anAccessTokenInAFileIsReadAnewWhenItIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "old\n");
        try (PeerServer server = new PeerServer(PeerDialect.ROCCI_1);
                Cloud cloud = Fixtures.open(server.url(), Map.of("bearer-file", file.toString()))) {
            server.guard(came -> {
                String shown = Optional.ofNullable(came.headers().getFirst("Authorization"))
                        .orElse("");
                if (shown.equals("Bearer old")) {
                    renewed(file);
                }
                return shown.equals("Bearer new")
                        ? Optional.empty()
                        : Optional.of(Said.of(401, "text/plain", "expired"));
            });
            assertThat(cloud.list()).isEmpty();
            Files.writeString(file, "two words");
            assertThatThrownBy(cloud::list)
                    .isInstanceOf(CloudException.Unauthorised.class)
                    .hasMessageContaining("holds no access token");
        }
    }

    private static void renewed(Path file) {
        try {
            Files.writeString(file, "new\n");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aTokenThatIsRefusedIsNeitherPrintedNorShownAgainAtOnce() {
        try (PeerServer server = new PeerServer(PeerDialect.ROCCI_1);
                Cloud cloud = Fixtures.open(server.url(), Map.of("token", "hush"))) {
            server.guard(came -> "other".equals(came.headers().getFirst("X-Auth-Token"))
                    ? Optional.empty()
                    : Optional.of(Said.of(401, "text/plain", "Who is that?")));
            assertThatThrownBy(cloud::list)
                    .isInstanceOf(CloudException.Unauthorised.class)
                    .hasMessage("Who is that?");
            assertThat(server.came()).hasSize(1);

            // Asking on would lock the account.
            assertThatThrownBy(cloud::describe)
                    .isInstanceOf(CloudException.Unauthorised.class)
                    .hasMessage("Who is that?");
            assertThat(server.came()).hasSize(1);
        }
    }

    @Test
    void aPasswordThatTheServiceItselfRefusesIsNotTriedAtKeystoneToo() {
        try (PeerServer server = new PeerServer(PeerDialect.OOI);
                Cloud cloud = Fixtures.open(server.url(), Map.of("user", "ada", "password", "pass"))) {
            server.guard(_ -> Optional.of(Said.of(401, "text/plain", "Wrong.")
                    .with("WWW-Authenticate", "Basic realm=\"x\"")
                    .with("Www-authenticate", "Keystone uri='" + server.url() + "/v2.0'")));
            assertThatThrownBy(cloud::list)
                    .isInstanceOf(CloudException.Unauthorised.class)
                    .hasMessage("Wrong.");
            assertThat(server.came()).hasSize(1);
        }
    }

    @Test
    void everythingIsAskedInTheNameOfTheOrganisationThatIsSet() {
        try (PeerServer server = new PeerServer(PeerDialect.ROCCI_1);
                Cloud cloud = Fixtures.open(server.url(), Map.of("token", "t", "vo", "biomed"))) {
            cloud.describe();
            cloud.list();
            assertThat(server.came())
                    .isNotEmpty()
                    .allMatch(came -> "biomed".equals(came.headers().getFirst("Hansa-VO")));
        }
    }

    @Test
    void settingsThatCannotBeAreRefusedInALine() {
        assertRefused(Map.of("token", "t", "user", "u"), "set only one of ");
        assertRefused(Map.of("password", "p"), "'password' is set and 'user' is not");
        assertRefused(Map.of("client-key", "k"), "'client-key' needs 'client-certificate'");
        assertRefused(Map.of("client-certificate", "c"), "'client-certificate' is shown in TLS");
        assertRefused(Map.of("vo", "a b"), "'vo' is the name of an organisation");
        assertRefused(Map.of("flavour-sizes", "small=1"), "'flavour-sizes': 'small=1' is not ");
        assertRefused(Map.of("keystone", "ftp://x"), "'keystone' is such as ");
        assertRefused(Map.of("calls", "0"), "'calls' is 1 to 256");
        assertRefused(Map.of("trust-anchors", "/nowhere"), "'trust-anchors': /nowhere cannot be read");
    }

    private static void assertRefused(Map<String, String> settings, String says) {
        assertThatThrownBy(() -> Fixtures.open("http://127.0.0.1:1", settings))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(says);
    }

    @Test
    void secretsAreNotInTexts() {
        assertThat(new Credentials.ApiToken("hush") + " " + new Credentials.Password("ada", "hush") + " "
                        + new Credentials.Bearer("hush"))
                .doesNotContain("hush");
    }
}
