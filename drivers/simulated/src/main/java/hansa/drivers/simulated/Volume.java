package hansa.drivers.simulated;

import hansa.cloud.RemoteId;
import hansa.cloud.RemoteVolume;
import hansa.cloud.RemoteVolume.VolumeState;
import hansa.cloud.Token;
import java.time.Instant;
import java.util.Optional;

/** A volume of the simulated cloud; it can be used from {@code ready} on. */
record Volume(RemoteId id, Token token, String name, long sizeMib, Instant ready, Optional<RemoteId> holder) {

    boolean isReady(Instant now) {
        return !ready.isAfter(now);
    }

    Volume heldBy(RemoteId machine) {
        return new Volume(id, token, name, sizeMib, ready, Optional.of(machine));
    }

    Volume free() {
        return new Volume(id, token, name, sizeMib, ready, Optional.empty());
    }

    Volume grown(long toMib) {
        return new Volume(id, token, name, toMib, ready, holder);
    }

    RemoteVolume remote(Instant now) {
        VolumeState state = isReady(now) ? VolumeState.ONLINE : VolumeState.BUILDING;
        return new RemoteVolume(id, Optional.of(token), name, sizeMib, state, "", holder);
    }
}
