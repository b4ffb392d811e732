package hansa.cli.client;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where a node is and how to be let in.
 *
 * @param endpoint scheme, host and port
 * @param token shown to it
 * @param login whose token is shown where none was given
 * @param data the node's data folder, when it was found through one
 */
public record NodeAddress(
        URI endpoint, Optional<String> token, Optional<Login> login, Trust trust, Optional<Path> data) {

    @Override
    public String toString() {
        return "NodeAddress[" + endpoint + "]";
    }
}
