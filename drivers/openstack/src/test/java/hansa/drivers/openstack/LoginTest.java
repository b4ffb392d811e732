package hansa.drivers.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.drivers.openstack.FakeSite.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class LoginTest {

    private static final String TOKENS = "POST /identity/v3/auth/tokens";

    private final FakeSite site = new FakeSite();

    @AfterEach
    void stop() {
        site.close();
    }

    private JsonNode sent() {
        return site.requests().stream()
                .filter(request -> request.path().endsWith("/auth/tokens"))
                .toList()
                .getLast()
                .json()
                .path("auth");
    }

    @Test
    void a_password_is_sent_with_the_user_in_its_domain_and_the_project_in_its_own() {
        try (Cloud cloud = Fixtures.open(site.url(), Map.of("user-domain-name", "people", "project-domain-id", "d1"))) {
            cloud.list();
        }
        JsonNode user = sent().path("identity").path("password").path("user");
        assertThat(user.path("name").asString()).isEqualTo("somebody");
        assertThat(user.path("domain").path("name").asString()).isEqualTo("people");
        assertThat(user.path("password").asString()).isEqualTo("open sesame");
        assertThat(sent().path("scope")
                        .path("project")
                        .path("domain")
                        .path("id")
                        .asString())
                .isEqualTo("d1");
        assertThat(site.logins()).isEqualTo(1);
    }

    @Test
    void an_application_credential_brings_its_own_project() {
        try (Cloud cloud = Fixtures.open(
                site.url(), Map.of("application-credential-id", "c1", "application-credential-secret", "s1"))) {
            cloud.list();
        }
        assertThat(sent().path("identity")
                        .path("application_credential")
                        .path("secret")
                        .asString())
                .isEqualTo("s1");
        assertThat(sent().has("scope")).isFalse();
    }

    @Test
    void an_application_credential_that_was_deleted_in_mid_flight_is_tried_once_and_named_as_the_reason() {
        site.list("/compute/v2.1/servers/detail", "servers", Fixtures.server("a", "t-1", "ACTIVE"));
        try (Cloud cloud = Fixtures.open(
                site.url(), Map.of("application-credential-id", "c1", "application-credential-secret", "s1"))) {
            cloud.list();
            site.endTokens();
            site.on(
                    TOKENS,
                    _ -> Reply.json(
                            404,
                            Map.of(
                                    "error",
                                    Map.of("code", 404, "message", "Could not find Application Credential: c1."))));
            site.forgetRequests();
            for (int attempt = 0; attempt < 5; attempt++) {
                assertThatThrownBy(cloud::list)
                        .isInstanceOf(CloudException.Unauthorised.class)
                        .hasMessage(
                                "Keystone refuses the login with an application credential, which may be wrong, expired or"
                                        + " deleted: Could not find Application Credential: c1.");
            }
            assertThat(site.linesTo(TOKENS)).hasSize(1);
            assertThat(site.linesTo("GET /compute/v2.1/servers/detail")).hasSize(1);
        }
    }

    @Test
    void an_access_token_is_exchanged_for_an_unscoped_token_and_that_for_one_of_the_project(@TempDir Path folder)
            throws IOException {
        Path file = Files.writeString(folder.resolve("token"), "first\n");
        site.on(
                "POST /identity/v3/OS-FEDERATION/identity_providers/egi/protocols/openid/auth",
                request -> new Reply(
                        201,
                        Map.of(
                                "X-Subject-Token",
                                "unscoped-"
                                        + request.headers().get("authorization").replace(' ', '-')),
                        "{\"token\": {}}"));
        try (Cloud cloud =
                Fixtures.open(site.url(), Map.of("identity-provider", "egi", "access-token-file", file.toString()))) {
            cloud.list();
            assertThat(sent().path("identity").path("token").path("id").asString())
                    .isEqualTo("unscoped-Bearer-first");
            assertThat(sent().path("scope").path("project").path("name").asString())
                    .isEqualTo("lab");

            Files.writeString(file, "second\n");
            site.endTokens();
            cloud.list();
            assertThat(sent().path("identity").path("token").path("id").asString())
                    .isEqualTo("unscoped-Bearer-second");
        }
    }

    @Test
    void a_token_that_ended_in_mid_flight_is_renewed_once_and_the_call_repeated() {
        site.list("/compute/v2.1/servers/detail", "servers", Fixtures.server("a", "t-1", "ACTIVE"));
        try (Cloud cloud = Fixtures.open(site.url(), Map.of())) {
            cloud.list();
            site.endTokens();
            site.forgetRequests();
            assertThat(cloud.list()).hasSize(1);
            assertThat(site.logins()).isEqualTo(2);
            assertThat(site.linesTo("GET /compute/v2.1/servers/detail")).hasSize(2);
        }
    }

    @Test
    void what_a_new_token_is_not_good_for_either_is_refused_and_not_tried_again() {
        site.on(
                "GET /compute/v2.1/servers/detail",
                _ -> Reply.json(401, Map.of("error", Map.of("message", "not you"))));
        try (Cloud cloud = Fixtures.open(site.url(), Map.of())) {
            assertThatThrownBy(cloud::list)
                    .isInstanceOf(CloudException.Unauthorised.class)
                    .hasMessage("not you");
            assertThat(site.logins()).isEqualTo(2);
            assertThat(site.linesTo("GET /compute/v2.1/servers/detail")).hasSize(2);
        }
    }

    @Test
    void a_token_is_renewed_before_it_ends_by_how_long_it_lives_whatever_the_clocks_say() {
        site.tokensLive(Duration.ofHours(1));
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2001-01-01T00:00:00Z"));
        try (Cloud cloud = Fixtures.open(site.url(), Map.of(), now::get)) {
            cloud.list();
            now.updateAndGet(before -> before.plus(Duration.ofMinutes(54)));
            cloud.list();
            assertThat(site.logins()).isEqualTo(1);
            now.updateAndGet(before -> before.plus(Duration.ofMinutes(2)));
            cloud.list();
            assertThat(site.logins()).isEqualTo(2);
        }
    }

    @Test
    void times_without_a_zone_are_utc_as_keystone_writes_the_end_of_an_application_credential() {
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-26T04:00:00Z"));
        site.tokensEnd("2026-11-26T04:00:00.000000Z", "2026-11-26T04:10:00.681778");
        try (Cloud cloud = Fixtures.open(site.url(), Map.of(), now::get)) {
            cloud.list();
            now.updateAndGet(before -> before.plus(Duration.ofMinutes(8)));
            cloud.list();
            assertThat(site.logins()).isEqualTo(1);
            now.updateAndGet(before -> before.plus(Duration.ofMinutes(2)));
            cloud.list();
            assertThat(site.logins()).isEqualTo(2);
        }
    }

    @Test
    void many_calls_at_once_log_in_once() throws Exception {
        try (Cloud cloud = Fixtures.open(site.url(), Map.of());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> calls = java.util.stream.IntStream.range(0, 20)
                    .mapToObj(_ -> threads.submit(cloud::list))
                    .toList();
            for (Future<?> call : calls) {
                call.get();
            }
            assertThat(site.logins()).isEqualTo(1);
        }
    }

    @Test
    void a_wrong_password_is_not_tried_again_for_a_while() {
        site.on(
                TOKENS,
                _ -> Reply.json(401, Map.of("error", Map.of("code", 401, "message", "Invalid user or password"))));
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
        try (Cloud cloud = Fixtures.open(site.url(), Map.of(), now::get)) {
            for (int attempt = 0; attempt < 3; attempt++) {
                assertThatThrownBy(cloud::list)
                        .isInstanceOf(CloudException.Unauthorised.class)
                        .hasMessageContaining("Invalid user or password");
            }
            assertThat(site.linesTo(TOKENS)).hasSize(1);
            now.updateAndGet(before -> before.plusSeconds(31));
            assertThatThrownBy(cloud::list).isInstanceOf(CloudException.Unauthorised.class);
            assertThat(site.linesTo(TOKENS)).hasSize(2);
        }
    }

    @Test
    void secrets_are_not_in_texts() {
        OpenStackSettings settings = Fixtures.parsed(Map.of());
        assertThat(settings.toString()).doesNotContain("open sesame");
        assertThat(settings.login().credentials().toString()).doesNotContain("open sesame");
        assertThat(new Session("tell-nobody", Instant.EPOCH, "p", new Catalogue(List.of())).toString())
                .doesNotContain("tell-nobody");
    }
}
