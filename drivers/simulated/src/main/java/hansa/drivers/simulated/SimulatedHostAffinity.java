package hansa.drivers.simulated;

import hansa.cloud.HostAffinity;
import hansa.cloud.HostGroup;
import hansa.cloud.MachineOrder;
import hansa.cloud.RemoteMachine;
import java.util.Optional;

/** Machines with a wish about each other's simulated hosts. */
final class SimulatedHostAffinity implements HostAffinity {

    private final Machines machines;
    private final Calls calls;

    SimulatedHostAffinity(Machines machines, Calls calls) {
        this.machines = machines;
        this.calls = calls;
    }

    @Override
    public RemoteMachine create(MachineOrder order, HostGroup group) {
        return calls.run(
                Operation.CREATE,
                circumstances -> machines.create(order, Optional.of(group), circumstances.death())
                        .remote());
    }
}
