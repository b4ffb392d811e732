package hansa.cloud.kit;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.BootContext;
import hansa.cloud.CloudException;
import hansa.cloud.HostAffinity;
import hansa.cloud.HostGroup;
import hansa.cloud.HostGroup.Relation;
import hansa.cloud.MachineOrder;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.cloud.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/**
 * What clouds must do with machines that want to share a host, or never to. A cloud that keeps one of the two relations
 * only says so by {@link Behaviour#KEEPS_TOGETHER} and {@link Behaviour#KEEPS_APART}.
 */
public interface HostAffinityConformance extends Conformance {

    private HostGroup newGroup(Relation relation) {
        return new HostGroup("kit-" + UUID.randomUUID(), relation);
    }

    private boolean keeps(Relation relation) {
        return subject()
                .does(
                        switch (relation) {
                            case TOGETHER -> Behaviour.KEEPS_TOGETHER;
                            case APART -> Behaviour.KEEPS_APART;
                        });
    }

    private List<Relation> kept() {
        return Arrays.stream(Relation.values()).filter(this::keeps).toList();
    }

    private RemoteId make(HostAffinity affinity, HostGroup group) {
        return affinity.create(subject().order(subject().newToken()), group).id();
    }

    private List<RemoteId> makeAtOnce(HostAffinity affinity, HostGroup group, int number) {
        List<Callable<RemoteId>> orders = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            MachineOrder order = subject().order(subject().newToken());
            orders.add(() -> affinity.create(order, group).id());
        }
        List<RemoteId> machines = AtOnce.call(orders);
        machines.forEach(machine -> subject().waitFor(machine, RemoteState.RUNNING));
        return machines;
    }

    private List<String> hosts(List<RemoteId> machines) {
        return machines.stream()
                .map(machine -> subject().hostOf(machine))
                .flatMap(Optional::stream)
                .toList();
    }

    private void assertOn(Relation relation, List<RemoteId> machines) {
        List<String> hosts = hosts(machines);
        switch (relation) {
            case APART -> assertThat(hosts).doesNotHaveDuplicates();
            case TOGETHER -> assertThat(hosts.stream().distinct()).hasSizeLessThanOrEqualTo(1);
        }
    }

    private void remove(List<RemoteId> machines) {
        machines.forEach(machine -> subject().cloud().delete(machine));
        machines.forEach(subject()::waitUntilGone);
    }

    private void assertNothing(Token token) {
        assertThat(subject().cloud().findByToken(token)).isEmpty();
        assertThat(subject().cloud().list()).extracting(RemoteMachine::token).doesNotContain(Optional.of(token));
    }

    @Test
    default void machines_that_are_apart_have_a_host_each_until_none_is_left() {
        subject().with(HostAffinity.class, affinity -> {
            if (!keeps(Relation.APART)) {
                return;
            }
            HostGroup group = newGroup(Relation.APART);
            List<RemoteId> machines = new ArrayList<>();
            for (int i = 0; i < subject().hosts(); i++) {
                RemoteId machine = make(affinity, group);
                subject().waitFor(machine, RemoteState.RUNNING);
                machines.add(machine);
            }
            assertOn(Relation.APART, machines);
            assertNoHostIsLeft(affinity, group);

            remove(List.of(machines.removeFirst()));
            RemoteId next = make(affinity, group);
            subject().waitFor(next, RemoteState.RUNNING);
            machines.add(next);
            assertOn(Relation.APART, machines);
            remove(machines);
        });
    }

    private void assertNoHostIsLeft(HostAffinity affinity, HostGroup group) {
        Token token = subject().newToken();
        MachineOrder order = subject().order(token);
        RemoteId machine;
        try {
            machine = affinity.create(order, group).id();
        } catch (CloudException.NoCapacity refusal) {
            assertThat(refusal.text()).isNotBlank().doesNotContain("\n");
            assertNothing(token);
            return;
        }
        RemoteMachine failed = subject().settled(machine);
        assertThat(failed.state()).isEqualTo(RemoteState.FAILED);
        remove(List.of(machine));
        assertNothing(token);
    }

    @Test
    default void machines_that_are_together_are_all_on_one_host() {
        subject().with(HostAffinity.class, affinity -> {
            if (!keeps(Relation.TOGETHER)) {
                return;
            }
            HostGroup group = newGroup(Relation.TOGETHER);
            List<RemoteId> machines = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                RemoteId machine = make(affinity, group);
                subject().waitFor(machine, RemoteState.RUNNING);
                machines.add(machine);
            }
            assertOn(Relation.TOGETHER, machines);
            remove(machines);
        });
    }

    @Test
    default void machines_of_one_group_may_be_ordered_at_once() {
        subject().with(HostAffinity.class, affinity -> {
            for (Relation relation : kept()) {
                HostGroup group = newGroup(relation);
                int number = switch (relation) {
                    case APART -> subject().hosts();
                    case TOGETHER -> 2;
                };
                List<RemoteId> machines = makeAtOnce(affinity, group, number);
                assertThat(machines).doesNotHaveDuplicates();
                assertOn(relation, machines);
                remove(machines);
            }
        });
    }

    @Test
    default void one_token_makes_one_machine_in_a_group_too() {
        subject().with(HostAffinity.class, affinity -> {
            for (Relation relation : kept()) {
                HostGroup group = newGroup(relation);
                Token token = subject().newToken();
                MachineOrder order = subject().order(token);
                List<RemoteMachine> answers = AtOnce.call(3, () -> affinity.create(order, group));
                RemoteId id = answers.getFirst().id();
                assertThat(answers).extracting(RemoteMachine::id).containsOnly(id);
                assertThat(subject().cloud().findByToken(token))
                        .map(RemoteMachine::id)
                        .contains(id);
                subject().waitFor(id, RemoteState.RUNNING);
                assertThat(affinity.create(order, group).id()).isEqualTo(id);
                assertThat(subject().cloud().list())
                        .extracting(RemoteMachine::token)
                        .containsOnlyOnce(Optional.of(token));
                remove(List.of(id));
            }
        });
    }

    @Test
    default void a_group_keeps_one_relation_until_its_last_machine_is_gone() {
        subject().with(HostAffinity.class, affinity -> {
            if (kept().size() < 2) {
                return;
            }
            HostGroup together = newGroup(Relation.TOGETHER);
            HostGroup apart = new HostGroup(together.name(), Relation.APART);
            assertChanges(affinity, together, apart);
            assertChanges(affinity, apart, together);
        });
    }

    private void assertChanges(HostAffinity affinity, HostGroup first, HostGroup second) {
        RemoteId machine = make(affinity, first);
        Token token = subject().newToken();
        MachineOrder order = subject().order(token);
        subject().assertRefused(CloudException.InvalidRequest.class, () -> affinity.create(order, second));
        assertNothing(token);
        remove(List.of(machine));

        RemoteId after = affinity.create(order, second).id();
        subject().waitFor(after, RemoteState.RUNNING);
        remove(List.of(after));
    }

    @Test
    default void a_relation_that_the_cloud_cannot_keep_is_refused_and_leaves_nothing() {
        subject().with(HostAffinity.class, affinity -> {
            for (Relation relation : Relation.values()) {
                if (!keeps(relation)) {
                    Token token = subject().newToken();
                    MachineOrder order = subject().order(token);
                    subject()
                            .assertRefused(
                                    CloudException.InvalidRequest.class,
                                    () -> affinity.create(order, newGroup(relation)));
                    assertNothing(token);
                }
            }
        });
    }

    @Test
    default void a_refused_order_leaves_neither_machine_nor_group() {
        subject().with(HostAffinity.class, affinity -> {
            HostGroup group = newGroup(kept().getFirst());
            Token token = subject().newToken();
            MachineOrder impossible = subject().order(token, new RemoteId("no-such-image"), BootContext.EMPTY);
            subject().assertRefused(CloudException.NotFound.class, () -> affinity.create(impossible, group));
            assertNothing(token);

            HostGroup other = new HostGroup(group.name(), kept().getLast());
            RemoteId machine = make(affinity, other);
            subject().waitFor(machine, RemoteState.RUNNING);
            remove(List.of(machine));
        });
    }
}
