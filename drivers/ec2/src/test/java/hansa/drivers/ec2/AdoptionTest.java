package hansa.drivers.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.Adoption;
import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.cloud.Token;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Machines that were there before us, here made by an installation with other tags. */
final class AdoptionTest {

    private final StubEndpoint server = new StubEndpoint(new Stub(Fixtures.STEP, 0));
    private final Cloud cloud = Fixtures.open(server.url(), Map.of());
    private final Adoption adoption = cloud.facet(Adoption.class).orElseThrow();

    @AfterEach
    void stop() {
        try (server) {
            cloud.close();
        }
    }

    private RemoteId madeByOthers(String token) {
        try (Cloud others = Fixtures.open(server.url(), Map.of("tag-prefix", "others"))) {
            RemoteId made = others.create(Fixtures.order(token)).id();
            Fixtures.waitFor(others, made, RemoteState.RUNNING);
            return made;
        }
    }

    @Test
    void what_others_made_is_neither_listed_nor_counted_as_ours() {
        RemoteId theirs = madeByOthers("theirs");
        assertThat(cloud.list()).isEmpty();
        assertThat(cloud.findByToken(new Token("theirs"))).isEmpty();
        assertThat(adoption.others()).singleElement().satisfies(machine -> {
            assertThat(machine.id()).isEqualTo(theirs);
            assertThat(machine.token()).isEmpty();
            assertThat(machine.size()).isEqualTo(Fixtures.MICRO_SIZE);
        });
        assertThat(cloud.describe().used().machines()).contains(1L);
    }

    @Test
    void a_machine_is_adopted_once_and_released_as_it_was() {
        RemoteId theirs = madeByOthers("theirs");
        Token token = new Token("adopted");
        assertThat(adoption.adopt(theirs, token).token()).contains(token);
        assertThat(adoption.adopt(theirs, token).id()).isEqualTo(theirs);
        assertThat(adoption.others()).isEmpty();
        assertThat(cloud.list()).extracting(RemoteMachine::id).containsExactly(theirs);
        assertThat(cloud.findByToken(token)).map(RemoteMachine::id).contains(theirs);
        assertThatThrownBy(() -> adoption.adopt(theirs, new Token("another")))
                .isInstanceOf(CloudException.Conflict.class);

        adoption.release(theirs);
        adoption.release(theirs);
        assertThat(cloud.list()).isEmpty();
        assertThat(adoption.others()).extracting(RemoteMachine::id).containsExactly(theirs);
        assertThat(cloud.read(theirs).state()).isEqualTo(RemoteState.RUNNING);
    }

    @Test
    void a_machine_of_our_own_that_is_released_does_not_come_back_by_its_client_token() {
        RemoteId ours = cloud.create(Fixtures.order("mine")).id();
        Fixtures.waitFor(cloud, ours, RemoteState.RUNNING);
        adoption.release(ours);
        assertThat(cloud.findByToken(new Token("mine"))).isEmpty();
        RemoteId another = cloud.create(Fixtures.order("mine")).id();
        assertThat(another).isNotEqualTo(ours);
        assertThat(adoption.others()).extracting(RemoteMachine::id).containsExactly(ours);
    }

    @Test
    void what_is_not_there_is_not_adopted_and_released_without_error() {
        RemoteId unknown = new RemoteId("i-0123456789abcdef0");
        assertThatThrownBy(() -> adoption.adopt(unknown, new Token("t"))).isInstanceOf(CloudException.NotFound.class);
        adoption.release(unknown);
    }
}
