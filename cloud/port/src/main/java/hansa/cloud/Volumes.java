package hansa.cloud;

import java.util.List;
import java.util.Optional;

/** Block storage that outlives machines and is plugged into running ones. */
public non-sealed interface Volumes extends Facet {

    /**
     * Makes a volume. Idempotent by token.
     *
     * @param sizeMib 1 MiB to 64 TiB
     */
    RemoteVolume create(Token token, String name, long sizeMib);

    Optional<RemoteVolume> findByToken(Token token);

    /** @throws CloudException.NotFound where there is none */
    RemoteVolume read(RemoteId volume);

    List<RemoteVolume> list();

    /**
     * Deletes it. One that is gone already is no error.
     *
     * @throws CloudException.Conflict while it is attached, or has snapshots (see {@link VolumeCopies})
     */
    void delete(RemoteId volume);

    /**
     * Plugs it in, hot where the machine runs. Attaching to the machine that already holds it answers what is there.
     *
     * @param device a wish, for example {@code /dev/vdb}
     * @throws CloudException.Conflict when another machine holds it
     */
    RemoteDisk attach(RemoteId machine, RemoteId volume, Optional<String> device);

    /** Unplugs it. One that is not attached is no error. */
    void detach(RemoteId machine, RemoteId volume);

    /**
     * Makes it larger.
     *
     * @throws CloudException.InvalidRequest when the new size is smaller
     */
    RemoteVolume resize(RemoteId volume, long sizeMib);
}
