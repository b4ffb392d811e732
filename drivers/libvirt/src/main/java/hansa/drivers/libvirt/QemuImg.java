package hansa.drivers.libvirt;

import hansa.cloud.CloudException;
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
    private static final long INFO_MEMORY_BYTES = 1024L * 1024 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Duration convertLimit;

    /** @param convertLimit how long the copy of a whole disk may take */
    QemuImg(Duration convertLimit) {
        this.convertLimit = convertLimit;
    }

    /**
     * Looks into an image that somebody else made, and refuses one that is more than itself: that names a backing file,
     * a data file or other extents, or is encrypted (CVE-2024-32498 and its like).
     *
     * @param format {@code qcow2} or {@code raw}
     * @return the size of the disk that the guest sees, in bytes
     */
    long virtualSize(String format, Path image) {
        String doing = "check the image " + image.getFileName();
        JsonNode info;
        try {
            info = info(doing, format, image);
        } catch (CloudException.Unavailable e) {
            if (e.getCause() == null) {
                throw new CloudException.InvalidRequest(
                        doing + ": it is no readable " + format + " image: " + e.text());
            }
            throw e;
        }
        JsonNode own = info.path("format-specific").path("data");
        if (info.has("backing-filename") || info.has("full-backing-filename")) {
            throw new CloudException.InvalidRequest(doing + ": it needs a backing file; flatten it first");
        }
        if (own.has("data-file") || own.has("extents")) {
            throw new CloudException.InvalidRequest(doing + ": its content lies in another file; flatten it first");
        }
        if (info.path("encrypted").asBoolean(false) || own.has("encrypt")) {
            throw new CloudException.InvalidRequest(doing + ": it is encrypted; decrypt it first");
        }
        return info.path("virtual-size").asLong(0);
    }

    /** The size in bytes of a disk that this driver made. */
    long ownVirtualSize(Path disk) {
        return info("look at the disk " + disk, "qcow2", disk)
                .path("virtual-size")
                .asLong(0);
    }

    private static JsonNode info(String doing, String format, Path image) {
        String printed = Programs.run(
                doing,
                QUICK,
                parent(image),
                List.of(
                        "prlimit",
                        "--cpu=20",
                        "--as=" + INFO_MEMORY_BYTES,
                        "qemu-img",
                        "info",
                        "-U",
                        "--output=json",
                        "-f",
                        format,
                        image.toString()));
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
