package hansa.drivers.opennebula;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.ImageStore;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.RemoteImage.ImageState;
import hansa.cloud.RemoteState;
import hansa.cloud.Snapshots;
import hansa.cloud.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImagesTest {

    private final Oned oned = new Oned(Fixtures.STEP, "7.4.0");
    private final OnedServer server = new OnedServer(oned);
    private final Cloud cloud = Fixtures.open(server.url(), Fixtures.whole(server));
    private final ImageStore images = cloud.facet(ImageStore.class).orElseThrow();

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        cloud.close();
        server.close();
    }

    private Path file() throws IOException {
        return Files.write(folder.resolve("image"), new byte[3 * 1024 * 1024 + 5]);
    }

    @Test
    void the_format_is_declared_to_early_and_to_late_versions() throws IOException {
        RemoteImage image = images.upload(new Token("q"), "mine", "qcow2", file());
        assertThat(image.format()).isEqualTo("qcow2");
        assertThat(image.state()).isEqualTo(ImageState.READY);
        assertThat(image.name()).isEqualTo("mine");
        assertThat(oned.images.get(Integer.parseInt(image.id().value())).template)
                .containsEntry("FORMAT", "qcow2")
                .containsEntry("DRIVER", "qcow2");
    }

    @Test
    void an_image_that_was_not_fetched_as_a_whole_is_brought_again() throws IOException {
        OnedImage left = oned.addImage(Oned.ADA, "hansa-image-again", 0, false, 1);
        left.failed = true;
        assertThat(images.findByToken(new Token("again")).orElseThrow().state()).isEqualTo(ImageState.FAILED);
        RemoteImage brought = images.upload(new Token("again"), "mine", "raw", file());
        assertThat(brought.id()).isNotEqualTo(new RemoteId(Integer.toString(left.id)));
        assertThat(brought.state()).isEqualTo(ImageState.READY);
        assertThat(images.findByToken(new Token("again"))).contains(brought);
    }

    @Test
    void a_running_machine_is_captured_and_a_lost_answer_leaves_one_image() {
        RemoteId machine = cloud.create(Fixtures.order("m")).id();
        await().until(() -> cloud.read(machine).state() == RemoteState.RUNNING);
        server.happen(
                method -> method.equals("one.image.update") ? OnedServer.Mishap.LOST_BEFORE : OnedServer.Mishap.NONE);
        assertThatThrownBy(() -> images.capture(machine, new Token("c"), "captured"))
                .isInstanceOf(CloudException.Unavailable.class);
        server.happen(_ -> OnedServer.Mishap.NONE);
        RemoteImage found = images.findByToken(new Token("c")).orElseThrow();
        RemoteImage again = images.capture(machine, new Token("c"), "captured");
        assertThat(again.id()).isEqualTo(found.id());
        assertThat(again.name()).isEqualTo("captured");
    }

    @Test
    void nothing_outside_of_the_datastores_is_fetched_and_foreign_images_stay() throws IOException {
        RemoteImage image = images.upload(new Token("link"), "mine", "raw", file());
        Path stored = server.store().file(Integer.parseInt(image.id().value()));
        Files.delete(stored);
        Files.createSymbolicLink(stored, folder.resolve("image"));
        Path back = folder.resolve("back");
        assertThatThrownBy(() -> images.download(image.id(), back)).isInstanceOf(CloudException.Conflict.class);
        assertThat(back).doesNotExist();
        assertThatThrownBy(() -> images.delete(Fixtures.DEBIAN)).isInstanceOf(CloudException.InvalidRequest.class);
    }

    @Test
    void without_its_settings_neither_images_nor_snapshots_are_offered() {
        try (Cloud plain = Fixtures.open(server.url(), Map.of())) {
            assertThat(plain.facet(ImageStore.class)).isEmpty();
            assertThat(plain.facet(Snapshots.class)).isEmpty();
        }
        assertThatThrownBy(() -> Fixtures.open(server.url(), Map.of("datastores", "/x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("image-server");
        assertThatThrownBy(() -> Fixtures.open(server.url(), Map.of("datastores", "/x", "image-server", "ftp://x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("such as http://10.0.0.5:2640");
    }

    @Test
    void a_snapshot_that_the_hypervisor_refuses_is_a_conflict_with_its_words() {
        RemoteId machine = cloud.create(Fixtures.order("s")).id();
        Snapshots snapshots = cloud.facet(Snapshots.class).orElseThrow();
        assertThatThrownBy(() -> snapshots.create(machine, new Token("t"), "early"))
                .isInstanceOf(CloudException.Conflict.class);
        await().until(() -> cloud.read(machine).state() == RemoteState.RUNNING);
        oned.meddle(Integer.parseInt(machine.value()), vm -> vm.userTemplate.put("NO_SNAPSHOTS", "YES"));
        assertThatThrownBy(() -> snapshots.create(machine, new Token("t"), "none"))
                .isInstanceOf(CloudException.Conflict.class)
                .hasMessageContaining("not supported");
        assertThat(snapshots.list(machine)).isEmpty();
    }
}
