package hansa.drivers.opennebula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteState;
import hansa.cloud.Snapshots;
import hansa.cloud.Token;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SnapshotsTest {

    private static final Token TOKEN = new Token("s");

    private final Oned oned = new Oned(Fixtures.STEP, "7.4.0");
    private final OnedServer server = new OnedServer(oned);
    private final Cloud cloud = Fixtures.open(server.url(), Map.of("keep-snapshots", "true", "time-limit", "1s"));
    private final Snapshots snapshots = cloud.facet(Snapshots.class).orElseThrow();

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

    @Test
    void a_snapshot_that_takes_longer_than_a_call_may_is_no_snapshot_yet_and_found_when_it_is_asked_for_again() {
        RemoteId machine = running();
        oned.snapshotsTake(Duration.ofSeconds(2));
        assertThatThrownBy(() -> snapshots.create(machine, TOKEN, "before"))
                .isInstanceOf(CloudException.Unavailable.class)
                .hasMessageContaining("still takes the snapshot");
        assertThat(snapshots.list(machine)).isEmpty();
        await().until(() -> !snapshots.list(machine).isEmpty());
        assertThat(snapshots.create(machine, TOKEN, "before").name()).isEqualTo("before");
        assertThat(snapshots.list(machine)).hasSize(1);
    }

    @Test
    void no_name_of_a_snapshot_becomes_a_part_of_opennebulas_documents() {
        RemoteId machine = running();
        String hostile = "x]]></NAME></SNAPSHOT><VCPU>9</VCPU><SNAPSHOT><NAME><![CDATA[";
        assertThat(snapshots.create(machine, TOKEN, hostile).name()).startsWith("x]] ></NAME>");
        assertThat(cloud.read(machine).size().cores()).isEqualTo(2);
    }
}
