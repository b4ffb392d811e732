package hansa.cloud.kit;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.cloud.BootContext;
import hansa.cloud.CloudException;
import hansa.cloud.ImageStore;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.RemoteImage.ImageState;
import hansa.cloud.Token;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clouds that take images must do with them. */
public interface ImageStoreConformance extends Conformance {

    /** Size of the raw image that is uploaded. */
    int RAW_BYTES = 1024 * 1024;

    private static Path rawFile(Path folder) {
        byte[] content = new byte[RAW_BYTES];
        RandomGenerator.of("L64X128MixRandom").nextBytes(content);
        try {
            return Files.write(folder.resolve("kit.raw"), content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RemoteImage upload(ImageStore images, Token token, Path file) {
        RemoteImage image = images.upload(token, "kit image", "raw", file);
        subject().undoLater(() -> images.delete(image.id()));
        waitUntilReady(images, image.id());
        return images.read(image.id());
    }

    private void waitUntilReady(ImageStore images, RemoteId image) {
        subject()
                .eventually(
                        "the image is ready",
                        () -> assertThat(images.read(image).state()).isEqualTo(ImageState.READY));
    }

    @Test
    default void the_formats_that_are_taken_have_the_names_of_the_port() {
        subject()
                .with(
                        ImageStore.class,
                        images -> assertThat(images.formats())
                                .isNotEmpty()
                                .doesNotHaveDuplicates()
                                .isSubsetOf("raw", "qcow2", "vmdk", "vhd", "vdi", "vhdx"));
    }

    @Test
    default void an_image_is_uploaded_once_and_comes_back_as_it_was(@TempDir Path folder) {
        subject().with(ImageStore.class, images -> {
            Token token = subject().newToken();
            Path file = rawFile(folder);
            assertThat(images.findByToken(token)).isEmpty();
            RemoteImage image = upload(images, token, file);
            assertThat(image.token()).contains(token);
            assertThat(image.name()).isEqualTo("kit image");
            assertThat(image.format()).isEqualTo("raw");
            assertThat(image.sizeBytes()).isEqualTo(RAW_BYTES);
            assertThat(images.upload(token, "kit image", "raw", file).id()).isEqualTo(image.id());
            assertThat(images.findByToken(token)).map(RemoteImage::id).contains(image.id());
            assertThat(subject().cloud().describe().images())
                    .extracting(RemoteImage::id)
                    .containsOnlyOnce(image.id());

            Path back = folder.resolve("back.raw");
            images.download(image.id(), back);
            assertThat(back).hasSameBinaryContentAs(file);

            images.delete(image.id());
            assertThat(images.findByToken(token)).isEmpty();
            subject().assertRefused(CloudException.NotFound.class, () -> images.read(image.id()));
            subject()
                    .assertRefused(
                            CloudException.NotFound.class,
                            () -> images.download(image.id(), folder.resolve("none.raw")));
            images.delete(image.id());
        });
    }

    @Test
    default void an_image_stays_while_a_machine_needs_it(@TempDir Path folder) {
        subject().with(ImageStore.class, images -> {
            RemoteImage image = upload(images, subject().newToken(), rawFile(folder));
            Token token = subject().newToken();
            RemoteId machine = subject()
                    .cloud()
                    .create(subject().order(token, image.id(), BootContext.EMPTY))
                    .id();
            if (subject().does(Behaviour.MACHINES_NEED_IMAGES)) {
                subject().assertRefused(CloudException.Conflict.class, () -> images.delete(image.id()));
                assertThat(images.read(image.id()).id()).isEqualTo(image.id());
            }
            subject().cloud().delete(machine);
            subject().waitUntilGone(machine);
            images.delete(image.id());
            assertThat(images.findByToken(image.token().orElseThrow())).isEmpty();
        });
    }

    @Test
    default void a_stopped_machine_becomes_an_image() {
        subject().with(ImageStore.class, images -> {
            RemoteId machine = subject().stoppedMachine().id();
            Token token = subject().newToken();
            RemoteImage image = images.capture(machine, token, "kit capture");
            subject().undoLater(() -> images.delete(image.id()));
            assertThat(images.capture(machine, token, "kit capture").id()).isEqualTo(image.id());
            assertThat(images.findByToken(token)).map(RemoteImage::id).contains(image.id());
            waitUntilReady(images, image.id());
            assertThat(images.read(image.id()).sizeBytes()).isPositive();
            assertThat(images.read(image.id()).name()).isEqualTo("kit capture");
            images.delete(image.id());
        });
    }

    @Test
    default void unknown_images_and_formats_are_refused(@TempDir Path folder) {
        subject().with(ImageStore.class, images -> {
            RemoteId unknown = new RemoteId("00000000-0000-4000-8000-000000000004");
            subject().assertRefused(CloudException.NotFound.class, () -> images.read(unknown));
            subject()
                    .assertRefused(
                            CloudException.NotFound.class,
                            () -> images.capture(unknown, subject().newToken(), "none"));
            images.delete(unknown);
            Path file = rawFile(folder);
            subject()
                    .assertRefused(
                            CloudException.InvalidRequest.class,
                            () -> images.upload(subject().newToken(), "none", "punched-cards", file));
        });
    }
}
