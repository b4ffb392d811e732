package hansa.drivers.opennebula;

import hansa.protocols.opennebula.ErrorKind;
import hansa.protocols.opennebula.LcmState;
import hansa.protocols.opennebula.Value;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** System snapshots, at an OpenNebula that keeps them while machines are off. They take a machine that runs. */
final class OnedSnapshots {

    private final Owned owned;
    private int last = -1;
    private Duration longer = Duration.ZERO;

    /** The machine, where the user has the right. */
    @FunctionalInterface
    interface Owned {
        OnedMachine machine(int user, int id, String right);
    }

    OnedSnapshots(Owned owned) {
        this.owned = owned;
    }

    /** How much longer than other things they take. */
    void take(Duration time) {
        longer = time;
    }

    void register(OnedCalls calls) {
        calls.add("one.vm.snapshotcreate", "is", (user, parameters) -> {
            OnedMachine machine = running(user, parameters.number(0), "create");
            Map<String, String> entry = new LinkedHashMap<>();
            entry.put("SNAPSHOT_ID", Integer.toString(++last));
            entry.put("NAME", parameters.text(1));
            entry.put("TIME", Long.toString(machine.started));
            entry.put("ACTION", "CREATE");
            machine.snapshots.add(entry);
            machine.pass(LcmState.HOTPLUG_SNAPSHOT, LcmState.HOTPLUG_SNAPSHOT, longer, () -> {
                entry.remove("ACTION");
                if (machine.userTemplate.containsKey("NO_SNAPSHOTS")) {
                    machine.snapshots.remove(entry);
                    machine.userTemplate.put("ERROR", "Error creating snapshot: not supported");
                }
            });
            return Value.of(last);
        });
        calls.add("one.vm.snapshotrevert", "ii", (user, parameters) -> {
            OnedMachine machine = running(user, parameters.number(0), "revert");
            entry(machine, parameters.number(1));
            machine.pass(LcmState.HOTPLUG_SNAPSHOT, LcmState.HOTPLUG_SNAPSHOT, () -> {});
            return Value.of(machine.id);
        });
        calls.add("one.vm.snapshotdelete", "ii", (user, parameters) -> {
            OnedMachine machine = running(user, parameters.number(0), "delete");
            Map<String, String> entry = entry(machine, parameters.number(1));
            machine.pass(LcmState.HOTPLUG_SNAPSHOT, LcmState.HOTPLUG_SNAPSHOT, () -> machine.snapshots.remove(entry));
            return Value.of(machine.id);
        });
    }

    private OnedMachine running(int user, int id, String what) {
        OnedMachine machine = owned.machine(user, id, "MANAGE");
        if (!machine.runs()) {
            throw new OnedRefusal(
                    ErrorKind.ACTION,
                    "Could not " + what + " snapshot for VM " + id + ", wrong state " + machine.state() + ".");
        }
        return machine;
    }

    private static Map<String, String> entry(OnedMachine machine, int id) {
        return machine.snapshots.stream()
                .filter(one -> Integer.toString(id).equals(one.get("SNAPSHOT_ID")))
                .findFirst()
                .orElseThrow(() -> new OnedRefusal(ErrorKind.ACTION, "Snapshot " + id + " does not exist"));
    }
}
