package hansa.drivers.simulated;

import hansa.cloud.RemoteId;
import hansa.cloud.RemoteImage;
import hansa.cloud.RemoteImage.ImageState;
import hansa.cloud.Token;
import java.time.Instant;
import java.util.Optional;

/** An image of the simulated cloud; it can be booted from {@code ready} on. One without a token was always there. */
record Image(RemoteId id, Optional<Token> token, String name, String format, long sizeBytes, Instant ready) {

    boolean isReady(Instant now) {
        return !ready.isAfter(now);
    }

    RemoteImage remote(Instant now) {
        return new RemoteImage(id, token, name, format, sizeBytes, isReady(now) ? ImageState.READY : ImageState.SAVING);
    }
}
