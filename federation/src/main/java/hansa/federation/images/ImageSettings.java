package hansa.federation.images;

import hansa.cloud.images.DiskLimits;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How images are fetched, taken, kept and converted.
 *
 * @param folder where verified files are kept; made when it is not there
 * @param maxBytes largest file that is fetched or taken
 * @param fetchTimeout for one whole download
 * @param insideAllowed whether everybody may name sources inside our own network, not only operators
 * @param ownerImages how many images one owner may have
 * @param ownerBytes what the files of one owner's images may have together, in this installation
 * @param keepFree bytes of the disk that stay free, whatever is asked for
 * @param tool the program {@code qemu-img}: a name on the path, or a path
 * @param disks what the work on one disk file may take
 */
public record ImageSettings(
        Path folder,
        long maxBytes,
        Duration fetchTimeout,
        boolean insideAllowed,
        long ownerImages,
        long ownerBytes,
        long keepFree,
        String tool,
        DiskLimits disks) {

    private static final long GIB = 1L << 30;

    /** With the usual room and tool. */
    public ImageSettings(Path folder, long maxBytes, Duration fetchTimeout, boolean insideAllowed) {
        this(
                folder,
                maxBytes,
                fetchTimeout,
                insideAllowed,
                200,
                256 * GIB,
                GIB,
                "qemu-img",
                new DiskLimits(1024 * GIB, maxBytes, DiskLimits.MEMORY, Duration.ofHours(1)));
    }

    public static ImageSettings in(Path folder) {
        return new ImageSettings(folder, 64 * GIB, Duration.ofHours(2), false);
    }
}
