package hansa.drivers.simulated;

import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Resizing;
import hansa.cloud.Size;
import java.util.Optional;

/** Resizing of stopped machines. */
final class SimulatedResizing implements Resizing {

    private final Machines machines;
    private final Calls calls;

    SimulatedResizing(Machines machines, Calls calls) {
        this.machines = machines;
        this.calls = calls;
    }

    @Override
    public boolean needsStop() {
        return true;
    }

    @Override
    public RemoteMachine resize(RemoteId machine, Size size, Optional<RemoteId> flavour) {
        return calls.run(
                Operation.RESIZE, () -> machines.resize(machine, size, flavour).remote());
    }
}
