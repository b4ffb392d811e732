package hansa.federation.sites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.CloudName;
import hansa.federation.Installation;
import hansa.federation.TamperedCloud;
import hansa.federation.TamperedCloud.Tampering;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CloudAccessTest {

    private static final CloudName SIM = new CloudName("sim");

    @TempDir
    Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    private CloudAccess access(CloudSettings settings, Tampering tampering) {
        Cloud cloud = new TamperedCloud(Installation.open(folder, SIM, Map.of()), tampering);
        return new CloudAccess(
                Map.of(SIM, new OpenedCloud("simulated", cloud, settings)),
                SiteSettings.DEFAULT,
                _ -> Set.of(),
                Clock.systemUTC(),
                meters);
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
    void a_driver_that_breaks_down_is_a_cloud_that_does_not_answer() {
        CloudAccess access = access(CloudSettings.DEFAULT, (verb, answer) -> {
            if (verb.equals("list")) {
                throw new IndexOutOfBoundsException("page 3\nof 2");
            }
            return answer.get();
        });
        assertThatThrownBy(() -> access.call(SIM, "list", Cloud::list))
                .isInstanceOf(CloudException.Unavailable.class)
                .hasMessage("its driver broke down with java.lang.IndexOutOfBoundsException: page 3 of 2");
        assertThat(access.call(SIM, "describe", Cloud::describe).images()).isNotEmpty();
    }

    @Test
    void even_an_error_of_a_driver_is_a_cloud_that_does_not_answer() {
        CloudAccess access = access(CloudSettings.DEFAULT, (verb, answer) -> {
            if (verb.equals("list")) {
                throw new StackOverflowError();
            }
            return answer.get();
        });
        assertThatThrownBy(() -> access.call(SIM, "list", Cloud::list)).isInstanceOf(CloudException.Unavailable.class);
    }

    @Test
    void faults_of_a_driver_do_not_open_the_circuit() {
        CloudAccess access = access(CloudSettings.DEFAULT, (verb, answer) -> {
            if (verb.equals("list")) {
                throw new IllegalStateException("one thing that it cannot read");
            }
            return answer.get();
        });
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> access.call(SIM, "list", Cloud::list)).hasMessageContaining("broke down");
        }
        assertThat(access.call(SIM, "describe", Cloud::describe).images()).isNotEmpty();
    }

    @Test
    void what_our_own_side_refuses_goes_through_as_it_is() {
        CloudAccess access = access(CloudSettings.DEFAULT, (_, answer) -> answer.get());
        assertThatThrownBy(() -> access.call(SIM, "list", _ -> {
                    throw new Failure(ErrorCode.ATTRIBUTE_INVALID, "No.");
                }))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("No.");
    }

    @Test
    void a_cloud_that_does_not_answer_is_not_asked_any_more_and_says_so() {
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        CloudAccess access = access(CloudSettings.DEFAULT, (verb, answer) -> {
            asked.add(verb);
            if (verb.equals("list")) {
                throw new CloudException.Unavailable("connection refused");
            }
            return answer.get();
        });
        assertThat(access.call(SIM, "describe", Cloud::describe).images()).isNotEmpty();
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> access.call(SIM, "list", Cloud::list))
                    .isInstanceOf(CloudException.Unavailable.class)
                    .hasMessageContaining("connection refused");
        }
        assertThat(asked).hasSizeLessThan(12);
        CloudEntry entry = access.withCircuit(
                new CloudEntry(SIM, "simulated", CloudEntry.Health.UP, "", Optional.empty(), Set.of(), 0));
        assertThat(entry.circuit()).isEqualTo(CloudEntry.Circuit.OPEN);
        assertThat(entry.restsUntil()).isPresent();
        assertThat(meters.get("hansa.cloud.circuit").tag("cloud", "sim").gauge().value())
                .isEqualTo(2.0);
    }

    @Test
    void a_call_that_its_driver_does_not_end_is_given_up_and_keeps_its_place() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        CloudSettings settings =
                new CloudSettings(Optional.of(1), Optional.of(Duration.ofSeconds(1)), CloudSettings.Existing.IGNORE);
        CountDownLatch ended = new CountDownLatch(1);
        CloudAccess access = access(settings, (verb, answer) -> {
            if (verb.equals("list")) {
                while (hanging.getCount() > 0) {
                    try {
                        hanging.await();
                    } catch (InterruptedException e) {
                        // This driver does not listen.
                    }
                }
                ended.countDown();
            }
            return answer.get();
        });
        assertThatThrownBy(() -> access.call(SIM, "list", Cloud::list))
                .isInstanceOf(CloudException.Unavailable.class)
                .hasMessage("it did not answer within 1 s");
        Thread other = Thread.ofVirtual().start(() -> access.call(SIM, "describe", Cloud::describe));
        await().until(() -> other.getState() == Thread.State.TIMED_WAITING);
        hanging.countDown();
        ended.await();
        other.join();
        assertThat(meters.get("hansa.cloud.calls")
                        .tag("verb", "describe")
                        .tag("outcome", "Ok")
                        .timer()
                        .count())
                .isEqualTo(1);
    }

    /** Many wait at once for a cloud that hangs when it is asked which machines it has. */
    @Test
    void a_cloud_that_hangs_at_the_start_is_not_tried_by_each_in_turn() throws Exception {
        CountDownLatch hanging = new CountDownLatch(1);
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        CloudAccess access = access(CloudSettings.DEFAULT, (verb, _) -> {
            asked.add(verb);
            hold(hanging);
            throw new CloudException.Unavailable("no answer");
        });
        Queue<String> texts = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    access.call(SIM, "list", Cloud::list);
                } catch (CloudException.Unavailable e) {
                    texts.add(e.text());
                }
            }));
        }
        await().until(() -> threads.stream()
                .allMatch(thread ->
                        thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING));
        hanging.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(asked).containsExactly("recover");
        assertThat(texts).hasSize(20).contains("no answer");
    }
}
