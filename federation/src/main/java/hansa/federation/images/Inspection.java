package hansa.federation.images;

import hansa.cloud.images.DiskFormat;
import hansa.cloud.images.DiskStructure;
import hansa.cloud.images.DiskTool;
import hansa.cloud.images.UnfitDisk;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import java.io.IOException;
import java.nio.file.Path;

/** Looks at images before they are used: their structure always, and further where the tool is installed. */
final class Inspection {

    private final DiskTool tool;

    Inspection(DiskTool tool) {
        this.tool = tool;
    }

    /**
     * @throws UnfitDisk where it is not what it is declared to be, or more than itself, or unfolds to too much
     * @throws IOException where it cannot be looked at now
     */
    void check(String format, Path file) throws IOException, UnfitDisk, InterruptedException {
        DiskFormat declared =
                DiskFormat.of(format).orElseThrow(() -> new UnfitDisk("its format '" + format + "' is not known here"));
        DiskStructure.check(declared, file);
        if (declared != DiskFormat.RAW && tool.missing().isEmpty()) {
            tool.inspect(declared, file);
        }
    }

    /** Said at once instead of when a machine waits for the image. @throws Failure {@code cloud.unsupported} */
    void requireUsable(DiskFormat format) {
        boolean asItIs = format == DiskFormat.RAW || format == DiskFormat.QCOW2;
        tool.missing().filter(_ -> !asItIs).ifPresent(program -> {
            throw new Failure(
                    ErrorCode.CLOUD_UNSUPPORTED,
                    "Images of the format " + format.word() + " are converted by " + program
                            + ", which is missing on this node; bring qcow2 or raw, or have its administrator install"
                            + " it (Debian: qemu-utils).");
        });
    }

    /** @throws Failure {@code cloud.unsupported} */
    void requireConversion(DiskFormat from, DiskFormat to) {
        tool.missing().filter(_ -> from != to).ifPresent(program -> {
            throw new Failure(
                    ErrorCode.CLOUD_UNSUPPORTED,
                    "This node cannot convert from " + from.word() + " to " + to.word() + ": " + program
                            + " is missing on it; take it as " + from.word()
                            + ", or have its administrator install it (Debian: qemu-utils).");
        });
    }
}
