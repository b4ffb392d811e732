package hansa.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hansa.cloud.Cloud;
import hansa.cloud.CloudException;
import hansa.cloud.ImageStore;
import hansa.cloud.RemoteImage;
import hansa.cloud.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that are more than they seem, looked at by the real qemu-img. */
@Tag("peer")
final class HostileImagePeerTest {

    @TempDir
    private Path folder;

    private void qemuImg(String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of("qemu-img"));
        command.addAll(List.of(arguments));
        Programs.run("prepare", Duration.ofSeconds(30), folder, command);
    }

    private void assertRefused(String format, String file, String why) throws IOException {
        try (LibvirtPeer peer = new LibvirtPeer();
                Cloud cloud = peer.open()) {
            ImageStore images = cloud.facet(ImageStore.class).orElseThrow();
            Token token = LibvirtPeer.newToken();
            assertThatThrownBy(() -> images.upload(token, "hostile", format, folder.resolve(file)))
                    .isInstanceOf(CloudException.InvalidRequest.class)
                    .hasMessageContaining(why)
                    .message()
                    .doesNotContain("\n");
            assertThat(images.findByToken(token)).isEmpty();
            assertThat(Folders.children(peer.folder().resolve("cloud/images"))).isEmpty();
        }
    }

    @Test
    void an_image_that_names_a_file_of_the_host_below_it_is_refused() throws IOException {
        qemuImg("create", "-q", "-f", "qcow2", "-u", "-F", "raw", "-b", "/etc/passwd", "below.qcow2", "1M");
        assertRefused("qcow2", "below.qcow2", "it needs a backing file; flatten it first");
    }

    @Test
    void an_image_whose_content_lies_in_a_file_of_the_host_is_refused() throws IOException {
        qemuImg("create", "-q", "-f", "qcow2", "-o", "data_file=data.raw,data_file_raw=on", "outside.qcow2", "1M");
        assertRefused("qcow2", "outside.qcow2", "it needs a data file; flatten it first");
    }

    /** AES and not LUKS: for LUKS qemu-img measures the processor first, and gives up where that takes no time. */
    @Test
    void an_encrypted_image_is_refused() throws IOException {
        qemuImg(
                "create",
                "-q",
                "-f",
                "qcow2",
                "--object",
                "secret,id=s,data=x",
                "-o",
                "encrypt.format=aes,encrypt.key-secret=s",
                "closed.qcow2",
                "1M");
        assertRefused("qcow2", "closed.qcow2", "it is encrypted");
    }

    @Test
    void what_is_no_image_of_its_format_is_refused() throws IOException {
        Files.writeString(folder.resolve("text.qcow2"), "not an image");
        assertRefused("qcow2", "text.qcow2", "it is declared as qcow2 but is none");
    }

    @Test
    void a_raw_image_with_another_formats_header_stays_raw() throws IOException {
        qemuImg("create", "-q", "-f", "qcow2", "-u", "-F", "raw", "-b", "/etc/passwd", "header.raw", "1G");
        try (LibvirtPeer peer = new LibvirtPeer();
                Cloud cloud = peer.open()) {
            ImageStore images = cloud.facet(ImageStore.class).orElseThrow();
            RemoteImage image = images.upload(LibvirtPeer.newToken(), "odd", "raw", folder.resolve("header.raw"));
            assertThat(image.format()).isEqualTo("raw");
            Path stored = peer.folder()
                    .resolve("cloud/images")
                    .resolve(image.id().value())
                    .resolve("disk.raw");
            assertThat(new QemuImg(Duration.ofMinutes(1)).virtualSize("raw", stored))
                    .isLessThan(1 << 20);
        }
    }
}
