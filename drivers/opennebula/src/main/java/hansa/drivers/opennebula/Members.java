package hansa.drivers.opennebula;

import hansa.cloud.RemoteMachine;
import hansa.cloud.RemoteState;
import hansa.protocols.opennebula.VirtualMachine;
import hansa.protocols.opennebula.VmState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of machines that are in groups, from looking at them: in which one, so that nobody has to ask when they end; and
 * since when their scheduler finds no host for them, which OpenNebula itself never calls a failure. Forgotten with the process.
 */
final class Members {

    private final Duration patience;
    private final Map<Integer, Integer> groups = new ConcurrentHashMap<>();
    private final Map<Integer, Long> waitingSince = new ConcurrentHashMap<>();

    /** @param patience how long the scheduler may look for a host until the machine counts as failed */
    Members(Duration patience) {
        this.patience = patience;
    }

    RemoteMachine view(VirtualMachine vm) {
        RemoteMachine machine = MachineView.of(vm);
        if (vm.group().isEmpty()) {
            return machine;
        }
        groups.put(vm.id(), vm.group().getAsInt());
        if (!findsNoHost(vm)) {
            waitingSince.remove(vm.id());
            return machine;
        }
        long since = waitingSince.computeIfAbsent(vm.id(), _ -> System.nanoTime());
        return System.nanoTime() - since < patience.toNanos() ? machine : failed(machine);
    }

    private static boolean findsNoHost(VirtualMachine vm) {
        return vm.vmState().equals(Optional.of(VmState.PENDING))
                && !vm.placed()
                && vm.userTemplate().text("SCHED_MESSAGE").isPresent();
    }

    private static RemoteMachine failed(RemoteMachine machine) {
        return new RemoteMachine(
                machine.id(),
                machine.token(),
                machine.name(),
                RemoteState.FAILED,
                machine.message(),
                machine.size(),
                machine.nics(),
                machine.volumes(),
                machine.created());
    }

    /** The number of its group, where it is known to be in one; once. */
    Optional<Integer> leave(int machine) {
        waitingSince.remove(machine);
        return Optional.ofNullable(groups.remove(machine));
    }

    /** Of no others something is remembered. */
    void retain(Set<Integer> machines) {
        groups.keySet().retainAll(machines);
        waitingSince.keySet().retainAll(machines);
    }
}
