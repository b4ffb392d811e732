package hansa.federation.images;

import static hansa.federation.Installation.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import hansa.cloud.CloudException;
import hansa.cloud.CloudName;
import hansa.federation.Installation;
import hansa.federation.TamperedCloud;
import hansa.federation.compute.Machine;
import hansa.federation.compute.MachineAction;
import hansa.federation.compute.MachineAction.SaveMethod;
import hansa.federation.compute.MachineState;
import hansa.federation.compute.NewMachine;
import hansa.federation.listing.Page;
import hansa.federation.sites.FlavourId;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images at a cloud that hangs are in nobody else's way. */
class HangingStoreTest {

    private static final CloudName SLOW = new CloudName("slow");
    private static final CloudName WELL = new CloudName("well");
    private static final int PLACES = 4;

    /** More than have a place at a time. */
    private static final int MANY = 9;

    @TempDir
    Path folder;

    private final CountDownLatch letGo = new CountDownLatch(1);
    private final AtomicBoolean hangs = new AtomicBoolean();
    private final AtomicInteger hanging = new AtomicInteger();
    private Installation node;
    private Images images;

    @BeforeEach
    void start() {
        node = Installation.on(folder)
                .cloud("slow", Map.of())
                .cloud("well", Map.of())
                .images(OwnImageTest.with(OwnImageTest.honest(folder), 64 << 20, 0))
                .wrappedClouds((name, cloud) -> name.equals(SLOW)
                        ? new TamperedCloud(cloud, (verb, answer) -> {
                            if (verb.startsWith("image-") && hangs.get()) {
                                hold();
                            }
                            return answer.get();
                        })
                        : cloud)
                .start();
        images = node.federation().images();
    }

    @AfterEach
    void close() {
        goOn();
        node.close();
    }

    private void hold() {
        hanging.incrementAndGet();
        try {
            letGo.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException.Unavailable("interrupted", e);
        } finally {
            hanging.decrementAndGet();
        }
    }

    private void goOn() {
        hangs.set(false);
        letGo.countDown();
    }

    private Image sent(String name) {
        byte[] content = ("the disk of " + name).getBytes(StandardCharsets.UTF_8);
        NewUpload wanted =
                new NewUpload(Optional.empty(), name, "raw", Optional.empty(), Optional.empty(), Sharing.PRIVATE);
        return images.uploads()
                .receive(ALICE, wanted, OptionalLong.of(content.length), new ByteArrayInputStream(content));
    }

    private Machine create(ImageId image, CloudName cloud) {
        return node.federation()
                .machines()
                .create(
                        ALICE,
                        NewMachine.of("one", image, new FlavourId("small")).withCloud(cloud));
    }

    private void awaitActive(Machine machine) {
        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        node.federation().machines().get(ALICE, machine.id()).state() == MachineState.ACTIVE);
    }

    private void awaitGone(ImageId id) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> images.list(ALICE, Page.first(100)).stream()
                        .noneMatch(image -> image.id().equals(id)));
    }

    private List<Image> stuckAtTheSlowCloud() {
        hangs.set(true);
        List<Image> stuck =
                IntStream.range(0, MANY).mapToObj(i -> sent("stuck " + i)).toList();
        stuck.forEach(image -> create(image.id(), SLOW));
        await().until(() -> hanging.get() == PLACES);
        return stuck;
    }

    @Test
    void images_that_wait_for_a_cloud_that_hangs_keep_no_others_waiting() {
        List<Image> stuck = stuckAtTheSlowCloud();
        awaitActive(create(sent("another").id(), WELL));
        // Nor do they wait themselves where they are wanted elsewhere too.
        awaitActive(create(stuck.getFirst().id(), WELL));
        awaitActive(create(stuck.getLast().id(), WELL));
        assertThat(hanging).hasValue(PLACES);
    }

    @Test
    void images_that_are_deleted_at_a_cloud_that_hangs_keep_no_others_waiting() {
        List<Image> stuck = stuckAtTheSlowCloud();
        stuck.forEach(image -> images.delete(ALICE, image.id()));
        Image other = sent("another");
        images.delete(ALICE, other.id());
        awaitGone(other.id());
        awaitActive(create(sent("a third").id(), WELL));
        goOn();
        stuck.forEach(image -> awaitGone(image.id()));
    }

    @Test
    void images_that_are_fetched_from_a_cloud_that_hangs_take_no_place_of_the_cloud_that_wants_them() {
        List<Machine> there = IntStream.range(0, MANY)
                .mapToObj(_ -> create(new ImageId("tiny"), SLOW))
                .toList();
        there.forEach(this::awaitActive);
        List<ImageId> saved = there.stream()
                .map(machine -> node.federation()
                        .machines()
                        .act(ALICE, machine.id(), new MachineAction.Save(SaveMethod.HOT, "saved"))
                        .image()
                        .orElseThrow())
                .toList();
        saved.forEach(id -> await().atMost(Duration.ofSeconds(20))
                .until(() -> images.get(ALICE, id).state() == ImageState.READY));
        hangs.set(true);
        List<Machine> waiting = saved.stream().map(id -> create(id, WELL)).toList();
        await().until(() -> hanging.get() == PLACES);
        awaitActive(create(sent("another").id(), WELL));
        assertThat(hanging).hasValue(PLACES);
        goOn();
        waiting.forEach(this::awaitActive);
    }
}
