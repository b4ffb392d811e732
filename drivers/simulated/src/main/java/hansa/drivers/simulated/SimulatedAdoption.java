package hansa.drivers.simulated;

import hansa.cloud.Adoption;
import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteMachine;
import hansa.cloud.Token;
import java.util.List;
import java.util.Optional;

/** The machines of the simulated cloud that carry no token. */
final class SimulatedAdoption implements Adoption {

    private final World world;
    private final Calls calls;

    SimulatedAdoption(World world, Calls calls) {
        this.world = world;
        this.calls = calls;
    }

    @Override
    public List<RemoteMachine> others() {
        return calls.run(
                Operation.OTHERS,
                () -> world.machines()
                        .filter(machine -> machine.token().isEmpty())
                        .map(Machine::remote)
                        .toList());
    }

    @Override
    public RemoteMachine adopt(RemoteId id, Token token) {
        return calls.run(
                Operation.ADOPT,
                () -> world.change(commit -> {
                    Machine machine = world.machine(id).orElseThrow(() -> Missing.machine(id));
                    if (machine.token().equals(Optional.of(token))) {
                        return machine.remote();
                    }
                    if (machine.token().isPresent() || world.machine(token).isPresent()) {
                        throw new CloudException.Conflict(
                                "the machine " + id + " carries another token, or another machine this one");
                    }
                    Machine adopted = machine.with(draft -> draft.token(Optional.of(token)));
                    commit.put(adopted);
                    return adopted.remote();
                }));
    }

    @Override
    public void release(RemoteId id) {
        calls.run(
                Operation.RELEASE,
                _ -> world.change(commit -> {
                    world.machine(id)
                            .filter(machine -> machine.token().isPresent())
                            .ifPresent(machine -> commit.put(machine.with(draft -> draft.token(Optional.empty()))));
                    return true;
                }));
    }
}
