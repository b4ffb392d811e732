package hansa.drivers.simulated;

import hansa.cloud.CloudException;
import hansa.cloud.RemoteId;
import hansa.cloud.Snapshots;
import hansa.cloud.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Snapshots of simulated machines: they remember state and size. */
final class SimulatedSnapshots implements Snapshots {

    private static final int MOST = 64;

    private final World world;
    private final Calls calls;

    SimulatedSnapshots(World world, Calls calls) {
        this.world = world;
        this.calls = calls;
    }

    private Machine machine(RemoteId id) {
        return world.machine(id).orElseThrow(() -> Missing.machine(id));
    }

    @Override
    public Snapshot create(RemoteId machineId, Token token, String name) {
        return calls.run(
                Operation.SNAPSHOT_CREATE,
                () -> world.change(commit -> {
                    Machine machine = machine(machineId);
                    return machine.snapshots().stream()
                            .map(Machine.Saved::snapshot)
                            .filter(snapshot -> snapshot.token().equals(token))
                            .findFirst()
                            .orElseGet(() -> take(commit, machine, token, name));
                }));
    }

    private Snapshot take(Commit commit, Machine machine, Token token, String name) {
        Attachable.require(machine);
        if (machine.snapshots().size() >= MOST) {
            throw new CloudException.QuotaExceeded("a machine has at most " + MOST + " snapshots");
        }
        Snapshot snapshot = new Snapshot(commit.newId("snap"), token, name, world.now());
        Machine.Saved saved = new Machine.Saved(snapshot, machine.state(), machine.size());
        commit.put(machine.with(draft -> draft.snapshots(
                Stream.concat(machine.snapshots().stream(), Stream.of(saved)).toList())));
        return snapshot;
    }

    @Override
    public List<Snapshot> list(RemoteId machine) {
        return calls.run(
                Operation.SNAPSHOT_LIST,
                () -> machine(machine).snapshots().stream()
                        .map(Machine.Saved::snapshot)
                        .toList());
    }

    @Override
    public void revert(RemoteId machineId, RemoteId id) {
        calls.run(
                Operation.SNAPSHOT_REVERT,
                () -> world.change(commit -> {
                    Machine machine = machine(machineId);
                    Machine.Saved saved = machine.snapshots().stream()
                            .filter(one -> one.snapshot().id().equals(id))
                            .findFirst()
                            .orElseThrow(() -> Missing.snapshot(id));
                    Attachable.require(machine);
                    commit.put(
                            machine.with(draft -> draft.state(saved.state(), "").size(saved.size(), world.now())));
                    return true;
                }));
    }

    @Override
    public void delete(RemoteId machineId, RemoteId id) {
        calls.run(
                Operation.SNAPSHOT_DELETE,
                () -> world.change(commit -> {
                    Machine machine = machine(machineId);
                    List<Machine.Saved> rest = new ArrayList<>(machine.snapshots());
                    if (rest.removeIf(one -> one.snapshot().id().equals(id))) {
                        commit.put(machine.with(draft -> draft.snapshots(rest)));
                    }
                    return true;
                }));
    }
}
