package hansa.cloud.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tool itself: what it writes passes our own eyes, and what is hostile does not reach a conversion. */
@Tag("peer")
final class DiskToolPeerTest {

    private static final int BYTES = 8 << 20;
    private static final DiskLimits LIMITS =
            new DiskLimits(1L << 30, 64L << 20, DiskLimits.MEMORY, Duration.ofMinutes(1));

    @TempDir
    private Path folder;

    private final DiskTool tool = new DiskTool("qemu-img", LIMITS);

    private Path raw() throws IOException {
        byte[] content = new byte[BYTES];
        new Random(7).nextBytes(content);
        java.util.Arrays.fill(content, BYTES / 4, BYTES / 2, (byte) 0);
        return Files.write(folder.resolve("raw"), content);
    }

    private void qemuImg(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("qemu-img"));
        command.addAll(List.of(arguments));
        ToolRun.Ended ended = ToolRun.of(command, folder, Duration.ofMinutes(1), _ -> {});
        assertThat(ended.status()).as(ended.printed()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void a_disk_comes_back_from_every_format_as_it_was(DiskFormat format) throws Exception {
        Path raw = raw();
        Path there = folder.resolve("there");
        Path back = folder.resolve("back");
        List<Integer> percents = new ArrayList<>();
        tool.convert(DiskFormat.RAW, raw, format, there, percents::add);
        DiskStructure.check(format, there);
        assertThat(tool.inspect(format, there)).isEqualTo(BYTES);
        tool.convert(format, there, DiskFormat.RAW, back, _ -> {});
        assertThat(back).hasSameBinaryContentAs(raw);
        assertThat(percents).isNotEmpty().endsWith(100);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RAW")
    void half_a_file_is_found_out(DiskFormat format) throws Exception {
        Path there = folder.resolve("there");
        tool.convert(DiskFormat.RAW, raw(), format, there, _ -> {});
        try (var channel = Files.newByteChannel(there, StandardOpenOption.WRITE)) {
            channel.truncate(Files.size(there) / 2);
        }
        assertThatThrownBy(() -> {
                    tool.inspect(format, there);
                    tool.convert(format, there, DiskFormat.RAW, folder.resolve("back"), _ -> {});
                })
                .isInstanceOf(UnfitDisk.class);
    }

    @Test
    void an_image_that_unfolds_to_more_than_is_taken_is_refused() throws Exception {
        Path bomb = folder.resolve("bomb.qcow2");
        qemuImg("create", "-q", "-f", "qcow2", bomb.toString(), "2T");
        assertThat(Files.size(bomb)).isLessThan(1 << 20);
        assertThatThrownBy(() -> tool.inspect(DiskFormat.QCOW2, bomb)).hasMessageContaining("unfolds to a disk of");
    }

    @Test
    void a_conversion_that_becomes_too_large_is_ended() throws Exception {
        Path wide = folder.resolve("wide.qcow2");
        qemuImg("create", "-q", "-f", "qcow2", wide.toString(), "512M");
        assertThatThrownBy(() -> tool.convert(DiskFormat.QCOW2, wide, DiskFormat.RAW, folder.resolve("out"), _ -> {}))
                .isInstanceOf(UnfitDisk.class)
                .hasMessageContaining("becomes larger");
    }

    @Test
    void a_flat_vmdk_that_reads_a_file_of_the_node_is_refused() throws Exception {
        Path evil = Files.writeString(folder.resolve("evil.vmdk"), """
                # Disk DescriptorFile
                version=1
                CID=12345678
                parentCID=ffffffff
                createType="monolithicFlat"
                RW 8 FLAT "/etc/passwd" 0
                """);
        assertThatThrownBy(() -> tool.inspect(DiskFormat.VMDK, evil))
                .hasMessageContaining("only describes other files");
    }
}
