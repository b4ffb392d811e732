package hansa.federation.audit;

import java.nio.file.Path;

/**
 * Where decisions are kept.
 *
 * @param folder of this node alone
 * @param segment bytes from which on a new file is begun, 64 KiB or more
 * @param keep bytes of all files together beyond which the oldest file is deleted, at least two segments
 */
public record AuditSettings(Path folder, long segment, long keep) {

    private static final long SMALLEST = 64 * 1024;

    public AuditSettings {
        if (segment < SMALLEST) {
            throw new IllegalArgumentException("a segment has at least " + SMALLEST + " bytes, not " + segment);
        }
        if (keep < 2 * segment) {
            throw new IllegalArgumentException("at least two segments are kept");
        }
    }

    /** 64 MiB a file, 20 GiB in all. */
    public static AuditSettings in(Path folder) {
        return new AuditSettings(folder, 64L << 20, 20L << 30);
    }
}
