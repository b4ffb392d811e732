package hansa.drivers.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.HostAffinity;
import hansa.cloud.HostGroup;
import hansa.cloud.HostGroup.Relation;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.drivers.openstack.FakeSite.Reply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Machines of a group are members of one server group, which lives as long as they do. */
final class AffinityTest {

    private static final String GROUPS = "/compute/v2.1/os-server-groups";
    private static final HostGroup APART = new HostGroup("web", Relation.APART);

    private final FakeSite site = new FakeSite().stocked();

    @AfterEach
    void stop() {
        site.close();
    }

    private Cloud open() {
        return Fixtures.open(site.url(), Map.of("network", "lan"));
    }

    private static RemoteMachine create(Cloud cloud, String token, HostGroup group) {
        return cloud.facet(HostAffinity.class).orElseThrow().create(Fixtures.order(token), group);
    }

    private List<String> made() {
        return site.linesTo("POST " + GROUPS);
    }

    private List<String> deleted() {
        return site.requests().stream()
                .map(FakeSite.Request::line)
                .filter(line -> line.startsWith("DELETE " + GROUPS))
                .toList();
    }

    @Test
    void a_group_is_made_with_its_first_machine_and_deleted_with_its_last() {
        try (Cloud cloud = open()) {
            RemoteId first = create(cloud, "t-1", APART).id();
            RemoteId second = create(cloud, "t-2", APART).id();
            assertThat(create(cloud, "t-2", APART).id()).isEqualTo(second);
            assertThat(made()).hasSize(1);
            assertThat(site.requests().stream()
                            .filter(request -> request.line().equals("POST " + GROUPS))
                            .map(FakeSite.Request::json))
                    .containsExactly(Answer.MAPPER.readTree(
                            "{\"server_group\":{\"name\":\"hansa-web\",\"policy\":\"anti-affinity\"}}"));
            cloud.delete(first);
            assertThat(deleted()).isEmpty();
            cloud.delete(second);
            assertThat(deleted()).hasSize(1);
            create(cloud, "t-3", APART);
            assertThat(made()).hasSize(2);
        }
    }

    @Test
    void machines_that_are_ordered_at_the_same_time_join_one_group() throws Exception {
        try (Cloud cloud = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            HostGroup together = new HostGroup("pair", Relation.TOGETHER);
            List<Future<RemoteMachine>> machines = IntStream.range(0, 8)
                    .mapToObj(number -> threads.submit(() -> create(cloud, "t-" + number, together)))
                    .toList();
            for (Future<RemoteMachine> machine : machines) {
                assertThat(machine.get().state()).isEqualTo(RemoteState.RUNNING);
            }
            assertThat(made()).hasSize(1);
        }
    }

    @Test
    void a_machine_for_which_no_host_is_left_fails_with_what_nova_says_and_takes_the_group_with_it() {
        try (Cloud cloud = open()) {
            create(cloud, "t-1", APART);
            create(cloud, "t-2", APART);
            RemoteMachine third = create(cloud, "t-3", APART);
            assertThat(third.state()).isEqualTo(RemoteState.FAILED);
            assertThat(third.message()).startsWith("the cloud has no room: No valid host was found.");
            cloud.list().forEach(machine -> cloud.delete(machine.id()));
            assertThat(deleted()).hasSize(1);
        }
    }

    @Test
    void another_relation_is_refused_while_the_group_has_machines_and_taken_when_it_has_none() {
        HostGroup together = new HostGroup("web", Relation.TOGETHER);
        try (Cloud cloud = open()) {
            RemoteId only = create(cloud, "t-1", APART).id();
            assertThatThrownBy(() -> create(cloud, "t-2", together))
                    .isInstanceOf(CloudException.InvalidRequest.class)
                    .hasMessageContaining("'web'")
                    .hasMessageContaining("anti-affinity");
            cloud.delete(only);
            assertThat(create(cloud, "t-2", together).state()).isEqualTo(RemoteState.RUNNING);
        }
    }

