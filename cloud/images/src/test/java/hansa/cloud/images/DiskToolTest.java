package hansa.cloud.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of what the tool answers, with a program in its place. */
final class DiskToolTest {

    private static final DiskLimits LIMITS =
            new DiskLimits(1 << 30, 1 << 20, DiskLimits.MEMORY, Duration.ofSeconds(20));

    @TempDir
    private Path folder;

    private DiskTool tool(String script) throws IOException {
        return tool(script, LIMITS);
    }

    private DiskTool tool(String script, DiskLimits limits) throws IOException {
        Path program = Files.writeString(folder.resolve("qemu-img"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new DiskTool(program.toString(), limits);
    }

    private Path disk() throws IOException {
        return Files.write(folder.resolve("disk"), new byte[4_096]);
    }

    private void refused(DiskTool tool, Class<? extends Exception> kind, String why) throws IOException {
        Path disk = disk();
        assertThatThrownBy(() -> tool.convert(DiskFormat.RAW, disk, DiskFormat.QCOW2, folder.resolve("out"), _ -> {}))
                .isInstanceOf(kind)
                .hasMessageContaining(why);
    }

    @Test
    void the_declared_format_and_the_limits_reach_the_tool() throws Exception {
        DiskTool tool = tool("echo \"$@\" > told; ulimit -f >> told; env >> told; cat < /dev/null");
        List<Integer> percents = new ArrayList<>();
        tool.convert(DiskFormat.VHD, disk(), DiskFormat.VMDK, folder.resolve("out"), percents::add);
        String told = Files.readString(folder.resolve("told"));
        assertThat(told)
                .startsWith("convert -p -f vpc -O vmdk -o subformat=streamOptimized " + folder.resolve("disk") + " "
                        + folder.resolve("out") + "\n2048\n")
                .contains("LC_ALL=C")
                .doesNotContain("HOME=");
        assertThat(percents).isEmpty();
    }

    @Test
    void progress_is_told_as_it_goes() throws Exception {
        DiskTool tool = tool("printf '    (0.00/100%%)\\r    (50.39/100%%)\\r    (100.00/100%%)\\r\\n'");
        List<Integer> percents = new ArrayList<>();
        tool.convert(DiskFormat.RAW, disk(), DiskFormat.QCOW2, folder.resolve("out"), percents::add);
        assertThat(percents).containsExactly(0, 50, 100);
    }

    @Test
    void what_a_guest_would_see_is_read_and_limited() throws Exception {
        assertThat(tool("echo '{\"virtual-size\": 4096}'").inspect(DiskFormat.RAW, disk()))
                .isEqualTo(4_096);
        DiskTool bomb = tool("echo '{\"virtual-size\": 9007199254740992}'");
        Path disk = disk();
        assertThatThrownBy(() -> bomb.inspect(DiskFormat.RAW, disk))
                .isInstanceOf(UnfitDisk.class)
                .hasMessage("it unfolds to a disk of 9007199254740992 bytes, which is more than the 1073741824 that are"
                        + " taken here");
        DiskTool backed = tool("echo '{\"virtual-size\": 4096, \"backing-filename\": \"/etc/passwd\"}'");
        assertThatThrownBy(() -> backed.inspect(DiskFormat.RAW, disk)).hasMessageContaining("needs a backing file");
        DiskTool silent = tool("true");
        assertThatThrownBy(() -> silent.inspect(DiskFormat.RAW, disk)).isInstanceOf(UnfitDisk.class);
    }

    @Test
    void refusals_are_told_apart_from_what_may_pass() throws IOException {
        refused(
                tool("echo \"qemu-img: Could not open '$7'\" >&2; exit 1"),
                UnfitDisk.class,
                "it cannot be read: qemu-img: Could not open 'the file'");
        refused(
                tool("echo 'qemu-img: error while writing: No space left on device' >&2; exit 1"),
                IOException.class,
                "there is no room on the node's disk");
        refused(tool("kill -XFSZ $$"), UnfitDisk.class, "it becomes larger than the 1048576 bytes");
        refused(tool("kill -ABRT $$"), UnfitDisk.class, "takes too much memory");
    }

    @Test
    void a_file_cannot_grow_beyond_the_limit() throws IOException {
        refused(tool("head -c 3000000 /dev/zero > out"), UnfitDisk.class, "it becomes larger");
    }

    @Test
    void work_without_end_is_ended() throws IOException {
        DiskLimits brief = new DiskLimits(1, 1, DiskLimits.MEMORY, Duration.ofMillis(200));
        refused(tool("exec sleep 600", brief), UnfitDisk.class, "takes longer");
    }

    @Test
    void a_missing_tool_is_named() throws IOException {
        DiskTool none = new DiskTool("no-such-qemu-img", LIMITS);
        assertThat(none.missing()).contains("no-such-qemu-img");
        refused(none, IOException.class, "qemu-img is missing on the node");
        assertThat(tool("true").missing()).isEmpty();
    }
}
