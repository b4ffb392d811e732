package hansa.drivers.simulated;

import hansa.cloud.RemoteState;
import java.time.Instant;

/**
 * A change of state that a machine will go through by itself.
 *
 * @param state what it is in from {@code due} on
 * @param message the cloud's words about it
 * @param prints what appears on its console then
 */
record Step(RemoteState state, Instant due, String message, Prints prints) {

    enum Prints {
        NOTHING,
        BOOT,
        HALT
    }

    /** Whether the machine dies here by itself, which no power action averts. */
    boolean isDeath() {
        return state == RemoteState.FAILED;
    }
}
