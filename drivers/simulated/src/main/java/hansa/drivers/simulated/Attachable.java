package hansa.drivers.simulated;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteState;

/** When things can be plugged into a machine. */
final class Attachable {

    private Attachable() {}

    /** @throws CloudException.Conflict when the machine is on its way somewhere, or has failed */
    static void require(Machine machine) {
        boolean settled = machine.state() == RemoteState.RUNNING
                || machine.state() == RemoteState.STOPPED
                || machine.state() == RemoteState.PAUSED;
        if (!settled || machine.goneAt().isPresent()) {
            throw new CloudException.Conflict(
                    "the machine " + machine.id() + " is " + machine.state() + ", which does not allow it");
        }
    }
}
