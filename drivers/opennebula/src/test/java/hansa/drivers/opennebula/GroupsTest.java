package hansa.drivers.opennebula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.HostAffinity;
import hansa.cloud.HostGroup;
import hansa.cloud.HostGroup.Relation;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class GroupsTest {

    private static final HostGroup APART = new HostGroup("web", Relation.APART);
    private static final HostGroup TOGETHER = new HostGroup("web", Relation.TOGETHER);

    private final Oned oned = new Oned(Fixtures.STEP, "7.4.0");
    private final OnedServer server = new OnedServer(oned);
    private final Cloud cloud = open();

    private Cloud open() {
        return Fixtures.open(server.url(), Map.of("host-limit", "300ms"));
    }

    @AfterEach
    void stop() {
        cloud.close();
        server.close();
    }

    private static RemoteMachine create(Cloud at, String token, HostGroup group) {
        return at.facet(HostAffinity.class).orElseThrow().create(Fixtures.order(token), group);
    }

    private RemoteMachine running(String token, HostGroup group) {
        RemoteId id = create(cloud, token, group).id();
        return await().until(() -> cloud.read(id), machine -> machine.state() == RemoteState.RUNNING);
    }

    private int host(RemoteMachine machine) {
        AtomicReference<Integer> host = new AtomicReference<>(-1);
        oned.meddle(Integer.parseInt(machine.id().value()), there -> host.set(there.host));
        return host.get();
    }

    private void endOf(RemoteMachine machine) {
        cloud.delete(machine.id());
        await().until(() -> cloud.list().stream().noneMatch(one -> one.id().equals(machine.id())));
    }

    @Test
    void machines_that_are_to_be_apart_are_and_their_group_ends_with_the_last() {
        RemoteMachine first = running("a", APART);
        RemoteMachine second = running("b", APART);
        assertThat(host(first)).isNotEqualTo(host(second));
        assertThat(oned.groups().size()).isEqualTo(1);
        endOf(first);
        assertThat(oned.groups().size()).isEqualTo(1);
        endOf(second);
        await().until(() -> oned.groups().size() == 0);
    }

    @Test
    void machines_that_are_to_share_a_host_do() {
        List<RemoteMachine> all = List.of(running("a", TOGETHER), running("b", TOGETHER), running("c", TOGETHER));
        assertThat(all).extracting(this::host).containsOnly(host(all.getFirst()));
        assertThat(create(cloud, "b", TOGETHER).id()).isEqualTo(all.get(1).id());
        assertThat(cloud.list()).hasSize(3);
    }

    @Test
    void a_machine_that_no_host_is_left_for_fails_when_the_scheduler_has_looked_long_enough() {
        oned.groups().hosts(1);
        running("a", APART);
        RemoteMachine second = create(cloud, "b", APART);
        assertThat(second.state()).isEqualTo(RemoteState.BUILDING);
        RemoteMachine failed =
                await().until(() -> cloud.read(second.id()), machine -> machine.state() == RemoteState.FAILED);
        assertThat(failed.message()).contains("No host meets SCHED_REQUIREMENTS");
        oned.groups().hosts(2);
        await().until(() -> cloud.read(second.id()).state() == RemoteState.RUNNING);
        endOf(second);
    }

    @Test
    void a_group_has_one_relation_until_its_last_machine_is_gone() {
        RemoteMachine machine = running("a", APART);
        assertThatThrownBy(() -> create(cloud, "b", TOGETHER))
                .isInstanceOf(CloudException.InvalidRequest.class)
                .hasMessageContaining("the machines of the group web never share a host");
        endOf(machine);
        running("c", TOGETHER);
        assertThatThrownBy(() -> create(cloud, "d", APART)).isInstanceOf(CloudException.InvalidRequest.class);
    }

    @Test
    void orders_at_the_same_moment_from_two_nodes_make_one_group() throws Exception {
        oned.groups().hosts(20);
        try (Cloud other = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<RemoteMachine>> orders = IntStream.range(0, 12)
                    .<Callable<RemoteMachine>>mapToObj(i -> () -> create(i % 2 == 0 ? cloud : other, "m" + i, APART))
                    .toList();
            for (Future<RemoteMachine> order : threads.invokeAll(orders)) {
                RemoteId id = order.get().id();
                await().until(() -> cloud.read(id).state() == RemoteState.RUNNING);
            }
        }
        assertThat(cloud.list()).extracting(this::host).doesNotHaveDuplicates().hasSize(12);
        assertThat(oned.groups().size()).isEqualTo(1);
    }

    /** The other one's last machine goes, and its group with it, while machines of ours come. */
    @Test
    void a_machine_is_never_left_without_its_group_while_another_node_takes_it_away() throws Exception {
        oned.groups().hosts(1000);
        try (Cloud other = open();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 10; round++) {
                RemoteMachine last = create(other, "last" + round, APART);
                other.delete(last.id());
                String token = "next" + round;
                Future<RemoteMachine> next = threads.submit(() -> create(cloud, token, APART));
                RemoteId id = next.get().id();
                await().until(() -> cloud.read(id).state() == RemoteState.RUNNING);
                assertThat(oned.groups().size()).as("round %d", round).isEqualTo(1);
                endOf(cloud.read(id));
                await().until(() -> oned.groups().size() == 0);
            }
        }
    }

    @Test
    void what_a_stopped_node_left_behind_is_taken_away_when_next_a_group_is_needed() {
        RemoteMachine machine = running("a", APART);
        try (Cloud before = open()) {
            // It never saw the machine, so that it does not know of its group.
            before.delete(machine.id());
        }
        await().until(() -> cloud.list().isEmpty());
        assertThat(oned.groups().size()).isEqualTo(1);
        try (Cloud after = open()) {
            create(after, "b", new HostGroup("db", Relation.TOGETHER));
            await().until(() -> oned.groups().size() == 1);
        }
    }

    @Test
    void older_versions_delete_groups_without_taking_their_role_away_first() {
        oned.calls.remove("one.vmgroup.roledelete");
        RemoteMachine first = running("a", APART);
        RemoteMachine second = running("b", APART);
        endOf(first);
        assertThat(host(second)).isNotNegative();
        assertThat(oned.groups().size()).isEqualTo(1);
        endOf(second);
        await().until(() -> oned.groups().size() == 0);
    }

    @Test
    void versions_without_groups_keep_no_relation() {
        oned.calls.remove("one.vmgrouppool.info");
        assertThatThrownBy(() -> create(cloud, "a", APART)).isInstanceOf(CloudException.InvalidRequest.class);
        assertThat(cloud.list()).isEmpty();
    }
}
