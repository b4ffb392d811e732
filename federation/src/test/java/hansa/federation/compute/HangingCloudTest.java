package hansa.federation.compute;

import static hansa.federation.Installation.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.cloud.CloudException;
import hansa.cloud.CloudName;
import hansa.federation.Installation;
import hansa.federation.TamperedCloud;
import hansa.federation.images.ImageId;
import hansa.federation.sites.CircuitSettings;
import hansa.federation.sites.CloudEntry;
import hansa.federation.sites.FlavourId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cloud that hangs is its own trouble and nobody else's. */
class HangingCloudTest {

    private static final CloudName SLOW = new CloudName("slow");
    private static final CloudName WELL = new CloudName("well");

    @TempDir
    Path folder;

    private static MachineId create(Installation node, CloudName cloud) {
        NewMachine wanted = NewMachine.of("one", new ImageId("tiny"), new FlavourId("small"))
                .withCloud(cloud);
        return node.federation().machines().create(ALICE, wanted).id();
    }

    private static Machine awaited(Installation node, MachineId id, Predicate<Machine> condition) {
        return await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> node.federation().machines().get(ALICE, id), condition);
    }

    @Test
    void machines_of_a_cloud_that_hangs_take_no_place_of_others() {
        CountDownLatch hanging = new CountDownLatch(1);
        AtomicBoolean hangs = new AtomicBoolean();
        try (Installation node = Installation.on(folder)
                .cloud("slow", Map.of())
                .cloud("well", Map.of())
                .wrappedClouds((name, cloud) -> name.equals(SLOW)
                        ? new TamperedCloud(cloud, (_, answer) -> {
                            if (hangs.get()) {
                                hold(hanging);
                            }
                            return answer.get();
                        })
                        : cloud)
                .start()) {
            await().untilAsserted(() -> assertThat(node.federation().sites().clouds(ALICE))
                    .extracting(CloudEntry::health)
                    .containsOnly(CloudEntry.Health.UP));
            hangs.set(true);
            for (int i = 0; i < 80; i++) {
                create(node, SLOW);
            }
            List<MachineId> well = List.of(create(node, WELL), create(node, WELL), create(node, WELL));
            well.forEach(id -> awaited(node, id, machine -> machine.state() == MachineState.ACTIVE));
            assertThat(node.cloud(WELL).list()).hasSize(3);
            hanging.countDown();
            hangs.set(false);
        }
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException.Unavailable("interrupted", e);
        }
    }

    @Test
    void machines_say_that_their_cloud_is_left_alone_and_go_on_as_soon_as_it_answers() {
        AtomicBoolean silent = new AtomicBoolean();
        try (Installation node = Installation.on(folder)
                .circuit(new CircuitSettings(4, Duration.ofMillis(300), Duration.ofMillis(600)))
                .cloud("well", Map.of())
                .wrappedCloud(cloud -> new TamperedCloud(cloud, (_, answer) -> {
                    if (silent.get()) {
                        throw new CloudException.Unavailable("connection refused");
                    }
                    return answer.get();
                }))
                .start()) {
            silent.set(true);
            await().until(() ->
                    node.federation().sites().clouds(ALICE).getFirst().circuit() != CloudEntry.Circuit.CLOSED);
            MachineId id = create(node, WELL);
            Machine waiting = awaited(node, id, machine -> machine.message().contains("left alone"));
            assertThat(waiting.state()).isEqualTo(MachineState.PENDING);
            assertThat(waiting.message())
                    .isEqualTo(
                            "The cloud 'well' does not answer: it is left alone for a while, since it did not answer:"
                                    + " connection refused; trying again.");
            silent.set(false);
            awaited(node, id, machine -> machine.state() == MachineState.ACTIVE);
            assertThat(node.federation().sites().clouds(ALICE).getFirst().circuit())
                    .isEqualTo(CloudEntry.Circuit.CLOSED);
        }
    }

    /** What a driver throws that is no answer of the port is a state with a text, and the job lives. */
    @Test
    void a_driver_that_breaks_down_at_one_machine_is_told_on_it() {
        AtomicBoolean broken = new AtomicBoolean(true);
        try (Installation node = Installation.on(folder)
                .cloud("well", Map.of())
                .wrappedCloud(cloud -> new TamperedCloud(cloud, (verb, answer) -> {
                    if (verb.equals("create") && broken.get()) {
                        throw new ClassCastException("a list where a map was promised");
                    }
                    return answer.get();
                }))
                .start()) {
            MachineId id = create(node, WELL);
            assertThat(awaited(node, id, machine -> !machine.message().isEmpty())
                            .message())
                    .isEqualTo("The cloud 'well' does not answer: its driver broke down with"
                            + " java.lang.ClassCastException: a list where a map was promised; trying again.");
            broken.set(false);
            awaited(node, id, machine -> machine.state() == MachineState.ACTIVE);
            assertThat(node.cloud(WELL).list()).hasSize(1);
        }
    }
}
