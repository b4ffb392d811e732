package hansa.cloud;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A machine as its cloud describes it at one instant.
 *
 * @param token empty for a machine that Hansa did not make
 * @param message the cloud's own words about the state; empty where it has none
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
        Instant created) {

    public RemoteMachine {
        nics = List.copyOf(nics);
        volumes = List.copyOf(volumes);
    }
}
