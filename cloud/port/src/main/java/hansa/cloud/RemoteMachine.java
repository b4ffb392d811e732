package hansa.cloud;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A machine as its cloud describes it at one instant.
 *
 * @param token empty for a machine that Hansa did not make
 * @param message the cloud's own words about the state; empty where it has none
 * @param account in whose name it was made, see {@link Accounts}; empty = the federation's own
 */
public record RemoteMachine(
        RemoteId id,
        Optional<Token> token,
        String name,
        RemoteState state,
        String message,
        Size size,
        List<RemoteNic> nics,
        List<RemoteDisk> volumes,
        Instant created,
        Optional<String> account) {

    public RemoteMachine {
        nics = List.copyOf(nics);
        volumes = List.copyOf(volumes);
    }

    /** In the federation's own name. */
    public RemoteMachine(
            RemoteId id,
            Optional<Token> token,
            String name,
            RemoteState state,
            String message,
            Size size,
            List<RemoteNic> nics,
            List<RemoteDisk> volumes,
            Instant created) {
        this(id, token, name, state, message, size, nics, volumes, created, Optional.empty());
    }
}
