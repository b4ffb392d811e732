package hansa.federation.images;

import hansa.cloud.CloudName;
import hansa.cloud.RemoteId;
import hansa.cloud.Token;
import java.util.Optional;

/**
 * An image at a cloud.
 *
 * @param token left at the cloud with it; empty for the cloud's own
 */
record Place(CloudName cloud, Optional<RemoteId> remote, Optional<Token> token, State state) {

    enum State {
        /** Shall be brought there or is being made there. */
        WANTED,
        READY,
        /** The cloud refused it for good; the image's message says why. */
        REFUSED,
        NATIVE
    }

    /** Whether it is this node that has to bring it there. */
    boolean isToBeBrought() {
        return state == State.WANTED && token.isPresent();
    }
}
