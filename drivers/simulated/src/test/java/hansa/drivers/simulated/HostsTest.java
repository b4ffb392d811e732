package hansa.drivers.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.CloudException;
import hansa.cloud.HostAffinity;
import hansa.cloud.HostGroup;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostsTest {

    private static final HostGroup APART = new HostGroup("web", HostGroup.Relation.APART);
    private static final HostGroup TOGETHER = new HostGroup("web", HostGroup.Relation.TOGETHER);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private SimulatedCloud open(Map<String, String> settings) {
        return (SimulatedCloud) Fixtures.open(folder, settings);
    }

    private static HostAffinity affinity(SimulatedCloud cloud) {
        return cloud.facet(HostAffinity.class).orElseThrow();
    }

    @Test
    void machines_without_wishes_are_spread_over_all_hosts() {
        try (SimulatedCloud cloud = open(Map.of("hosts", "3"))) {
            List<RemoteId> machines = IntStream.range(0, 6)
                    .mapToObj(i -> cloud.create(Fixtures.order("m" + i)).id())
                    .toList();
            assertThat(machines)
                    .map(machine -> cloud.hostOf(machine).orElseThrow())
                    .containsExactly(0, 1, 2, 0, 1, 2);
            cloud.delete(machines.get(1));
            RemoteId next = cloud.create(Fixtures.order("next")).id();
            assertThat(cloud.hostOf(next)).contains(1);
            assertThat(cloud.hostOf(new RemoteId("vm-none"))).isEmpty();
        }
    }

    @Test
    void hosts_and_groups_outlive_the_process() {
        Map<String, String> two = Map.of("hosts", "2");
        RemoteId first;
        Optional<Integer> host;
        try (SimulatedCloud cloud = open(two)) {
            first = affinity(cloud).create(Fixtures.order("a"), APART).id();
            host = cloud.hostOf(first);
        }
        try (SimulatedCloud cloud = open(two)) {
            assertThat(cloud.hostOf(first)).isEqualTo(host);
            HostAffinity affinity = affinity(cloud);
            assertThatThrownBy(() -> affinity.create(Fixtures.order("b"), TOGETHER))
                    .isInstanceOf(CloudException.InvalidRequest.class)
                    .hasMessage("the machines of the group 'web' are APART, so another one cannot be TOGETHER");
            RemoteId second = affinity.create(Fixtures.order("b"), APART).id();
            assertThat(cloud.hostOf(second)).isPresent().isNotEqualTo(host);
            assertThatThrownBy(() -> affinity.create(Fixtures.order("c"), APART))
                    .isInstanceOf(CloudException.NoCapacity.class)
                    .hasMessage("each of the 2 hosts has a machine of its group already");
        }
    }

    @Test
    void a_machine_that_failed_or_is_being_deleted_keeps_its_place() {
        try (SimulatedCloud cloud =
                open(Map.of("hosts", "1", "faults", "on create nth 1: die 0ms \"gone\"; on delete nth 1: slow 1h"))) {
            RemoteId first = affinity(cloud).create(Fixtures.order("a"), APART).id();
            assertThat(cloud.read(first).state()).isEqualTo(RemoteState.FAILED);
            assertThatThrownBy(() -> affinity(cloud).create(Fixtures.order("b"), APART))
                    .isInstanceOf(CloudException.NoCapacity.class);
            cloud.delete(first);
            assertThatThrownBy(() -> affinity(cloud).create(Fixtures.order("b"), APART))
                    .isInstanceOf(CloudException.NoCapacity.class);
        }
    }

    @Test
    void a_cloud_without_hosts_to_tell_apart_has_no_affinity_by_them(@TempDir Path other) throws IOException {
        try (SimulatedCloud cloud = open(Map.of("hosts", "0"))) {
            assertThat(cloud.facet(HostAffinity.class)).isEmpty();
            assertThat(cloud.create(Fixtures.order("a")).state()).isEqualTo(RemoteState.RUNNING);
        }
        try (Served served = Served.in(other, Map.of("hosts", "0"));
                var cloud = Fixtures.open(
                        folder.resolve("far"), Map.of("url", served.uri().toString()))) {
            HostAffinity affinity = cloud.facet(HostAffinity.class).orElseThrow();
            assertThatThrownBy(() -> affinity.create(Fixtures.order("a"), APART))
                    .isInstanceOf(CloudException.InvalidRequest.class)
                    .hasMessage("the simulated cloud does not let machines have wishes about hosts");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1001"})
    void so_many_hosts_are_refused(String number) {
        assertThatThrownBy(() -> open(Map.of("hosts", number)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'hosts' is 0 to 1000, not " + number);
    }
}
