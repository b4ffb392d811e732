package hansa.cloud.kit;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.Adoption;
import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.cloud.Token;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What clouds must do with machines that were there before Hansa, where they can show them. */
public interface AdoptionConformance extends Conformance {

    private RemoteMachine newMachine() {
        RemoteId id =
                subject().cloud().create(subject().order(subject().newToken())).id();
        subject().undoLater(() -> subject().cloud().delete(id));
        return subject().waitFor(id, RemoteState.RUNNING);
    }

    @Test
    default void a_machine_without_a_token_is_one_of_the_others_until_it_is_adopted() {
        subject().with(Adoption.class, adoption -> {
            Cloud cloud = subject().cloud();
            RemoteMachine machine = newMachine();
            Token before = machine.token().orElseThrow();
            assertThat(adoption.others()).extracting(RemoteMachine::id).doesNotContain(machine.id());

            adoption.release(machine.id());
            adoption.release(machine.id());
            assertThat(cloud.list()).extracting(RemoteMachine::id).doesNotContain(machine.id());
            assertThat(cloud.findByToken(before)).isEmpty();
            assertThat(cloud.recover(Set.of(before)).missing()).containsExactly(before);
            assertThat(adoption.others())
                    .filteredOn(one -> one.id().equals(machine.id()))
                    .singleElement()
                    .satisfies(other -> {
                        assertThat(other.token()).isEmpty();
                        assertThat(other.name()).isEqualTo(machine.name());
                        assertThat(other.state()).isEqualTo(RemoteState.RUNNING);
                        assertThat(other.size()).isEqualTo(machine.size());
                    });

            Token after = subject().newToken();
            RemoteMachine adopted = adoption.adopt(machine.id(), after);
            assertThat(adopted.id()).isEqualTo(machine.id());
            assertThat(adopted.token()).contains(after);
            assertThat(adopted.name()).isEqualTo(machine.name());
            assertThat(adopted.state()).isEqualTo(RemoteState.RUNNING);
            assertThat(adoption.adopt(machine.id(), after).token()).contains(after);
            assertThat(adoption.others()).extracting(RemoteMachine::id).doesNotContain(machine.id());
            assertThat(cloud.list()).extracting(RemoteMachine::id).contains(machine.id());
            assertThat(cloud.findByToken(after)).map(RemoteMachine::id).contains(machine.id());
            assertThat(cloud.create(subject().order(after)).id()).isEqualTo(machine.id());
        });
    }

    @Test
    default void a_machine_that_carries_a_token_is_not_adopted_with_another() {
        subject().with(Adoption.class, adoption -> {
            RemoteMachine machine = subject().runningMachine();
            subject()
                    .assertRefused(
                            CloudException.Conflict.class,
                            () -> adoption.adopt(machine.id(), subject().newToken()));
            assertThat(subject().cloud().read(machine.id()).token()).isEqualTo(machine.token());
        });
    }

    @Test
    default void unknown_machines_are_not_adopted_and_releasing_them_is_no_error() {
        subject().with(Adoption.class, adoption -> {
            RemoteId unknown = new RemoteId("00000000-0000-4000-8000-000000000009");
            Token token = subject().newToken();
            subject().assertRefused(CloudException.NotFound.class, () -> adoption.adopt(unknown, token));
            assertThat(subject().cloud().findByToken(token)).isEqualTo(Optional.empty());
            adoption.release(unknown);
        });
    }
}
