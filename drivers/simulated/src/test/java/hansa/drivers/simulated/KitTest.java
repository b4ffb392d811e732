package hansa.drivers.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.Cloud;
import hansa.cloud.CloudDriver;
import hansa.cloud.CloudException;
import hansa.cloud.CloudName;
import hansa.cloud.Facet;
import hansa.cloud.RemoteId;
import hansa.cloud.Setting;
import hansa.cloud.Settings;
import hansa.cloud.Size;
import hansa.cloud.Volumes;
import hansa.cloud.kit.CloudConformance;
import hansa.cloud.kit.CloudUnderTest;
import hansa.cloud.kit.NetworksConformance;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kit does not let wrong drivers pass. */
final class KitTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    /** Says that its clouds have no facets, which is not so. */
    private record Denying(SimulatedDriver real) implements CloudDriver {

        @Override
        public String name() {
            return real.name();
        }

        @Override
        public List<Setting> settings() {
            return real.settings();
        }

        @Override
        public Set<Class<? extends Facet>> facets() {
            return Set.of();
        }

        @Override
        public Cloud open(CloudName name, Settings settings, Surroundings surroundings) {
            return real.open(name, settings, surroundings);
        }
    }

    private CloudUnderTest underTest(CloudDriver driver) {
        return new CloudUnderTest(
                driver,
                Fixtures.open(folder, Map.of()),
                new RemoteId("tiny"),
                new Size(1, 1024, 10),
                Optional.empty(),
                Duration.ofSeconds(1),
                Set.of());
    }

    @Test
    void a_driver_that_denies_a_facet_which_its_clouds_have_fails() {
        try (CloudUnderTest subject = underTest(new Denying(new SimulatedDriver()))) {
            assertThatThrownBy(() -> subject.with(Volumes.class, volumes -> {}))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("the facet Volumes that the driver denies");
            CloudConformance kit = () -> subject;
            assertThatThrownBy(kit::the_cloud_has_exactly_the_facets_that_the_driver_promises)
                    .isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void a_cloud_that_does_more_than_its_test_declares_fails() {
        try (CloudUnderTest subject = underTest(new SimulatedDriver())) {
            NetworksConformance kit = () -> subject;
            assertThatThrownBy(kit::a_running_machine_tells_its_addresses_where_the_cloud_knows_them)
                    .isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void a_call_that_is_not_refused_or_refused_in_another_way_fails() {
        try (CloudUnderTest subject = underTest(new SimulatedDriver())) {
            assertThatThrownBy(() -> subject.assertRefused(CloudException.NotFound.class, () -> {}))
                    .isInstanceOf(AssertionError.class);
            assertThatThrownBy(() -> subject.assertRefused(CloudException.NotFound.class, () -> {
                        throw new CloudException.Conflict("busy");
                    }))
                    .isInstanceOf(AssertionError.class);
            assertThatThrownBy(() -> subject.assertRefused(CloudException.NotFound.class, () -> {
                        throw new CloudException.NotFound("two\nlines");
                    }))
                    .isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void whatever_the_kit_made_is_gone_at_the_end() {
        try (CloudUnderTest subject = underTest(new SimulatedDriver())) {
            subject.runningMachine();
            subject.cloud().create(subject.order(subject.newToken()));
        }
        try (Cloud cloud = Fixtures.open(folder, Map.of())) {
            assertThat(cloud.list()).isEmpty();
        }
    }
}
