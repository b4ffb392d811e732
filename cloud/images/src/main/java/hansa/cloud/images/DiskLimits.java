package hansa.cloud.images;

import java.time.Duration;

/**
 * What the work on one disk file may take. The file was made by somebody whom nobody knows.
 *
 * @param virtualBytes largest disk that an image may unfold to
 * @param outputBytes largest file that is written
 * @param memoryBytes address space of the tool
 * @param convertTime for one conversion
 */
public record DiskLimits(long virtualBytes, long outputBytes, long memoryBytes, Duration convertTime) {

    public static final long MEMORY = 1L << 30;

    public DiskLimits {
        if (virtualBytes < 1 || outputBytes < 1 || memoryBytes < 1 || !convertTime.isPositive()) {
            throw new IllegalArgumentException("limits of the work on disk files are more than 0");
        }
    }
}
