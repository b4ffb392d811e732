package hansa.federation.compute;

import hansa.cloud.CloudName;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A volume as it stands in the store.
 *
 * @param title 0 to 255 characters
 * @param summary 0 to 4,096 characters
 * @param sizeMib 1 MiB to 64 TiB; while a resize goes on, ahead of what the volume has
 * @param message one line about the state; empty when all is well
 * @param attachment the machine that holds it or shall hold it; at most one at a time
 * @param tags ids of {@link Tag}s
 * @param observed when the cloud last told something new about it
 * @param generation rises with every change of this record
 */
public record Volume(
        VolumeId id,
        String owner,
        CloudName cloud,
        String title,
        String summary,
        long sizeMib,
        VolumeState state,
        String message,
        Optional<Attachment> attachment,
        Set<String> tags,
        Instant created,
        Instant changed,
        Instant observed,
        long generation) {

    public Volume {
        tags = Set.copyOf(tags);
    }

    /** Which machine holds a volume, by which link. */
    public record Attachment(LinkId link, MachineId machine) {}
}
