package hansa.drivers.opennebula;

import hansa.cloud.CloudException;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteState;
import hansa.protocols.opennebula.LcmState;
import hansa.protocols.opennebula.VirtualMachine;
import java.util.Locale;
import java.util.Optional;

/**
 * OpenNebula's actions for those of the port. It cannot freeze in memory: {@code suspend} writes the memory to the
 * host's disk, and {@code stop} also leaves the host.
 */
final class Power {

    private final Account account;
    private final Watch watch;

    Power(Account account, Watch watch) {
        this.account = account;
        this.watch = watch;
    }

    void act(int machine, PowerAction action) {
        VirtualMachine vm = watch.settled(machine);
        RemoteState state = States.of(vm);
        Optional<LcmState> lcm = vm.lcm();
        boolean unreachable = lcm.equals(Optional.of(LcmState.UNKNOWN));
        boolean shuttingDown = lcm.equals(Optional.of(LcmState.SHUTDOWN_POWEROFF));
        switch (action) {
            case START -> {
                if (state == RemoteState.STOPPED || unreachable) {
                    account.act(machine, "resume");
                } else {
                    require(state == RemoteState.RUNNING, vm, action);
                }
            }
            case RESUME -> {
                if (state == RemoteState.SAVED) {
                    account.act(machine, "resume");
                } else {
                    require(state == RemoteState.RUNNING, vm, action);
                }
            }
            case SHUTDOWN -> {
                if (state == RemoteState.RUNNING) {
                    account.act(machine, "poweroff");
                    watch.cutPowerLater(machine);
                } else {
                    require(state == RemoteState.STOPPED || shuttingDown, vm, action);
                }
            }
            case POWER_OFF -> {
                if (state == RemoteState.RUNNING || unreachable || shuttingDown) {
                    account.act(machine, "poweroff-hard");
                } else {
                    require(state == RemoteState.STOPPED, vm, action);
                }
            }
            case REBOOT -> whileRunning(vm, action, "reboot");
            case RESET -> whileRunning(vm, action, "reboot-hard");
            case PAUSE -> unlessSaved(vm, action, "suspend");
            case SAVE -> unlessSaved(vm, action, "stop");
        }
    }

    private void whileRunning(VirtualMachine vm, PowerAction action, String word) {
        require(States.of(vm) == RemoteState.RUNNING, vm, action);
        account.act(vm.id(), word);
    }

    private void unlessSaved(VirtualMachine vm, PowerAction action, String word) {
        if (States.of(vm) != RemoteState.SAVED) {
            whileRunning(vm, action, word);
        }
    }

    private static void require(boolean holds, VirtualMachine vm, PowerAction action) {
        if (!holds) {
            String state = vm.vmState().map(Enum::name).orElseGet(() -> "state " + vm.state());
            String detail = vm.lcm()
                    .filter(lcm -> lcm != LcmState.LCM_INIT)
                    .map(lcm -> "/" + lcm)
                    .orElse("");
            throw new CloudException.Conflict("the machine " + vm.id() + " is " + state + detail
                    + " at OpenNebula, which allows no " + action.name().toLowerCase(Locale.ROOT));
        }
    }
}
