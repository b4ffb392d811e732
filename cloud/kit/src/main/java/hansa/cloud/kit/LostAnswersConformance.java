package hansa.cloud.kit;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.MachineOrder;
import hansa.cloud.RemoteMachine;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** What must hold when the cloud did what it was asked but its answer got lost; for drivers whose test can cause it. */
public interface LostAnswersConformance {

    /** Opens an empty cloud that carries out the first creation and loses its answer. The kit closes it. */
    Cloud openLosingTheFirstAnswer();

    /** An order that the cloud takes. */
    MachineOrder anyOrder();

    @Test
    default void a_machine_whose_creation_was_not_answered_is_found_by_its_token_and_not_made_again() {
        MachineOrder order = anyOrder();
        try (Cloud cloud = openLosingTheFirstAnswer()) {
            Assertions.assertThatThrownBy(() -> cloud.create(order)).isInstanceOf(CloudException.Unavailable.class);
            RemoteMachine made = cloud.findByToken(order.token()).orElseThrow();
            assertThat(cloud.create(order).id()).isEqualTo(made.id());
            assertThat(cloud.list()).extracting(RemoteMachine::id).containsExactly(made.id());
            cloud.delete(made.id());
        }
    }
}