    @Test
    void where_the_quota_is_full_groups_whose_machines_vanished_make_room() {
        try (Cloud cloud = open()) {
            for (String name : List.of("a", "b", "c")) {
                create(cloud, "t-" + name, new HostGroup(name, Relation.APART));
            }
            assertThatThrownBy(() -> create(cloud, "t-d", new HostGroup("d", Relation.APART)))
                    .isInstanceOf(CloudException.QuotaExceeded.class)
                    .hasMessage("Quota exceeded, too many server groups.");
            assertThat(deleted()).isEmpty();
            site.deleteBehindOurBack("/compute/v2.1/servers/server-0002");
            assertThat(create(cloud, "t-d", new HostGroup("d", Relation.APART)).state())
                    .isEqualTo(RemoteState.RUNNING);
            assertThat(deleted()).containsExactly("DELETE " + GROUPS + "/server_group-0002");
        }
    }

    @Test
    void a_group_that_another_node_deleted_in_between_is_made_again() {
        site.on(
                "GET " + GROUPS,
                _ -> Reply.ok(Map.of(
                        "server_groups",
                        made().isEmpty()
                                ? List.of(Map.of(
                                        "id",
                                        "gone",
                                        "name",
                                        "hansa-web",
                                        "policy",
                                        "anti-affinity",
                                        "members",
                                        List.of()))
                                : List.of())));
        try (Cloud cloud = open()) {
            site.on("POST /compute/v2.1/servers", request -> {
                boolean gone = request.json()
                        .path("os:scheduler_hints")
                        .path("group")
                        .asString("")
                        .equals("gone");
                if (gone) {
                    site.on("GET " + GROUPS, _ -> Reply.ok(Map.of("server_groups", List.of())));
                    return Reply.json(
                            400, Map.of("badRequest", Map.of("message", "Instance group gone could not be found.")));
                }
                return Reply.json(202, Map.of("server", Map.of("id", "new")));
            });
            site.on(
                    "GET /compute/v2.1/servers/new",
                    _ -> Reply.ok(Map.of("server", Fixtures.server("new", "t-1", "BUILD"))));
            assertThat(create(cloud, "t-1", APART).id()).isEqualTo(new RemoteId("new"));
            assertThat(made()).hasSize(1);
        }
    }

    @Test
    void an_order_that_is_refused_leaves_no_group() {
        site.on(
                "POST /compute/v2.1/servers",
                _ -> Reply.json(403, Map.of("forbidden", Map.of("message", "Quota exceeded for instances: 1 of 1"))));
        try (Cloud cloud = open()) {
            assertThatThrownBy(() -> create(cloud, "t-1", APART)).isInstanceOf(CloudException.QuotaExceeded.class);
            assertThat(deleted()).hasSize(1);
        }
    }

    @Test
    void an_older_nova_is_told_a_list_of_policies() {
        site.on(
                "GET /compute/v2.1/",
                _ -> Reply.ok(Map.of("version", Map.of("id", "v2.1", "version", "2.60", "min_version", "2.1"))));
        site.on(
                "POST " + GROUPS,
                _ -> Reply.ok(Map.of(
                        "server_group",
                        Map.of(
                                "id",
                                "g-1",
                                "name",
                                "hansa-web",
                                "policies",
                                List.of("anti-affinity"),
                                "members",
                                List.of()))));
        site.on("GET " + GROUPS, _ -> Reply.ok(Map.of("server_groups", List.of())));
        site.on("POST /compute/v2.1/servers", _ -> Reply.json(202, Map.of("server", Map.of("id", "new"))));
        site.on(
                "GET /compute/v2.1/servers/new",
                _ -> Reply.ok(Map.of("server", Fixtures.server("new", "t-1", "BUILD"))));
        try (Cloud cloud = open()) {
            create(cloud, "t-1", APART);
            assertThat(site.requests().stream()
                            .filter(request -> request.line().equals("POST " + GROUPS))
                            .map(FakeSite.Request::json))
                    .containsExactly(Answer.MAPPER.readTree(
                            "{\"server_group\":{\"name\":\"hansa-web\",\"policies\":[\"anti-affinity\"]}}"));
        }
    }
}
