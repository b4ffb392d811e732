package hansa.drivers.ec2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.ImageStore;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.RemoteState;
import hansa.cloud.Settings;
import hansa.cloud.Token;
import hansa.cloud.VolumeCopies;
import hansa.cloud.Volumes;
import hansa.drivers.ec2.StubEndpoint.Mishap;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Images of one's own, brought and fetched block by block. */
final class ImagesTest {

    private static final Token IMAGE = new Token("image");

    @TempDir
    private Path folder;

    private final StubEndpoint server = Fixtures.serve();

    @AfterEach
    void stop() {
        server.close();
    }

    private static ImageStore images(Cloud cloud) {
        return cloud.facet(ImageStore.class).orElseThrow();
    }

    /** A disk with something in its blocks 0, 3 and 5, of which the last is not whole. */
    private Path disk() {
        Path file = folder.resolve("disk.raw");
        byte[] some = new byte[1_000];
        new Random(7).nextBytes(some);
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            for (long position : new long[] {0, 3L * StubDirect.BLOCK + 17, 5L * StubDirect.BLOCK}) {
                out.seek(position);
                out.write(some);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private static RemoteImage upload(Cloud cloud, Path file) {
        return images(cloud).upload(IMAGE, "mine", "raw", file);
    }

    /** Tries by a cloud with little time what cannot be done. */
    private void assertUnavailable(Consumer<Cloud> call) {
        try (Cloud impatient = Fixtures.open(server.url(), Map.of("time-limit", "1s"))) {
            assertThatThrownBy(() -> call.accept(impatient)).isInstanceOf(CloudException.Unavailable.class);
        }
    }

    private long count(String action) {
        return server.calls().stream().filter(action::equals).count();
    }

    private Set<String> snapshots() {
        return server.stub().volumes.snapshots.keySet();
    }

    @Test
    void blocks_without_content_are_neither_brought_nor_fetched() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of("image-blocks", "2"))) {
            RemoteImage made = upload(cloud, disk());
            assertThat(made.sizeBytes()).isEqualTo(5L * StubDirect.BLOCK + 1_000);
            assertThat(count("PutSnapshotBlock")).isEqualTo(3);
            assertThat(snapshots()).hasSize(1);
            Path back = folder.resolve("back.raw");
            images(cloud).download(made.id(), back);
            assertThat(back).hasSameBinaryContentAs(disk());
            assertThat(count("GetSnapshotBlock")).isEqualTo(3);
            assertThat(cloud.facet(VolumeCopies.class).orElseThrow().list())
                    .as("the content of an image is no copy of a volume")
                    .isEmpty();
        }
    }

    @Test
    void what_was_brought_half_is_gone_on_with() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            AtomicInteger puts = new AtomicInteger();
            server.happen(action ->
                    action.equals("PutSnapshotBlock") && puts.getAndIncrement() > 0 ? Mishap.ERROR_500 : Mishap.NONE);
            assertUnavailable(impatient -> upload(impatient, disk()));
            assertThat(images(cloud).findByToken(IMAGE)).isEmpty();
            server.happen(_ -> Mishap.NONE);
            RemoteImage made = upload(cloud, disk());
            assertThat(snapshots()).hasSize(1);
            Path back = folder.resolve("back.raw");
            images(cloud).download(made.id(), back);
            assertThat(back).hasSameBinaryContentAs(disk());
        }
    }

    @Test
    void what_ebs_gave_up_meanwhile_is_begun_anew() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            server.happen(action -> action.equals("PutSnapshotBlock") ? Mishap.ERROR_500 : Mishap.NONE);
            assertUnavailable(impatient -> upload(impatient, disk()));
            server.happen(_ -> Mishap.NONE);
            String first = snapshots().iterator().next();
            server.stub().volumes.snapshots.values().forEach(StubVolumes.Snapshot::fail);
            upload(cloud, disk());
            assertThat(snapshots()).hasSize(1).doesNotContain(first);
        }
    }

    @Test
    void an_image_that_was_deleted_can_be_brought_again() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of("time-limit", "2s"))) {
            images(cloud).delete(upload(cloud, disk()).id());
            assertThat(upload(cloud, disk()).token()).contains(IMAGE);
            assertThat(snapshots()).hasSize(1);
        }
    }

    @Test
    void what_ebs_gave_up_and_nobody_wants_any_more_goes_at_the_next_start() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            server.happen(action -> action.equals("PutSnapshotBlock") ? Mishap.ERROR_500 : Mishap.NONE);
            assertUnavailable(impatient -> upload(impatient, disk()));
            server.happen(_ -> Mishap.NONE);
            cloud.recover(Set.of());
            assertThat(snapshots()).as("somebody may go on with it").hasSize(1);
            server.stub().volumes.snapshots.values().forEach(StubVolumes.Snapshot::fail);
            cloud.recover(Set.of());
            assertThat(snapshots()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"StartSnapshot", "PutSnapshotBlock", "CompleteSnapshot", "RegisterImage", "DescribeSnapshots"})
    void an_answer_that_gets_lost_doubles_nothing(String action) {
        for (Mishap mishap : List.of(Mishap.LOST_AFTER, Mishap.TWICE, Mishap.NONSENSE)) {
            try (StubEndpoint fresh = Fixtures.serve();
                    Cloud cloud = Fixtures.open(fresh.url(), Map.of())) {
                AtomicInteger times = new AtomicInteger(1);
                fresh.happen(one -> one.equals(action) && times.getAndDecrement() > 0 ? mishap : Mishap.NONE);
                RemoteImage made = persistently(() -> upload(cloud, disk()));
                assertThat(fresh.stub().volumes.snapshots).as("%s", mishap).hasSize(1);
                assertThat(cloud.describe().images())
                        .as("%s", mishap)
                        .filteredOn(image -> image.token().isPresent())
                        .extracting(RemoteImage::id)
                        .containsExactly(made.id());
            }
        }
    }

    private static <T> T persistently(Supplier<T> call) {
        for (int attempt = 0; attempt < 1_000; attempt++) {
            try {
                return call.get();
            } catch (CloudException.Unavailable e) {
                assertThat(e.text()).isNotBlank();
            }
        }
        throw new AssertionError("it never worked");
    }

    @Test
    void whatever_happens_on_the_way_an_image_comes_and_goes_whole() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<Mishap> some = List.of(
                Mishap.LOST_BEFORE,
                Mishap.LOST_AFTER,
                Mishap.TWICE,
                Mishap.ERROR_500,
                Mishap.NONSENSE,
                Mishap.ENTITIES);
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            Path file = disk();
            for (int round = 0; round < 3; round++) {
                Token token = new Token("round" + round);
                server.happen(_ -> {
                    synchronized (random) {
                        return random.nextInt(6) == 0 ? some.get(random.nextInt(some.size())) : Mishap.NONE;
                    }
                });
                RemoteImage made = persistently(() -> images(cloud).upload(token, "mine", "raw", file));
                Path back = folder.resolve("back" + round);
                persistently(() -> {
                    images(cloud).download(made.id(), back);
                    return back;
                });
                assertThat(back).as("seed %d", seed).hasSameBinaryContentAs(file);
                persistently(() -> {
                    images(cloud).delete(made.id());
                    return made;
                });
                server.happen(_ -> Mishap.NONE);
                images(cloud).delete(made.id());
                assertThat(snapshots()).as("seed %d", seed).isEmpty();
                assertThat(images(cloud).findByToken(token)).as("seed %d", seed).isEmpty();
            }
        }
    }

    @Test
    void a_block_that_was_spoiled_on_the_way_is_fetched_again() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            RemoteImage made = upload(cloud, disk());
            server.stub().direct.spoilOnce(new byte[StubDirect.BLOCK]);
            Path back = folder.resolve("back.raw");
            images(cloud).download(made.id(), back);
            assertThat(back).hasSameBinaryContentAs(disk());
            assertThat(count("GetSnapshotBlock")).isEqualTo(4);
        }
    }

    @Test
    void a_file_that_was_fetched_half_is_not_there() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            RemoteImage made = upload(cloud, disk());
            server.happen(action -> action.equals("GetSnapshotBlock") ? Mishap.ERROR_500 : Mishap.NONE);
            Path back = folder.resolve("back.raw");
            assertUnavailable(impatient -> images(impatient).download(made.id(), back));
            assertThat(back).doesNotExist();
        }
    }

    @Test
    void an_image_whose_deletion_was_interrupted_goes_with_its_snapshot_when_asked_again() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            RemoteImage made = upload(cloud, disk());
            server.happen(action -> action.equals("DeleteSnapshot") ? Mishap.ERROR_500 : Mishap.NONE);
            assertUnavailable(impatient -> images(impatient).delete(made.id()));
            server.happen(_ -> Mishap.NONE);
            assertThatThrownBy(() -> images(cloud).read(made.id())).isInstanceOf(CloudException.NotFound.class);
            assertThat(snapshots()).hasSize(1);
            images(cloud).delete(made.id());
            assertThat(snapshots()).isEmpty();
        }
    }

    @Test
    void images_of_others_are_neither_deleted_nor_told_as_ours() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            RemoteImage debian = images(cloud).read(Fixtures.DEBIAN);
            assertThat(debian.token()).isEmpty();
            assertThat(debian.format()).isEqualTo("ami");
            assertThatThrownBy(() -> images(cloud).delete(Fixtures.DEBIAN)).isInstanceOf(CloudException.Conflict.class);
        }
    }

    @Test
    void what_is_made_of_a_machine_has_its_root_disk_and_no_other() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            Volumes volumes = cloud.facet(Volumes.class).orElseThrow();
            RemoteId volume = volumes.create(new Token("v"), "v", 1_024).id();
            RemoteId machine = cloud.create(Fixtures.order("m")).id();
            Fixtures.waitFor(cloud, machine, RemoteState.RUNNING);
            volumes.attach(machine, volume, Optional.empty());
            RemoteImage made = images(cloud).capture(machine, IMAGE, "mine");
            assertThat(made.format()).isEqualTo("raw");
            assertThat(made.sizeBytes()).isEqualTo(8L << 30);
            assertThat(snapshots()).hasSize(1);
            assertThat(server.stub().images.reboots).isEmpty();
            cloud.delete(machine);
            images(cloud).delete(made.id());
            assertThat(snapshots()).isEmpty();
        }
    }

    @Test
    void a_running_machine_is_rebooted_for_an_image_where_the_settings_want_it() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of("capture-reboots", "true"))) {
            RemoteId machine = cloud.create(Fixtures.order("m")).id();
            Fixtures.waitFor(cloud, machine, RemoteState.RUNNING);
            images(cloud).capture(machine, IMAGE, "mine");
            assertThat(server.stub().images.reboots).containsExactly(machine.value());
        }
    }

    @Test
    void of_a_machine_that_is_neither_running_nor_stopped_no_image_is_made() {
        try (StubEndpoint slow = new StubEndpoint(new Stub(java.time.Duration.ofHours(1), 0));
                Cloud cloud = Fixtures.open(slow.url(), Map.of())) {
            RemoteId machine = cloud.create(Fixtures.order("m")).id();
            assertThatThrownBy(() -> images(cloud).capture(machine, IMAGE, "mine"))
                    .isInstanceOf(CloudException.Conflict.class);
            cloud.power(machine, PowerAction.SHUTDOWN);
            assertThatThrownBy(() -> images(cloud).capture(machine, IMAGE, "mine"))
                    .isInstanceOf(CloudException.Conflict.class);
        }
    }

    @Test
    void an_endpoint_that_tags_nothing_by_itself_gets_its_tags() {
        server.stub().ignoreTagSpecifications();
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            RemoteImage made = upload(cloud, disk());
            assertThat(made.token()).contains(IMAGE);
            assertThat(upload(cloud, disk()).id()).isEqualTo(made.id());
            images(cloud).delete(made.id());
            assertThat(snapshots()).isEmpty();
        }
    }

    @Test
    void what_is_no_image_is_refused() throws IOException {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            Path empty = java.nio.file.Files.createFile(folder.resolve("empty"));
            assertThat(images(cloud).formats()).containsExactly("raw");
            assertThatThrownBy(() -> upload(cloud, empty)).isInstanceOf(CloudException.InvalidRequest.class);
            assertThatThrownBy(() -> images(cloud).upload(IMAGE, "mine", "qcow2", disk()))
                    .isInstanceOf(CloudException.InvalidRequest.class);
            assertThat(snapshots()).isEmpty();
        }
    }

    @Test
    void a_quota_of_ebs_is_told_as_one() {
        try (Cloud cloud = Fixtures.open(server.url(), Map.of())) {
            server.stub().refuseOnce("StartSnapshot", "ServiceQuotaExceededException", "too many snapshots");
            assertThatThrownBy(() -> upload(cloud, disk()))
                    .isInstanceOf(CloudException.QuotaExceeded.class)
                    .hasMessage("StartSnapshot is refused with ServiceQuotaExceededException: too many snapshots");
        }
    }

    @Test
    void the_endpoint_of_ebs_is_amazon_s_where_that_of_ec2_is_and_none_elsewhere() {
        Map<String, String> least = Map.of("region", "eu-central-1", "access-key", "a", "secret-key", "s");
        assertThat(settings(least).ebsEndpoint()).contains(URI.create("https://ebs.eu-central-1.amazonaws.com"));
        Map<String, String> elsewhere = new HashMap<>(least);
        elsewhere.put("endpoint", "https://cloud.example.org/ec2");
        assertThat(settings(elsewhere).ebsEndpoint()).isEmpty();
        elsewhere.put("ebs-endpoint", "https://cloud.example.org/ebs/");
        assertThat(settings(elsewhere).ebsEndpoint()).contains(URI.create("https://cloud.example.org/ebs"));
        try (Cloud cloud = Fixtures.open(server.url(), Map.of("ebs-endpoint", ""))) {
            assertThat(cloud.facet(ImageStore.class)).isEmpty();
        }
    }

    private static Ec2Settings settings(Map<String, String> given) {
        return Ec2Settings.of(Settings.of(new Ec2Driver().settings(), given));
    }
}
