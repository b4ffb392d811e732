package hansa.cloud.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * QEMU's {@code qemu-img} on files that somebody else made: always told the declared format, in a process with limits of
 * memory, processor time and written bytes, without our environment, and never through a shell. Thread-safe; calls block
 * and can be interrupted, which ends the process.
 */
public final class DiskTool {

    private static final Duration QUICK = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String program;
    private final DiskLimits limits;

    /** @param program a name to be found on the path, or a path */
    public DiskTool(String program, DiskLimits limits) {
        this.program = program;
        this.limits = limits;
    }

    public DiskLimits limits() {
        return limits;
    }

    /** What has to be installed before this can work; empty when it can. */
    public Optional<String> missing() {
        return Stream.of(program, "prlimit", "nice")
                .filter(each -> !isThere(each))
                .findFirst();
    }

    private static boolean isThere(String name) {
        if (name.contains("/")) {
            return Files.isExecutable(Path.of(name));
        }
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.of(path.split(":")).anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /**
     * Looks into an image: at its structure first (see {@link DiskStructure}; a raw one has none), then with the tool.
     *
     * @return bytes of the disk that a guest sees
     * @throws UnfitDisk where it is refused, or larger than the limits allow
     * @throws IOException where the tool cannot be started
     */
    public long inspect(DiskFormat format, Path image) throws IOException, UnfitDisk, InterruptedException {
        if (format != DiskFormat.RAW) {
            DiskStructure.check(format, image);
        }
        JsonNode info = json(run(
                QUICK,
                List.of("info", "-U", "--output=json", "-f", format.qemu(), image.toString()),
                image,
                DiskTool::ignore));
        JsonNode own = info.path("format-specific").path("data");
        if (info.has("backing-filename") || info.has("full-backing-filename")) {
            throw DiskStructure.needs("a backing file");
        }
        if (own.has("data-file") || own.path("extents").size() > 1) {
            throw DiskStructure.needs("a data file");
        }
        if (info.path("encrypted").asBoolean(false) || own.has("encrypt")) {
            throw new UnfitDisk("it is encrypted; decrypt it first");
        }
        long virtual = info.path("virtual-size").asLong(0);
        if (virtual < 1) {
            throw new UnfitDisk("it unfolds to a disk without any bytes");
        }
        if (virtual > limits.virtualBytes()) {
            throw new UnfitDisk("it unfolds to a disk of " + virtual + " bytes, which is more than the "
                    + limits.virtualBytes() + " that are taken here");
        }
        if (format == DiskFormat.QCOW2 || format == DiskFormat.VMDK || format == DiskFormat.VDI) {
            whole(format, image);
        }
        return virtual;
    }

    /** Finds what a truncation cuts off: a reader would see zeros there. */
    private void whole(DiskFormat format, Path image) throws IOException, UnfitDisk, InterruptedException {
        JsonNode found = json(run(
                limits.convertTime(),
                List.of("check", "-U", "--output=json", "-f", format.qemu(), image.toString()),
                image,
                DiskTool::ignore,
                CHECKED));
        if (found.path("corruptions").asLong(0) > 0
                || found.path("check-errors").asLong(0) > 0) {
            throw DiskStructure.damaged("qemu-img check finds errors in it");
        }
        if (found.path("image-end-offset").asLong(0) > Files.size(image)) {
            throw DiskStructure.damaged("content lies beyond its end; is it truncated?");
        }
    }

    /** Errors, corruptions and leaks are told in what is printed. */
    private static final List<Integer> CHECKED = List.of(0, 1, 2, 3);

    /**
     * Writes an image anew in another format. One that was not {@linkplain #inspect inspected} before is not given here.
     *
     * @param target a file that is not there yet; left over, half written, where this fails
     * @param percent told how far it is, 0 to 100
     * @throws UnfitDisk where the image cannot be read to its end, or what is written is larger than the limits allow
     * @throws IOException where there is no room or the tool cannot be started; another time it may work
     */
    public void convert(DiskFormat from, Path image, DiskFormat to, Path target, IntConsumer percent)
            throws IOException, UnfitDisk, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("convert", "-p", "-f", from.qemu(), "-O", to.qemu()));
        arguments.addAll(to.output());
        arguments.add(image.toString());
        arguments.add(target.toString());
        run(limits.convertTime(), arguments, image, percent);
    }

    private String run(Duration time, List<String> arguments, Path image, IntConsumer percent)
            throws IOException, UnfitDisk, InterruptedException {
        return run(time, arguments, image, percent, List.of(0));
    }

    private String run(Duration time, List<String> arguments, Path image, IntConsumer percent, List<Integer> expected)
            throws IOException, UnfitDisk, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "nice",
                "-n",
                "10",
                "prlimit",
                "--core=0",
                "--as=" + limits.memoryBytes(),
                "--cpu=" + Math.max(1, time.toSeconds()),
                "--fsize=" + limits.outputBytes(),
                program));
        command.addAll(arguments);
        ToolRun.Ended ended = ToolRun.of(command, folder(image), time, percent);
        if (expected.contains(ended.status())) {
            return ended.printed();
        }
        throw refusal(ended, image);
    }

    private UnfitDisk refusal(ToolRun.Ended ended, Path image) throws IOException {
        String last = ended.lastLine().replace(image.toString(), "the file");
        if (last.contains("No space left on device") || last.contains("Disk quota exceeded")) {
            throw new IOException("there is no room on the node's disk");
        }
        if (ended.status() == 127 || last.contains("failed to execute")) {
            throw new IOException(
                    "qemu-img is missing on the node; its administrator installs it (Debian: qemu-utils)");
        }
        return switch (ended.status()) {
            case ToolRun.LATE ->
                new UnfitDisk(
                        "work on it takes longer than " + limits.convertTime().toMinutes() + " minutes");
            case ToolRun.SIGNAL + 24, ToolRun.SIGNAL + 9 -> new UnfitDisk("work on it takes too much processor time");
            case ToolRun.SIGNAL + 25 ->
                new UnfitDisk("it becomes larger than the " + limits.outputBytes() + " bytes that are taken here");
            case ToolRun.SIGNAL + 6, ToolRun.SIGNAL + 11 -> new UnfitDisk("work on it takes too much memory");
            default ->
                last.contains("File too large")
                        ? new UnfitDisk(
                                "it becomes larger than the " + limits.outputBytes() + " bytes that are taken here")
                        : new UnfitDisk("it cannot be read: " + last);
        };
    }

    private static JsonNode json(String printed) throws UnfitDisk {
        try {
            return JSON.readTree(printed);
        } catch (JacksonException e) {
            throw new UnfitDisk("it cannot be read: qemu-img does not say what it is");
        }
    }

    private static void ignore(int percent) {
        // What is looked at only is done before anybody asks how far it is.
    }

    private static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file : folder;
    }
}
