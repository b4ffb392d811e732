package hansa.drivers.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.Adoption;
import hansa.cloud.BootContext;
import hansa.cloud.Bytes;
import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.cloud.Size;
import hansa.cloud.Token;
import hansa.cloud.UsageHistory;
import hansa.drivers.openstack.FakeSite.Reply;
import hansa.drivers.openstack.FakeSite.Request;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class MachinesTest {

    private static final String SERVERS = "GET /compute/v2.1/servers/detail";
    private static final String CREATE = "POST /compute/v2.1/servers";

    private final FakeSite site = new FakeSite();

    @AfterEach
    void stop() {
        site.close();
    }

    private void threeMachines() {
        site.list(
                "/compute/v2.1/servers/detail",
                "servers",
                Fixtures.server("a", "t-a", "ACTIVE"),
                Fixtures.server("bb", "", "ACTIVE"),
                Fixtures.server("ccc", "t-c", "SHUTOFF"),
                Fixtures.server("dddd", "t-d", "DELETED"));
        site.list(
                "/network/v2.0/ports",
                "ports",
                port("port-a", "a", "fa:16:3e:00:00:01"),
                port("port-c", "ccc", "fa:16:3e:00:00:03"));
        site.list(
                "/network/v2.0/subnets",
                "subnets",
                Map.of("id", "sub-1", "network_id", "net-1", "cidr", "10.0.0.0/24", "gateway_ip", "10.0.0.254"));
    }

    private static Map<String, Object> port(String id, String machine, String mac) {
        return Map.of(
                "id",
                id,
                "device_id",
                machine,
                "mac_address",
                mac,
                "network_id",
                "net-1",
                "description",
                "",
                "fixed_ips",
                List.of(Map.of("subnet_id", "sub-1", "ip_address", "10.0.0.1")));
    }

    @Test
    void machines_are_listed_in_one_chain_of_pages_and_interfaces_are_asked_for_when_they_are_new() {
        threeMachines();
        try (Cloud cloud = Fixtures.open(site.url(), Map.of("page", "2"))) {
            List<RemoteMachine> machines = cloud.list();
            assertThat(machines).extracting(machine -> machine.id().value()).containsExactly("a", "ccc");
            assertThat(machines)
                    .extracting(RemoteMachine::state)
                    .containsExactly(RemoteState.RUNNING, RemoteState.STOPPED);
            assertThat(machines.getFirst().size()).isEqualTo(new Size(2, 512, 10));
            assertThat(machines.getFirst().created()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z"));
            assertThat(machines.getFirst().nics()).singleElement().satisfies(nic -> {
                assertThat(nic.id().value()).isEqualTo("port-a");
                assertThat(nic.network().value()).isEqualTo("net-1");
                assertThat(nic.gateway()).contains("10.0.0.254");
                assertThat(nic.addresses()).containsExactly("10.0.0.1");
            });
            assertThat(site.linesTo(SERVERS)).containsExactly(SERVERS + "?limit=2", SERVERS + "?limit=2&marker=bb");

            site.forgetRequests();
            assertThat(cloud.list()).isEqualTo(machines);
            assertThat(site.requests()).extracting(Request::path).containsOnly("/compute/v2.1/servers/detail");
        }
    }

    @Test
    void versions_up_to_the_one_that_the_driver_knows_are_spoken() {
        try (Cloud cloud = Fixtures.open(site.url(), Map.of())) {
            cloud.list();
            assertThat(site.requests().getLast().headers()).containsEntry("openstack-api-version", "compute 2.90");
        }
    }

    @Test
    void an_older_nova_is_spoken_to_in_its_own_version_and_one_without_versions_in_none() {
        site.on(
                "GET /compute/v2.1/",
                _ -> Reply.ok(Map.of("version", Map.of("id", "v2.1", "version", "2.38", "min_version", "2.1"))));
        try (Cloud cloud = Fixtures.open(site.url(), Map.of())) {
            cloud.findByToken(new Token("t-1"));
            assertThat(site.requests().getLast().headers()).containsEntry("openstack-api-version", "compute 2.38");
            assertThat(site.requests().getLast().query()).doesNotContain("tags");
        }
        site.on("GET /compute/v2.1/", _ -> Reply.text(404, ""));
        try (Cloud cloud = Fixtures.open(site.url(), Map.of())) {
            cloud.list();
            assertThat(site.requests().getLast().headers()).doesNotContainKey("openstack-api-version");
        }
    }

    private JsonNode created(Cloud cloud, String token, BootContext context) {
        site.on(CREATE, _ -> Reply.json(202, Map.of("server", Map.of("id", "new"))));
        site.on(
                "GET /compute/v2.1/servers/new",
                _ -> Reply.ok(Map.of("server", Fixtures.server("new", token, "BUILD"))));
        RemoteMachine made = cloud.create(Fixtures.order(token, context));
        assertThat(made.state()).isEqualTo(RemoteState.BUILDING);
        return site.requests().stream()
                .filter(request -> (request.method() + " " + request.path()).equals(CREATE))
                .toList()
                .getLast()
                .json()
                .path("server");
    }

    @Test
    void an_order_leaves_its_token_in_the_call_that_creates() {
        try (Cloud cloud = Fixtures.open(site.url(), Map.of())) {
            BootContext context =
                    new BootContext(Optional.of("node7"), Optional.of(Bytes.utf8("#!/bin/sh\n")), List.of());
            JsonNode server = created(cloud, "t-1", context);
            assertThat(server.path("metadata").path("hansa-token").asString()).isEqualTo("t-1");
            assertThat(server.path("tags").path(0).asString()).isEqualTo("hansa.t-1");
            assertThat(server.path("networks").path(0).path("uuid").asString()).isEqualTo("net-1");
            assertThat(server.path("security_groups").path(0).path("name").asString())
                    .isEqualTo("group-1");
            assertThat(server.path("hostname").asString()).isEqualTo("node7");
            assertThat(server.path("config_drive").asBoolean()).isTrue();
            assertThat(new String(
                            Base64.getDecoder().decode(server.path("user_data").asString()), StandardCharsets.UTF_8))
                    .isEqualTo("#!/bin/sh\n");
            assertThat(server.has("key_name")).isFalse();
        }
    }

    @Test
    void a_key_pair_is_made_once_and_again_when_somebody_deleted_it() {
        site.on(
                "POST /compute/v2.1/os-keypairs",
                _ -> Reply.json(409, Map.of("conflictingRequest", Map.of("message", "there"))));
        BootContext context = new BootContext(Optional.empty(), Optional.empty(), List.of("ssh-ed25519 AAAA one"));
        try (Cloud cloud = Fixtures.open(site.url(), Map.of())) {
            String name = created(cloud, "t-1", context).path("key_name").asString();
            assertThat(name).matches("hansa-[0-9a-f]{32}");
            assertThat(created(cloud, "t-2", context).path("key_name").asString())
                    .isEqualTo(name);
            assertThat(site.linesTo("POST /compute/v2.1/os-keypairs")).hasSize(1);

            site.forgetRequests();
            site.on(
                    CREATE,
                    request -> site.linesTo(CREATE).size() == 1
                            ? Reply.json(400, Map.of("badRequest", Map.of("message", "Invalid key_name provided.")))
                            : Reply.json(202, Map.of("server", Map.of("id", "new"))));
            cloud.create(Fixtures.order("t-3", context));
            assertThat(site.linesTo("POST /compute/v2.1/os-keypairs")).hasSize(1);
            assertThat(site.linesTo(CREATE)).hasSize(2);
        }
    }

    @Test
    void where_several_networks_could_be_meant_their_names_are_told() {
        site.list(
                "/network/v2.0/networks",
                "networks",
                Map.of("id", "n1", "name", "red", "subnets", List.of()),
                Map.of("id", "n2", "name", "blue", "subnets", List.of()),
                Map.of("id", "n3", "name", "ours", "subnets", List.of(), "description", "hansa:t-9"),
                Map.of("id", "n4", "name", "world", "subnets", List.of(), "router:external", true));
        try (Cloud cloud = Fixtures.open(site.url(), Map.of())) {
            assertThatThrownBy(() -> cloud.create(Fixtures.order("t-1")))
                    .isInstanceOf(CloudException.InvalidRequest.class)
                    .hasMessageContaining("red (n1), blue (n2)")
                    .hasMessageNotContaining("ours")
                    .hasMessageNotContaining("world");
        }
    }

    @Test
    void machines_of_others_are_adopted_and_released_and_never_deleted() {
        threeMachines();
        site.on("GET /compute/v2.1/servers/bb", _ -> Reply.ok(Map.of("server", Fixtures.server("bb", "", "ACTIVE"))));
        site.on("PUT /compute/v2.1/servers/bb/tags/hansa.t-b", _ -> Reply.text(201, ""));
        site.on("POST /compute/v2.1/servers/bb/metadata", _ -> Reply.ok(Map.of("metadata", Map.of())));
        try (Cloud cloud = Fixtures.open(site.url(), Map.of())) {
            Adoption adoption = cloud.facet(Adoption.class).orElseThrow();
            assertThat(adoption.others())
                    .extracting(machine -> machine.id().value())
                    .containsExactly("bb");
            assertThatThrownBy(() -> cloud.delete(new RemoteId("bb"))).isInstanceOf(CloudException.Conflict.class);
            adoption.adopt(new RemoteId("bb"), new Token("t-b"));
            assertThat(site.linesTo("POST /compute/v2.1/servers/bb/metadata")).hasSize(1);
            assertThat(site.requests()).noneMatch(request -> request.method().equals("DELETE"));
        }
    }

    @Test
    void the_books_tell_of_our_machines_and_of_those_that_are_gone() {
        threeMachines();
        site.on(
                "GET /compute/v2.1/os-simple-tenant-usage/" + FakeSite.PROJECT,
                _ -> Reply.ok(Map.of(
                        "tenant_usage",
                        Map.of(
                                "server_usages",
                                List.of(
                                        usage("a", "2026-01-01T00:00:00.000000", ""),
                                        usage("bb", "2026-01-01T00:00:00.000000", ""),
                                        usage("gone", "2026-01-02T00:00:00.000000", "2026-01-02T06:00:00.000000"),
                                        usage("late", "2026-02-01T00:00:00.000000", ""))))));
        try (Cloud cloud = Fixtures.open(site.url(), Map.of())) {
            var usage = cloud.facet(UsageHistory.class)
                    .orElseThrow()
                    .usage(Instant.parse("2026-01-01T12:00:00Z"), Instant.parse("2026-01-31T00:00:00Z"));
            assertThat(usage).extracting(one -> one.machine().value()).containsExactly("a", "gone");
            assertThat(usage.getFirst().token()).contains(new Token("t-a"));
            assertThat(usage.getFirst().ended()).isEmpty();
            assertThat(usage.getLast().began()).isEqualTo(Instant.parse("2026-01-02T00:00:00Z"));
            assertThat(usage.getLast().ended()).contains(Instant.parse("2026-01-02T06:00:00Z"));
            assertThat(site.requests().getLast().query())
                    .contains("start=2026-01-01T12:00:00", "end=2026-01-31T00:00:01");
        }
    }

    private static Map<String, Object> usage(String id, String began, String ended) {
        return Map.of(
                "instance_id",
                id,
                "name",
                id,
                "vcpus",
                1,
                "memory_mb",
                128,
                "local_gb",
                1,
                "started_at",
                began,
                "ended_at",
                ended);
    }

    @Test
    void what_got_another_size_is_confirmed_when_it_is_seen() {
        site.list("/compute/v2.1/servers/detail", "servers", Fixtures.server("a", "t-a", "VERIFY_RESIZE"));
        site.on("POST /compute/v2.1/servers/a/action", _ -> Reply.text(204, ""));
        try (Cloud cloud = Fixtures.open(site.url(), Map.of())) {
            assertThat(cloud.list())
                    .singleElement()
                    .satisfies(machine -> assertThat(machine.state()).isEqualTo(RemoteState.BUSY));
            org.awaitility.Awaitility.await()
                    .untilAsserted(() -> assertThat(site.requests())
                            .anySatisfy(request -> assertThat(request.json().has("confirmResize"))
                                    .isTrue()));
            cloud.list();
            cloud.list();
            assertThat(site.linesTo("POST /compute/v2.1/servers/a/action"))
                    .as("once, although Nova shows it waiting for a while")
                    .hasSize(1);
        }
    }
}
