package hansa.cloud;

import java.util.Optional;

/**
 * A volume at a cloud.
 *
 * @param token empty for one that Hansa did not make
 * @param attachedTo the machine that holds it
 */
public record RemoteVolume(
        RemoteId id,
        Optional<Token> token,
        String name,
        long sizeMib,
        VolumeState state,
        String message,
        Optional<RemoteId> attachedTo) {

    public enum VolumeState {
        BUILDING,
        ONLINE,
        OFFLINE,
        FAILED
    }
}
