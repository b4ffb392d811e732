package hansa.drivers.opennebula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteState;
import hansa.cloud.Token;
import hansa.cloud.Volumes;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class VolumesTest {

    private final Oned oned = new Oned(Fixtures.STEP, "7.4.0");
    private final OnedServer server = new OnedServer(oned);
    private final Cloud cloud = Fixtures.open(server.url(), Map.of());
    private final Volumes volumes = cloud.facet(Volumes.class).orElseThrow();

    @AfterEach
    void stop() {
        cloud.close();
        server.close();
    }

    private RemoteId running() {
        RemoteId id = cloud.create(Fixtures.order("m")).id();
        await().until(() -> cloud.read(id).state() == RemoteState.RUNNING);
        return id;
    }

    private RemoteId attached(RemoteId machine) {
        RemoteId volume = volumes.create(new Token("v"), "v", 8).id();
        volumes.attach(machine, volume, Optional.empty());
        return volume;
    }

    /** OpenNebula plugs in nothing that its datastore is still at work on. */
    @Test
    void a_volume_that_was_just_made_can_be_attached_and_deleted() {
        RemoteId machine = running();
        RemoteId volume = attached(machine);
        assertThat(volumes.read(volume).attachedTo()).contains(machine);
        volumes.delete(volumes.create(new Token("w"), "w", 8).id());
        assertThat(volumes.list()).hasSize(1);
    }

    @Test
    void a_volume_whose_machine_works_on_a_copy_of_it_is_as_large_as_it_was_made() {
        RemoteId machine = running();
        RemoteId volume = attached(machine);
        oned.meddle(Integer.parseInt(machine.value()), there -> there.userTemplate.put("WORKS_ON_COPIES", "YES"));
        assertThat(volumes.resize(volume, 16).sizeMib()).isEqualTo(16);
    }

    @Test
    void a_volume_that_did_not_grow_is_not_told_as_larger() {
        RemoteId machine = running();
        RemoteId volume = attached(machine);
        oned.meddle(Integer.parseInt(machine.value()), there -> there.userTemplate.put("NO_RESIZING", "YES"));
        assertThatThrownBy(() -> volumes.resize(volume, 16)).isInstanceOf(CloudException.Conflict.class);
        assertThat(volumes.read(volume).sizeMib()).isEqualTo(8);
    }
}
