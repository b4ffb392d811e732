package hansa.cloud.kit;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDescription;
import hansa.cloud.CloudException;
import hansa.cloud.Facet;
import hansa.cloud.MachineOrder;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteNetwork;
import hansa.cloud.RemoteState;
import hansa.cloud.Setting;
import hansa.cloud.Token;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every cloud must do: describe itself, machines and their power. */
public interface CloudConformance extends Conformance {

    @Test
    default void the_driver_names_itself_and_its_settings() {
        assertThat(subject().driver().name()).matches("[a-z][a-z0-9-]*");
        assertThat(subject().driver().settings()).extracting(Setting::key).doesNotHaveDuplicates();
        assertThat(subject().driver().settings()).allSatisfy(setting -> {
            assertThat(setting.key()).matches("[a-z][a-z0-9.-]*");
            assertThat(setting.meaning()).isNotBlank();
        });
    }

    @Test
    default void the_cloud_has_exactly_the_facets_that_the_driver_promises() {
        for (Class<?> permitted : Facet.class.getPermittedSubclasses()) {
            Class<? extends Facet> facet = permitted.asSubclass(Facet.class);
            assertThat(subject().cloud().facet(facet).isPresent())
                    .as("%s", facet.getSimpleName())
                    .isEqualTo(subject().driver().facets().contains(facet));
        }
    }

    @Test
    default void the_description_holds_what_machines_can_be_ordered_with() {
        CloudDescription description = subject().cloud().describe();
        assertThat(description.flavours())
                .extracting(CloudDescription.Flavour::id)
                .doesNotHaveDuplicates();
        assertThat(description.images())
                .extracting(RemoteImage::id)
                .doesNotHaveDuplicates()
                .contains(subject().image());
        assertThat(description.images())
                .extracting(RemoteImage::name)
                .allSatisfy(name -> assertThat(name).isNotBlank());
        assertThat(description.networks())
                .extracting(RemoteNetwork::id)
                .doesNotHaveDuplicates()
                .isNotEmpty();
        assertThat(description.freeForm() || !description.flavours().isEmpty())
                .as("there is a size that can be ordered")
                .isTrue();
        subject()
                .flavour()
                .ifPresent(flavour -> assertThat(description.flavours())
                        .extracting(CloudDescription.Flavour::id)
                        .contains(flavour));
    }

    @Test
    default void one_token_makes_one_machine_however_many_ask_at_once_and_it_is_found_until_it_is_deleted() {
        Cloud cloud = subject().cloud();
        Token token = subject().newToken();
        assertThat(cloud.findByToken(token)).isEmpty();
        MachineOrder order = subject().order(token);

        List<RemoteMachine> answers = AtOnce.call(4, () -> cloud.create(order));
        RemoteId id = answers.getFirst().id();
        assertThat(answers).extracting(RemoteMachine::id).containsOnly(id);
        assertThat(cloud.create(order).id()).isEqualTo(id);
        assertThat(machinesWith(token)).extracting(RemoteMachine::id).containsExactly(id);

        RemoteMachine machine = subject().waitFor(id, RemoteState.RUNNING);
        assertThat(machine.token()).contains(token);
        assertThat(machine.name()).isEqualTo(order.name());
        assertThat(machine.size().cores()).isEqualTo(order.size().cores());
        assertThat(machine.size().memoryMib()).isEqualTo(order.size().memoryMib());
        assertThat(machine.nics()).isNotEmpty();
        assertThat(cloud.findByToken(token)).map(RemoteMachine::id).contains(id);
        assertThat(cloud.create(order).id()).isEqualTo(id);

        cloud.delete(id);
        subject().waitUntilGone(id);
        assertThat(cloud.findByToken(token)).isEmpty();
        subject().assertRefused(CloudException.NotFound.class, () -> cloud.read(id));
        subject().assertRefused(CloudException.NotFound.class, () -> cloud.power(id, PowerAction.START));
        cloud.delete(id);
    }

    private List<RemoteMachine> machinesWith(Token token) {
        return subject().cloud().list().stream()
                .filter(machine -> machine.token().equals(Optional.of(token)))
                .toList();
    }

    @Test
    default void a_machine_can_be_deleted_while_it_is_being_built() {
        Cloud cloud = subject().cloud();
        Token token = subject().newToken();
        RemoteId id = cloud.create(subject().order(token)).id();
        cloud.delete(id);
        cloud.delete(id);
        subject().waitUntilGone(id);
        assertThat(cloud.findByToken(token)).isEmpty();
    }

    @Test
    default void unknown_machines_are_not_found_and_deleting_them_is_no_error() {
        Cloud cloud = subject().cloud();
        RemoteId unknown = new RemoteId("00000000-0000-4000-8000-000000000000");
        subject().assertRefused(CloudException.NotFound.class, () -> cloud.read(unknown));
        subject().assertRefused(CloudException.NotFound.class, () -> cloud.power(unknown, PowerAction.SHUTDOWN));
        cloud.delete(unknown);
        assertThat(cloud.findByToken(subject().newToken())).isEmpty();
    }

