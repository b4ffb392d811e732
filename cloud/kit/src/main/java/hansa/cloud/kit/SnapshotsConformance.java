package hansa.cloud.kit;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteState;
import hansa.cloud.Snapshots;
import hansa.cloud.Snapshots.Snapshot;
import hansa.cloud.Token;
import org.junit.jupiter.api.Test;

/** What clouds with snapshots must do with them. */
public interface SnapshotsConformance extends Conformance {

    @Test
    default void a_machine_returns_to_its_snapshot() {
        subject().with(Snapshots.class, snapshots -> {
            RemoteId machine = subject().runningMachine().id();
            Token token = subject().newToken();
            Snapshot snapshot = snapshots.create(machine, token, "kit snapshot");
            subject().undoLater(() -> snapshots.delete(machine, snapshot.id()));
            assertThat(snapshot.token()).isEqualTo(token);
            assertThat(snapshot.name()).isEqualTo("kit snapshot");
            assertThat(snapshots.create(machine, token, "kit snapshot").id()).isEqualTo(snapshot.id());
            assertThat(snapshots.list(machine)).extracting(Snapshot::id).containsExactly(snapshot.id());

            assertThat(subject().stoppedMachine().id()).isEqualTo(machine);
            snapshots.revert(machine, snapshot.id());
            subject().waitFor(machine, RemoteState.RUNNING);

            snapshots.delete(machine, snapshot.id());
            assertThat(snapshots.list(machine)).isEmpty();
            snapshots.delete(machine, snapshot.id());
            subject().assertRefused(CloudException.NotFound.class, () -> snapshots.revert(machine, snapshot.id()));
        });
    }

    @Test
    default void snapshots_of_unknown_machines_are_not_found() {
        subject().with(Snapshots.class, snapshots -> {
            RemoteId unknown = new RemoteId("00000000-0000-4000-8000-000000000003");
            subject().assertRefused(CloudException.NotFound.class, () -> snapshots.list(unknown));
            subject()
                    .assertRefused(
                            CloudException.NotFound.class,
                            () -> snapshots.create(unknown, subject().newToken(), "none"));
        });
    }
}
