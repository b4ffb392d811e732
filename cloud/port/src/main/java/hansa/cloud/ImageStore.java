package hansa.cloud;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Brings images to a cloud and fetches them from it. */
public non-sealed interface ImageStore extends Facet {

    /**
     * The formats that it takes, by the names {@code raw}, {@code qcow2}, {@code vmdk}, {@code vhd}, {@code vdi} and
     * {@code vhdx}, the best one first. What is in none of them is converted before. Known without asking the cloud.
     */
    default List<String> formats() {
        return List.of("qcow2", "raw");
    }

    /**
     * Uploads a verified local file. Idempotent by token.
     *
     * @param format as declared, one of {@link #formats}; the cloud must not probe it
     * @throws CloudException.InvalidRequest for another format
     */
    RemoteImage upload(Token token, String name, String format, Path file);

    /**
     * Makes an image of a machine's root disk as it is now. Idempotent by token.
     *
     * @throws CloudException.Conflict when the machine's state does not allow it
     */
    RemoteImage capture(RemoteId machine, Token token, String name);

    Optional<RemoteImage> findByToken(Token token);

    /** @throws CloudException.NotFound where there is none */
    RemoteImage read(RemoteId image);

    /** Writes the image to a new local file in its own format. */
    void download(RemoteId image, Path file);

    /**
     * Deletes it. One that is gone already is no error.
     *
     * @throws CloudException.Conflict while machines need it
     */
    void delete(RemoteId image);
}