    @Test
    default void an_order_with_an_unknown_image_is_refused_and_leaves_nothing() {
        Cloud cloud = subject().cloud();
        Token token = subject().newToken();
        MachineOrder order = subject().order(token, new RemoteId("no-such-image"), hansa.cloud.BootContext.EMPTY);
        subject().assertRefused(CloudException.NotFound.class, () -> cloud.create(order));
        assertThat(cloud.findByToken(token)).isEmpty();
        assertThat(machinesWith(token)).isEmpty();
    }

    @Test
    default void a_running_machine_is_stopped_started_and_restarted() {
        Cloud cloud = subject().cloud();
        RemoteId id = subject().runningMachine().id();
        cloud.power(id, PowerAction.START);
        cloud.power(id, PowerAction.RESUME);
        assertThat(cloud.read(id).state()).isEqualTo(RemoteState.RUNNING);

        cloud.power(id, PowerAction.RESET);
        subject().waitFor(id, RemoteState.RUNNING);
        cloud.power(id, PowerAction.REBOOT);
        subject().waitFor(id, RemoteState.RUNNING);
        cloud.power(id, PowerAction.SHUTDOWN);
        subject().waitFor(id, RemoteState.STOPPED);
        cloud.power(id, PowerAction.SHUTDOWN);
        cloud.power(id, PowerAction.POWER_OFF);
        assertThat(cloud.read(id).state()).isEqualTo(RemoteState.STOPPED);
        cloud.power(id, PowerAction.START);
        subject().waitFor(id, RemoteState.RUNNING);
        cloud.power(id, PowerAction.POWER_OFF);
        subject().waitFor(id, RemoteState.STOPPED);
    }

    @Test
    default void a_stopped_machine_refuses_what_only_a_running_one_can_do() {
        Cloud cloud = subject().cloud();
        RemoteId id = subject().stoppedMachine().id();
        for (PowerAction action : List.of(
                PowerAction.REBOOT, PowerAction.RESET, PowerAction.PAUSE, PowerAction.SAVE, PowerAction.RESUME)) {
            subject().assertRefused(CloudException.Conflict.class, () -> cloud.power(id, action));
        }
        assertThat(cloud.read(id).state()).isEqualTo(RemoteState.STOPPED);
    }

    @Test
    default void a_machine_is_paused_resumed_and_switched_off_while_paused() {
        Cloud cloud = subject().cloud();
        RemoteId id = subject().runningMachine().id();
        if (!subject().does(Behaviour.PAUSES)) {
            assertCoarserOrRefused(id, PowerAction.PAUSE);
            return;
        }
        cloud.power(id, PowerAction.PAUSE);
        subject().waitFor(id, RemoteState.PAUSED);
        cloud.power(id, PowerAction.PAUSE);
        subject().assertRefused(CloudException.Conflict.class, () -> cloud.power(id, PowerAction.START));
        assertThat(cloud.read(id).state()).isEqualTo(RemoteState.PAUSED);
        cloud.power(id, PowerAction.RESUME);
        subject().waitFor(id, RemoteState.RUNNING);
        cloud.power(id, PowerAction.PAUSE);
        subject().waitFor(id, RemoteState.PAUSED);
        cloud.power(id, PowerAction.POWER_OFF);
        subject().waitFor(id, RemoteState.STOPPED);
    }

    @Test
    default void a_machine_is_saved_and_resumed() {
        Cloud cloud = subject().cloud();
        RemoteId id = subject().runningMachine().id();
        if (!subject().does(Behaviour.SAVES)) {
            assertCoarserOrRefused(id, PowerAction.SAVE);
            return;
        }
        cloud.power(id, PowerAction.SAVE);
        subject().waitFor(id, RemoteState.SAVED);
        cloud.power(id, PowerAction.SAVE);
        assertThat(cloud.read(id).state()).isEqualTo(RemoteState.SAVED);
        cloud.power(id, PowerAction.RESUME);
        subject().waitFor(id, RemoteState.RUNNING);
    }

    private void assertCoarserOrRefused(RemoteId id, PowerAction action) {
        Cloud cloud = subject().cloud();
        try {
            cloud.power(id, action);
        } catch (CloudException.Conflict | CloudException.InvalidRequest refusal) {
            assertThat(refusal.text()).isNotBlank();
            assertThat(cloud.read(id).state()).isEqualTo(RemoteState.RUNNING);
            return;
        }
        subject()
                .eventually(
                        "the coarser action is done",
                        () -> assertThat(cloud.read(id).state())
                                .isIn(RemoteState.PAUSED, RemoteState.SAVED, RemoteState.STOPPED));
    }

    @Test
    default void recovering_tells_what_is_there_what_is_missing_and_what_is_strange() {
        Cloud cloud = subject().cloud();
        Token here = subject().runningMachine().token().orElseThrow();
        Token nowhere = subject().newToken();

        Cloud.Recovery known = cloud.recover(Set.of(here, nowhere));
        assertThat(known.found()).containsExactly(here);
        assertThat(known.missing()).containsExactly(nowhere);
        assertThat(known.strangers()).doesNotContain(here, nowhere);

        Cloud.Recovery forgotten = cloud.recover(Set.of());
        assertThat(forgotten.found()).isEmpty();
        assertThat(forgotten.missing()).isEmpty();
        assertThat(forgotten.strangers()).contains(here);
    }
}
