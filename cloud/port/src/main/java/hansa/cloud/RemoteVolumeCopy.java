package hansa.cloud;

import java.time.Instant;
import java.util.Optional;

/**
 * What a volume held at one instant, kept at its cloud.
 *
 * @param token empty for one that Hansa did not make
 * @param volume the volume that it was taken of; that of a backup may be gone
 * @param sizeMib what the volume had then; a volume that is made of it has at least that
 * @param state {@code BUILDING} while it is being written; only {@code ONLINE} and {@code OFFLINE} ones can be used
 * @param taken the instant whose content it has; for one that is still {@code BUILDING}, when it was asked for
 */
public record RemoteVolumeCopy(
        RemoteId id,
        Optional<Token> token,
        Kind kind,
        RemoteId volume,
        String name,
        long sizeMib,
        RemoteVolume.VolumeState state,
        String message,
        Instant taken) {

    /** How a copy stands to its volume. */
    public enum Kind {
        /** Kept beside its volume, which cannot be deleted before it; a cloud may keep only what differs. */
        SNAPSHOT,
        /** Whole and on its own: it outlives its volume. */
        BACKUP
    }
}
