package hansa.drivers.ec2;

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
import hansa.cloud.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Machines that never share a host. */
final class HostAffinityTest {

    private static final HostGroup WEB = new HostGroup("web", Relation.APART);
    private static final String NAME = "hansa-apart-web";

    private final StubEndpoint server = Fixtures.serve();

    @AfterEach
    void stop() {
        server.close();
    }

    private static RemoteMachine create(Cloud cloud, String token) {
        return cloud.facet(HostAffinity.class).orElseThrow().create(Fixtures.order(token), WEB);
    }

    private List<String> groups() {
        return server.stub().groups.names();
    }

    private void waitUntilNoGroupIsLeft() {
        Awaitility.await("the group to be gone")
                .atMost(Duration.ofSeconds(20))
                .pollDelay(Duration.ZERO)
                .pollInterval(Fixtures.STEP)
                .until(() -> groups().isEmpty());
    }

    @Test
    void a_group_comes_with_its_first_machine_and_goes_with_its_last() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            RemoteMachine one = create(cloud, "one");
            assertThat(one.token()).contains(new Token("one"));
            assertThat(create(cloud, "one").id()).isEqualTo(one.id());
            RemoteId two = create(cloud, "two").id();
            assertThat(groups()).containsExactly(NAME);
            assertThat(server.stub().instances.all.values())
                    .extracting(StubInstance::group)
                    .containsExactly(NAME, NAME);
            cloud.delete(one.id());
            Awaitility.await("the first to be gone")
                    .until(() -> cloud.list().stream()
                            .noneMatch(machine -> machine.id().equals(one.id())));
            assertThat(groups()).containsExactly(NAME);
            cloud.delete(two);
            waitUntilNoGroupIsLeft();
        }
    }

    @Test
    void of_twenty_who_ask_at_once_seven_find_a_host() throws InterruptedException {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            List<Future<RemoteMachine>> asked = new ArrayList<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < 20; i++) {
                    String token = "m" + i;
                    asked.add(threads.submit(() -> create(cloud, token)));
                }
            }
            List<RemoteId> made = new ArrayList<>();
            for (Future<RemoteMachine> one : asked) {
                try {
                    made.add(one.get().id());
                } catch (ExecutionException e) {
                    assertThat(e.getCause())
                            .isInstanceOf(CloudException.NoCapacity.class)
                            .hasMessageContaining("seven");
                }
            }
            assertThat(made).hasSize(7);
            assertThat(groups()).containsExactly(NAME);
            made.forEach(cloud::delete);
            waitUntilNoGroupIsLeft();
        }
    }

    @Test
    void whoever_comes_while_the_last_one_goes_finds_a_group() throws Exception {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of());
                Cloud another = Fixtures.open(server.url(), Map.of());
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> asked = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int number = i;
                asked.add(threads.submit(() -> {
                    for (int round = 0; round < 5; round++) {
                        Cloud own = (number + round) % 2 == 0 ? cloud : another;
                        own.delete(create(own, "m" + number + "-" + round).id());
                    }
                }));
            }
            for (Future<?> one : asked) {
                one.get();
            }
            waitUntilNoGroupIsLeft();
            assertThat(server.stub().instances.launches()).isEqualTo(15);
        }
    }

    @Test
    void a_first_machine_that_finds_no_room_leaves_no_group() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            server.stub().refuseOnce("RunInstances", "InsufficientInstanceCapacity", "no unique hardware");
            assertThatThrownBy(() -> create(cloud, "one")).isInstanceOf(CloudException.NoCapacity.class);
            waitUntilNoGroupIsLeft();
        }
    }

    @Test
    void what_ec2_cannot_promise_is_refused_and_nothing_is_made() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            HostAffinity affinity = cloud.facet(HostAffinity.class).orElseThrow();
            assertThatThrownBy(() -> affinity.create(Fixtures.order("one"), new HostGroup("web", Relation.TOGETHER)))
                    .isInstanceOf(CloudException.InvalidRequest.class)
                    .hasMessageContaining("share a host");
            server.stub().groups.make(NAME, "cluster");
            assertThatThrownBy(() -> create(cloud, "one"))
                    .isInstanceOf(CloudException.InvalidRequest.class)
                    .hasMessageContaining("cluster");
            assertThat(server.stub().instances.launches()).isZero();
        }
    }

    @Test
    void a_group_whose_machines_went_behind_our_back_goes_at_the_next_start() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            RemoteId made = create(cloud, "one").id();
            Fixtures.waitFor(cloud, made, RemoteState.RUNNING);
            server.stub().instances.terminateBehindOurBack(made.value());
        }
        try (Cloud again = Fixtures.open(server.url(), Map.of())) {
            again.recover(Set.of(new Token("one")));
            waitUntilNoGroupIsLeft();
        }
    }

    @Test
    void an_endpoint_without_placement_groups_keeps_nobody_apart() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of("placement-groups", "false"))) {
            assertThat(cloud.facet(HostAffinity.class)).isEmpty();
            cloud.recover(Set.of());
            assertThat(server.calls()).doesNotContain("DescribePlacementGroups");
        }
        server.stub().refuseOnce("DescribePlacementGroups", "InvalidAction", "no such action");
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            assertThat(cloud.recover(Set.of()).missing()).isEmpty();
        }
    }
}
