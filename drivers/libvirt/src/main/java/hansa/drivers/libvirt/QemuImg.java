package hansa.drivers.libvirt;

import hansa.cloud.CloudException;
import hansa.cloud.images.DiskFormat;
import hansa.cloud.images.DiskLimits;
import hansa.cloud.images.DiskTool;
import hansa.cloud.images.UnfitDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** QEMU's tool for disk files. Formats are always declared, never probed. */
final class QemuImg {

    private static final Duration QUICK = Duration.ofSeconds(30);
    private static final long LARGEST_DISK = 64L << 40;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Duration convertLimit;
    private final DiskTool foreign;

    /** @param convertLimit how long the copy of a whole disk may take */
    QemuImg(Duration convertLimit) {
        this.convertLimit = convertLimit;
        this.foreign =
                new DiskTool("qemu-img", new DiskLimits(LARGEST_DISK, LARGEST_DISK, DiskLimits.MEMORY, convertLimit));
    }

    /**
     * Looks into an image that somebody else made, and refuses one that is more than itself, see {@link DiskTool}.
     *
     * @param format {@code qcow2} or {@code raw}
     * @return the size of the disk that the guest sees, in bytes
     */
    long virtualSize(String format, Path image) {
        String doing = "check the image " + image.getFileName();
        DiskFormat declared = DiskFormat.of(format)
                .orElseThrow(() -> new CloudException.InvalidRequest(doing + ": there is no format '" + format + "'"));
        try {
            return foreign.inspect(declared, image);
        } catch (UnfitDisk e) {
            throw new CloudException.InvalidRequest(doing + ": " + e.text());
        } catch (IOException e) {
            throw new CloudException.Unavailable(doing + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CloudException.Unavailable(doing + ": interrupted", e);
        }
    }

    /** The size in bytes of a disk that this driver made. */
    long ownVirtualSize(Path disk) {
        return info("look at the disk " + disk, disk).path("virtual-size").asLong(0);
    }

    private static JsonNode info(String doing, Path disk) {
        String printed = Programs.run(
                doing,
                QUICK,
                parent(disk),
                List.of("qemu-img", "info", "-U", "--output=json", "-f", "qcow2", disk.toString()));
        try {
            return JSON.readTree(printed);
        } catch (JacksonException e) {
            throw new CloudException.Unavailable(doing + ": qemu-img did not answer in JSON", e);
        }
    }

    /** Makes a disk that begins as its base and keeps only what differs. */
    void overlay(Path base, String baseFormat, Path overlay, long bytes) {
        Programs.run(
                "make the root disk " + overlay,
                QUICK,
                parent(overlay),
                List.of(
                        "qemu-img",
                        "create",
                        "-q",
                        "-f",
                        "qcow2",
                        "-F",
                        baseFormat,
                        "-b",
                        base.toString(),
                        overlay.toString(),
                        Long.toString(bytes)));
    }

    /** Makes an empty disk that takes room as it fills. */
    void empty(Path disk, long bytes) {
        Programs.run(
                "make the volume " + disk,
                QUICK,
                parent(disk),
                List.of("qemu-img", "create", "-q", "-f", "qcow2", disk.toString(), Long.toString(bytes)));
    }

    /** Makes a disk larger that no machine uses at the moment. */
    void grow(Path disk, long bytes) {
        Programs.run(
                "resize the disk " + disk,
                QUICK,
                parent(disk),
                List.of("qemu-img", "resize", "-q", "-f", "qcow2", disk.toString(), Long.toString(bytes)));
    }

    /** Copies a disk with everything below it into one file that stands alone. */
    void flatten(Path disk, Path flat) {
        List<String> command =
                new ArrayList<>(List.of("qemu-img", "convert", "-q", "-U", "-f", "qcow2", "-O", "qcow2"));
        command.add(disk.toString());
        command.add(flat.toString());
        Programs.run("copy the disk " + disk, convertLimit, parent(flat), command);
    }

    /** Copies a disk that nobody writes to; QEMU's lock on the file sees to that. */
    void copy(Path disk, Path copy) {
        Programs.run(
                "copy the disk " + disk,
                convertLimit,
                parent(copy),
                List.of("qemu-img", "convert", "-q", "-f", "qcow2", "-O", "qcow2", disk.toString(), copy.toString()));
    }

    private static Path parent(Path file) {
        Path parent = file.toAbsolutePath().getParent();
        return parent == null ? file : parent;
    }
}
