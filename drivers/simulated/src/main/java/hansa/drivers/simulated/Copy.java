package hansa.drivers.simulated;

import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolume.VolumeState;
import hansa.cloud.RemoteVolumeCopy;
import hansa.cloud.RemoteVolumeCopy.Kind;
import hansa.cloud.Token;
import java.time.Instant;
import java.util.Optional;

/** A copy of a volume of the simulated cloud; it can be used from {@code ready} on. */
record Copy(
        RemoteId id, Token token, Kind kind, RemoteId volume, String name, long sizeMib, Instant taken, Instant ready) {

    boolean isReady(Instant now) {
        return !ready.isAfter(now);
    }

    RemoteVolumeCopy remote(Instant now) {
        VolumeState state = isReady(now) ? VolumeState.ONLINE : VolumeState.BUILDING;
        return new RemoteVolumeCopy(id, Optional.of(token), kind, volume, name, sizeMib, state, "", taken);
    }
}
