package hansa.cloud;

import java.util.List;
import java.util.Optional;

/**
 * Snapshots and backups of volumes. A cloud that has this facet has {@link Volumes} too, and makes both kinds.
 *
 * <p>What it does not promise: a copy has what was written to the disk and not what a guest still holds in its memory,
 * so a file system in it is as after a power cut unless nobody wrote. A backup lies at the same cloud as its volume and
 * is lost with that cloud. A copy is never plugged in and never changes; to read it, make a volume of it.
 *
 * <p>Ids of copies differ from those of the cloud's volumes.
 */
public non-sealed interface VolumeCopies extends Facet {

    /**
     * Copies what the volume holds now. Idempotent by token. May answer while it is still {@code BUILDING}.
     *
     * @throws CloudException.NotFound where there is no such volume
     * @throws CloudException.Conflict while the volume is not ready, or held in a way that the cloud cannot copy
     */
    RemoteVolumeCopy take(RemoteId volume, Token token, String name, RemoteVolumeCopy.Kind kind);

    /** The copy that was made with this token, also when it failed. */
    Optional<RemoteVolumeCopy> findByToken(Token token);

    /** @throws CloudException.NotFound where there is none */
    RemoteVolumeCopy read(RemoteId copy);

    /** Every copy that Hansa made here, of whatever volume. */
    List<RemoteVolumeCopy> list();

    /** One that is gone already is no error. Volumes that were made of it stay. */
    void delete(RemoteId copy);

    /**
     * Makes a volume that begins as the copy. Idempotent by token, among all volumes: {@link Volumes#findByToken} finds
     * it. It does not depend on the copy once it is {@code ONLINE}.
     *
     * @param sizeMib at least the copy's, at most 64 TiB
     * @throws CloudException.NotFound where there is no such copy
     * @throws CloudException.InvalidRequest when the size is smaller than the copy's
     * @throws CloudException.Conflict while the copy is not ready
     */
    RemoteVolume restore(RemoteId copy, Token token, String name, long sizeMib);
}
