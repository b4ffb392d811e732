package hansa.cloud.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told of a disk file by its head and foot alone; heads are written as their specifications say. */
final class DiskStructureTest {

    @TempDir
    private Path folder;

    private static ByteBuffer blank(int size, ByteOrder order) {
        return ByteBuffer.allocate(size).order(order);
    }

    private static void text(ByteBuffer file, int at, String text) {
        file.put(at, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static ByteBuffer qcow2() {
        ByteBuffer file = blank(4 * 65_536, ByteOrder.BIG_ENDIAN);
        text(file, 0, "QFI\u00fb");
        file.putInt(4, 3).putInt(20, 16).putLong(24, 1 << 20);
        file.putInt(36, 1).putLong(40, 3 * 65_536).putLong(48, 65_536).putInt(56, 1);
        file.putInt(96, 4).putInt(100, 104);
        return file;
    }

    private static ByteBuffer vmdk(String descriptor) {
        ByteBuffer file = blank(32 * 512, ByteOrder.LITTLE_ENDIAN);
        text(file, 0, "KDMV");
        file.putInt(4, 1)
                .putLong(12, 2_048)
                .putLong(20, 128)
                .putLong(28, 1)
                .putLong(36, 20)
                .putInt(44, 512);
        text(file, 512, descriptor);
        return file;
    }

    private static String descriptor(String kind, String parent, String extents) {
        return "# Disk DescriptorFile\nversion=1\nCID=12345678\nparentCID=" + parent + "\ncreateType=\"" + kind + "\"\n"
                + extents + "\nddb.adapterType = \"ide\"\n";
    }

    private static ByteBuffer goodVmdk() {
        return vmdk(descriptor("monolithicSparse", "ffffffff", "RW 2048 SPARSE \"disk.vmdk\""));
    }

    private static ByteBuffer vhd() {
        ByteBuffer file = blank(8 * 512, ByteOrder.BIG_ENDIAN);
        for (int foot : new int[] {0, 7 * 512}) {
            text(file, foot, "conectix");
            file.putLong(foot + 16, 512).putLong(foot + 48, 1 << 20).putInt(foot + 60, 3);
        }
        text(file, 512, "cxsparse");
        file.putLong(512 + 16, 3 * 512).putInt(512 + 28, 1).putInt(512 + 32, 2 << 20);
        return file;
    }

    private static ByteBuffer vdi() {
        ByteBuffer file = blank(3 << 20, ByteOrder.LITTLE_ENDIAN);
        text(file, 0, "<<< QEMU VM Virtual Disk Image >>>\n");
        file.putInt(64, 0xbeda107f).putInt(68, 0x00010001).putInt(76, 1);
        file.putInt(344, 1 << 20)
                .putLong(368, 1 << 20)
                .putInt(376, 1 << 20)
                .putInt(384, 1)
                .putInt(388, 1);
        return file;
    }

    private static ByteBuffer vhdx() {
        ByteBuffer file = blank(2 << 20, ByteOrder.LITTLE_ENDIAN);
        text(file, 0, "vhdxfile");
        int regions = 192 * 1024;
        text(file, regions, "regi");
        file.putInt(regions + 8, 1);
        file.putLong(regions + 16, 0x4b9a47908b7ca206L)
                .putLong(regions + 32, 1 << 20)
                .putInt(regions + 40, 1 << 20);
        text(file, 1 << 20, "metadata");
        file.putShort((1 << 20) + 10, (short) 1);
        file.putLong((1 << 20) + 32, 0x4d43fa36caa16737L)
                .putInt((1 << 20) + 48, 65_536)
                .putInt((1 << 20) + 52, 8);
        return file;
    }

    private static ByteBuffer good(DiskFormat format) {
        return switch (format) {
            case RAW -> blank(1 << 20, ByteOrder.BIG_ENDIAN).putInt(0, 0x55aa);
            case QCOW2 -> qcow2();
            case VMDK -> goodVmdk();
            case VHD -> vhd();
            case VDI -> vdi();
            case VHDX -> vhdx();
        };
    }

    private void check(DiskFormat format, ByteBuffer content) throws IOException, UnfitDisk {
        Path file = Files.write(folder.resolve("disk"), content.array());
        DiskStructure.check(format, file);
    }

    private void refused(DiskFormat format, ByteBuffer content, String why) {
        assertThatThrownBy(() -> check(format, content))
                .isInstanceOf(UnfitDisk.class)
                .hasMessageContaining(why)
                .message()
                .doesNotContain("\n");
    }

    private void refused(DiskFormat format, Consumer<ByteBuffer> spoiled, String why) {
        ByteBuffer content = good(format);
        spoiled.accept(content);
        refused(format, content, why);
    }

    @ParameterizedTest
    @EnumSource
    void a_sound_image_passes(DiskFormat format) {
        assertThatCode(() -> check(format, good(format))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RAW")
    void raw_bytes_are_none_of_the_others(DiskFormat format) {
        refused(format, good(DiskFormat.RAW), "it is declared as " + format.word() + " but is none");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RAW")
    void what_was_declared_raw_by_mistake_is_told_what_it_looks_like(DiskFormat format) {
        refused(DiskFormat.RAW, good(format), "begins or ends as " + format.word() + " does");
    }

    @ParameterizedTest
    @EnumSource
    void an_empty_file_is_refused(DiskFormat format) {
        assertThatThrownBy(() -> check(format, blank(0, ByteOrder.BIG_ENDIAN))).isInstanceOf(UnfitDisk.class);
    }

    @Test
    void qcow2_that_is_more_than_itself_is_refused() {
        refused(DiskFormat.QCOW2, file -> file.putLong(8, 512).putInt(16, 11), "needs a backing file");
        refused(DiskFormat.QCOW2, file -> file.putLong(72, 4), "needs a data file");
        refused(DiskFormat.QCOW2, file -> file.putInt(104, 0x44415441).putInt(108, 8), "needs a data file");
        refused(DiskFormat.QCOW2, file -> file.putInt(104, 0xe2792aca).putInt(108, 4), "needs a backing file");
        refused(DiskFormat.QCOW2, file -> file.putInt(32, 1), "it is encrypted");
        refused(DiskFormat.QCOW2, file -> file.putLong(72, 1L << 40), "features of qcow2 that are not known");
        refused(DiskFormat.QCOW2, file -> file.putLong(72, 2), "marked as corrupt");
        refused(DiskFormat.QCOW2, file -> file.putInt(4, 9), "of version 9");
    }

    @Test
    void qcow2_whose_tables_were_cut_off_is_refused() {
        refused(DiskFormat.QCOW2, file -> file.putLong(40, 1L << 50), "is it truncated?");
        refused(DiskFormat.QCOW2, file -> file.putInt(56, -1), "is it truncated?");
        refused(DiskFormat.QCOW2, file -> file.putLong(48, -8), "is it truncated?");
    }

    @Test
    void extensions_of_qcow2_do_not_go_on_for_ever() {
        refused(DiskFormat.QCOW2, file -> file.putInt(104, 1).putInt(108, 0), "is damaged", 65);
    }

    private void refused(DiskFormat format, Consumer<ByteBuffer> first, String why, int times) {
        ByteBuffer content = good(format);
        first.accept(content);
        for (int i = 1; i < times; i++) {
            content.putInt(104 + 8 * i, 1);
        }
        refused(format, content, why);
    }

    @Test
    void vmdk_that_names_other_files_is_refused() {
        refused(DiskFormat.VMDK, file -> text(file, 0, "# Disk DescriptorFile\n"), "only describes other files");
        refused(DiskFormat.VMDK, file -> file.putLong(12, 0), "only describes other files");
        refused(
                DiskFormat.VMDK,
                vmdk(descriptor("monolithicFlat", "ffffffff", "RW 2048 FLAT \"/etc/passwd\" 0")),
                "whose content lies in other files");
        refused(
                DiskFormat.VMDK,
                vmdk(descriptor("monolithicSparse", "ffffffff", "RW 2048 FLAT \"/etc/passwd\" 0")),
                "needs other files");
        refused(
                DiskFormat.VMDK,
                vmdk(descriptor("monolithicSparse", "ffffffff", "RW 8 SPARSE \"a\"\nRW 8 SPARSE \"/etc/passwd\"")),
                "needs other files");
        refused(
                DiskFormat.VMDK,
                vmdk(descriptor("monolithicSparse", "cafe0000", "RW 2048 SPARSE \"a\"")),
                "needs a parent");
        refused(
                DiskFormat.VMDK,
                vmdk(descriptor("monolithicSparse", "ffffffff", "parentFileNameHint=\"/etc/passwd\"")),
                "needs a parent");
    }

    @Test
    void a_stream_of_vmdk_without_its_foot_is_refused() {
        refused(DiskFormat.VMDK, file -> file.putLong(56, -1), "is it truncated?");
        ByteBuffer whole = goodVmdk();
        whole.putLong(56, -1);
        text(whole, 30 * 512, "KDMV");
        whole.putLong(30 * 512 + 12, 2_048);
        assertThatCode(() -> check(DiskFormat.VMDK, whole)).doesNotThrowAnyException();
    }

    @Test
    void vhd_that_is_a_difference_or_cut_off_is_refused() {
        refused(DiskFormat.VHD, file -> file.putInt(7 * 512 + 60, 4), "needs a parent");
        refused(DiskFormat.VHD, file -> file.putInt(60, 4), "needs a parent");
        refused(DiskFormat.VHD, file -> file.putLong(512 + 40, 7), "needs a parent");
        refused(DiskFormat.VHD, file -> text(file, 7 * 512, "________"), "is it truncated?");
        refused(DiskFormat.VHD, file -> file.putInt(512 + 28, -1), "is it truncated?");
        refused(DiskFormat.VHD, file -> file.putLong(7 * 512 + 16, Long.MAX_VALUE), "is it truncated?");
    }

    @Test
    void vdi_that_is_a_difference_or_cut_off_is_refused() {
        refused(DiskFormat.VDI, file -> file.putInt(76, 4), "needs a parent");
        refused(DiskFormat.VDI, file -> file.putLong(440, 7), "needs a parent");
        refused(DiskFormat.VDI, file -> file.putInt(388, 3), "is it truncated?");
        refused(DiskFormat.VDI, file -> file.putInt(376, 0), "is it truncated?");
        refused(DiskFormat.VDI, file -> file.putInt(68, 0), "version that is not known");
    }

    @Test
    void vhdx_that_is_a_difference_or_cut_off_is_refused() {
        refused(DiskFormat.VHDX, file -> file.putInt((1 << 20) + 65_536 + 4, 2), "needs a parent");
        refused(DiskFormat.VHDX, file -> text(file, 192 * 1024, "____"), "is it truncated?");
        refused(DiskFormat.VHDX, file -> file.putLong(192 * 1024 + 32, 1L << 40), "is it truncated?");
        refused(DiskFormat.VHDX, file -> file.putInt(192 * 1024 + 8, -1), "entries");
    }

    @ParameterizedTest
    @EnumSource
    void a_spoiled_head_is_refused_or_passes_but_never_breaks_the_reader(DiskFormat format) throws IOException {
        long seed = System.nanoTime();
        RandomGenerator random = new java.util.Random(seed);
        for (int round = 0; round < 200; round++) {
            ByteBuffer content = good(format);
            for (int i = 0; i < 4; i++) {
                content.put(random.nextInt(2_048), (byte) random.nextInt());
            }
            try {
                check(format, content);
            } catch (UnfitDisk refusal) {
                assertThat(refusal.text()).as("seed %d", seed).startsWith("it ");
            }
        }
    }
}
