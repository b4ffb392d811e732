package hansa.drivers.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.VolumeCopies;
import hansa.cloud.Volumes;
import hansa.drivers.openstack.FakeSite.Reply;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TroubleTest {

    private final FakeSite site = new FakeSite();

    @AfterEach
    void stop() {
        site.close();
    }

    private static Answer answer(int status, Map<String, List<String>> headers, String content) {
        return new Answer(status, HttpHeaders.of(headers, (_, _) -> true), content.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            403 | {"forbidden":{"code":403,"message":"Quota exceeded for instances: Requested 1, but already used 10 of 10 instances"}} | QuotaExceeded | Quota exceeded for instances: Requested 1, but already used 10 of 10 instances
            403 | {"forbidden":{"code":403,"message":"Policy doesn't allow os_compute_api:servers:create to be performed."}} | Unauthorised | Policy doesn't allow os_compute_api:servers:create to be performed.
            409 | {"NeutronError":{"type":"OverQuota","message":"Quota exceeded for resources: ['floatingip'].","detail":""}} | QuotaExceeded | Quota exceeded for resources: ['floatingip'].
            409 | {"NeutronError":{"type":"IpAddressGenerationFailure","message":"No more IP addresses available on network x.","detail":""}} | NoCapacity | No more IP addresses available on network x.
            409 | {"conflictingRequest":{"code":409,"message":"Cannot 'os-stop' instance x while it is in vm_state stopped"}} | Conflict | Cannot 'os-stop' instance x while it is in vm_state stopped
            413 | {"overLimit":{"code":413,"message":"VolumeLimitExceeded: Maximum number of volumes allowed (10) exceeded for quota 'volumes'."}} | QuotaExceeded | VolumeLimitExceeded: Maximum number of volumes allowed (10) exceeded for quota 'volumes'.
            400 | {"badRequest":{"code":400,"message":"Flavor 7 could not be found."}} | NotFound | Flavor 7 could not be found.
            400 | {"badRequest":{"code":400,"message":"Invalid volume: Volume status must be available or error."}} | Conflict | Invalid volume: Volume status must be available or error.
            400 | {"badRequest":{"code":400,"message":"Invalid input for field/attribute name."}} | InvalidRequest | Invalid input for field/attribute name.
            404 | {"itemNotFound":{"code":404,"message":"Instance x could not be found."}} | NotFound | Instance x could not be found.
            404 | <html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1>No image found with ID x<br /></body></html> | NotFound | 404 Not Found No image found with ID x
            401 | {"error":{"code":401,"message":"The request you have made requires authentication.","title":"Unauthorized"}} | Unauthorised | The request you have made requires authentication.
            400 | {"errors":[{"status":400,"title":"Bad Request","detail":"No such resource class"}]} | InvalidRequest | No such resource class
            503 | Service Unavailable | Unavailable | Service Unavailable
            500 | {"computeFault":{"code":500,"message":"Unexpected API Error."}} | Unavailable | Unexpected API Error.
            302 | moved | Unavailable | moved
            """)
    void refusals_are_told_apart_by_status_and_words(int status, String content, String kind, String text) {
        CloudException refusal = Refusals.of("GET /x", answer(status, Map.of(), content));
        assertThat(refusal.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(refusal.text()).isEqualTo(text);
    }

    @Test
    void what_is_wrong_with_an_access_token_is_said_in_a_header() {
        CloudException refusal = Refusals.of(
                "POST /x",
                answer(
                        401,
                        Map.of(
                                "WWW-Authenticate",
                                List.of(
                                        "Bearer error=\"invalid_token\", error_description=\"JWT token could not be validated\"")),
                        "<html><body><h1>Unauthorized</h1><p>Try again.</p></body></html>"));
        assertThat(refusal).isInstanceOf(CloudException.Unauthorised.class);
        assertThat(refusal.text()).isEqualTo("JWT token could not be validated");
    }

    @Test
    void how_long_to_wait_and_which_request_it_was_are_kept() {
        CloudException refusal = Refusals.of(
                "GET /x",
                answer(
                        429,
                        Map.of(
                                "Retry-After", List.of("7"),
                                "X-Openstack-Request-Id", List.of("req-0a1b")),
                        "{\"overLimit\":{\"code\":429,\"message\":\"slow down\"}}"));
        assertThat(refusal).isInstanceOfSatisfying(CloudException.Unavailable.class, unavailable -> {
            assertThat(unavailable.retryAfter()).contains(Duration.ofSeconds(7));
            assertThat(unavailable.text()).isEqualTo("slow down (req-0a1b)");
        });
    }

    @Test
    void what_is_no_answer_of_nova_is_unavailable() {
        String servers = "GET /compute/v2.1/servers/detail";
        try (Cloud cloud = Fixtures.open(site.url(), Map.of())) {
            for (Reply reply : List.of(
                    Reply.text(200, "<html>It works!</html>"),
                    Reply.text(200, ""),
                    Reply.ok(List.of(1, 2)),
                    Reply.ok(Map.of("machines", List.of())),
                    Reply.ok(Map.of("servers", List.of(Map.of("name", "without an id")))),
                    Reply.cut())) {
                site.on(servers, _ -> reply);
                assertThatThrownBy(cloud::list).isInstanceOf(CloudException.Unavailable.class);
            }
        }
    }

    @Test
    void a_list_that_goes_round_in_circles_ends() {
        site.on(
                "GET /compute/v2.1/servers/detail",
                _ -> Reply.ok(Map.of(
                        "servers", List.of(Fixtures.server("a", "t-a", "ACTIVE")),
                        "servers_links", List.of(Map.of("rel", "next", "href", "x")))));
        try (Cloud cloud = Fixtures.open(site.url(), Map.of())) {
            assertThatThrownBy(cloud::list)
                    .isInstanceOf(CloudException.Unavailable.class)
                    .hasMessageContaining("has no end");
            assertThat(site.linesTo("GET /compute/v2.1/servers/detail")).hasSize(2);
        }
    }

    @Test
    void a_cloud_without_cinder_has_no_volumes() {
        try (Cloud with = Fixtures.open(site.url(), Map.of());
                Cloud unwanted = Fixtures.open(site.url(), Map.of("volumes", "none"))) {
            assertThat(with.facet(Volumes.class)).isPresent();
            assertThat(with.facet(VolumeCopies.class)).isPresent();
            assertThat(unwanted.facet(Volumes.class)).isEmpty();
        }
        site.without("volumev3");
        try (Cloud without = Fixtures.open(site.url(), Map.of())) {
            assertThat(without.facet(Volumes.class)).isEmpty();
            assertThat(without.facet(VolumeCopies.class)).isEmpty();
        }
    }

    @Test
    void ids_that_are_paths_reach_nobody() {
        try (Cloud cloud = Fixtures.open(site.url(), Map.of())) {
            cloud.list();
            site.forgetRequests();
            for (String id : List.of("../../identity/v3/users", "a/b", "a?b=c", "%2e%2e")) {
                assertThatThrownBy(() -> cloud.read(new RemoteId(id))).isInstanceOf(CloudException.NotFound.class);
                assertThatThrownBy(() -> cloud.power(new RemoteId(id), PowerAction.START))
                        .isInstanceOf(CloudException.NotFound.class);
            }
            assertThat(site.requests()).isEmpty();
        }
    }

    @Test
    void a_machine_for_which_there_was_no_room_says_so() {
        Map<String, Object> server = Fixtures.server("a", "t-a", "ERROR");
        server.put(
                "fault",
                Map.of("code", 500, "message", "No valid host was found. There are not enough hosts available."));
        site.list("/compute/v2.1/servers/detail", "servers", server);
        try (Cloud cloud = Fixtures.open(site.url(), Map.of())) {
            assertThat(cloud.list().getFirst().message())
                    .isEqualTo("the cloud has no room: No valid host was found. There are not enough hosts available.");
        }
    }
}
