package hansa.drivers.libvirt;

import static org.assertj.core.api.Assertions.assertThat;

import hansa.drivers.libvirt.LibvirtSettings.AcceleratorChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver's own probe boot against that of peers/kvm-probe. */
@Tag("peer")
final class AcceleratorPeerTest {

    @TempDir
    private Path folder;

    @Test
    void the_probe_boot_comes_to_the_same_result_as_a_whole_guest_and_is_remembered() throws Exception {
        boolean expected = LibvirtPeer.required("HANSA_ACCELERATOR").equals("kvm");
        Optional<Path> kernel =
                Optional.of(Path.of(LibvirtPeer.required("HANSA_TINY_IMAGE").replace(".qcow2", ".vmlinuz")));
        assertThat(new Accelerator(AcceleratorChoice.AUTO, kernel, folder).isKvm())
                .isEqualTo(expected);

        Path answer = folder.resolve("accelerator");
        if (Files.exists(answer)) {
            List<String> lines = Files.readAllLines(answer);
            assertThat(lines).last().isEqualTo(expected ? "kvm" : "tcg");
            Files.write(answer, List.of(lines.getFirst(), expected ? "tcg" : "kvm"));
            assertThat(new Accelerator(AcceleratorChoice.AUTO, kernel, folder).isKvm())
                    .as("the answer that is kept is believed")
                    .isNotEqualTo(expected);
        }
    }

    @Test
    void a_choice_is_not_questioned() {
        assertThat(new Accelerator(AcceleratorChoice.KVM, Optional.empty(), folder).isKvm())
                .isTrue();
        assertThat(new Accelerator(AcceleratorChoice.TCG, Optional.empty(), folder).isKvm())
                .isFalse();
    }
}
