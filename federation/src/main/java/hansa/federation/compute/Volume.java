package hansa.federation.compute;

import hansa.cloud.CloudName;
import hansa.cloud.RemoteVolumeCopy.Kind;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A volume as it stands in the store, or a copy of one. A copy is {@code OFFLINE} for good: it is kept, named, counted
 * and deleted as a volume is, and never plugged in; to read it, make a volume of it.
 *
 * @param vo the virtual organisation in whose name it was made
 * @param title 0 to 255 characters
 * @param summary 0 to 4,096 characters
 * @param sizeMib 1 MiB to 64 TiB; while a resize goes on, ahead of what the volume has
 * @param message one line about the state; empty when all is well
 * @param attachment the machine that holds it or shall hold it; at most one at a time
 * @param copy of which volume it is a copy; empty for a volume
 * @param from the copy that it was made of; empty for an empty volume and for a copy
 * @param tags ids of {@link Tag}s
 * @param observed when the cloud last told something new about it
 * @param generation rises with every change of this record
 */
public record Volume(
        VolumeId id,
        String owner,
        Optional<String> vo,
        CloudName cloud,
        String title,
        String summary,
        long sizeMib,
        VolumeState state,
        String message,
        Optional<Attachment> attachment,
        Optional<Copy> copy,
        Optional<VolumeId> from,
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

    /**
     * What a copy is a copy of.
     *
     * @param kind a snapshot goes before its volume does, a backup outlives it
     * @param of the volume; that of a backup may be gone
     * @param taken the instant whose content it has; empty until the cloud has said so
     */
    public record Copy(Kind kind, VolumeId of, Optional<Instant> taken) {}
}
