package hansa.drivers.opennebula;

import hansa.cloud.RemoteImage;
import hansa.cloud.RemoteState;
import hansa.cloud.RemoteVolume.VolumeState;
import hansa.protocols.opennebula.Image;
import hansa.protocols.opennebula.ImageState;
import hansa.protocols.opennebula.LcmState;
import hansa.protocols.opennebula.VirtualMachine;
import hansa.protocols.opennebula.VmState;
import java.util.Optional;

/** What OpenNebula's states are to the port. What is not known here is busy. */
final class States {

    private States() {}

    static RemoteState of(VirtualMachine vm) {
        return vm.vmState().map(state -> of(state, vm)).orElse(RemoteState.BUSY);
    }

    private static RemoteState of(VmState state, VirtualMachine vm) {
        return switch (state) {
            case INIT, HOLD, CLONING -> RemoteState.BUILDING;
            // After having been stopped or undeployed, a machine waits for a host again.
            case PENDING -> vm.placed() ? RemoteState.BUSY : RemoteState.BUILDING;
            case ACTIVE -> vm.lcm().map(States::of).orElse(RemoteState.BUSY);
            case STOPPED, SUSPENDED -> RemoteState.SAVED;
            case POWEROFF, UNDEPLOYED -> RemoteState.STOPPED;
            case CLONING_FAILURE -> RemoteState.FAILED;
            case DONE -> RemoteState.BUSY;
        };
    }

    private static RemoteState of(LcmState state) {
        return switch (state) {
            case PROLOG, BOOT -> RemoteState.BUILDING;
            case RUNNING -> RemoteState.RUNNING;
            case BOOT_FAILURE,
                    BOOT_MIGRATE_FAILURE,
                    PROLOG_MIGRATE_FAILURE,
                    PROLOG_FAILURE,
                    EPILOG_FAILURE,
                    EPILOG_STOP_FAILURE,
                    EPILOG_UNDEPLOY_FAILURE,
                    PROLOG_MIGRATE_POWEROFF_FAILURE,
                    PROLOG_MIGRATE_SUSPEND_FAILURE,
                    BOOT_UNDEPLOY_FAILURE,
                    BOOT_STOPPED_FAILURE,
                    PROLOG_RESUME_FAILURE,
                    PROLOG_UNDEPLOY_FAILURE,
                    PROLOG_MIGRATE_UNKNOWN_FAILURE -> RemoteState.FAILED;
            case LCM_INIT,
                    MIGRATE,
                    SAVE_STOP,
                    SAVE_SUSPEND,
                    SAVE_MIGRATE,
                    PROLOG_MIGRATE,
                    PROLOG_RESUME,
                    EPILOG_STOP,
                    EPILOG,
                    SHUTDOWN,
                    CLEANUP_RESUBMIT,
                    UNKNOWN,
                    HOTPLUG,
                    SHUTDOWN_POWEROFF,
                    BOOT_UNKNOWN,
                    BOOT_POWEROFF,
                    BOOT_SUSPENDED,
                    BOOT_STOPPED,
                    CLEANUP_DELETE,
                    HOTPLUG_SNAPSHOT,
                    HOTPLUG_NIC,
                    HOTPLUG_SAVEAS,
                    HOTPLUG_SAVEAS_POWEROFF,
                    HOTPLUG_SAVEAS_SUSPENDED,
                    SHUTDOWN_UNDEPLOY,
                    EPILOG_UNDEPLOY,
                    PROLOG_UNDEPLOY,
                    BOOT_UNDEPLOY,
                    HOTPLUG_PROLOG_POWEROFF,
                    HOTPLUG_EPILOG_POWEROFF,
                    BOOT_MIGRATE,
                    PROLOG_MIGRATE_POWEROFF,
                    PROLOG_MIGRATE_SUSPEND,
                    DISK_SNAPSHOT_POWEROFF,
                    DISK_SNAPSHOT_REVERT_POWEROFF,
                    DISK_SNAPSHOT_DELETE_POWEROFF,
                    DISK_SNAPSHOT_SUSPENDED,
                    DISK_SNAPSHOT_DELETE_SUSPENDED,
                    DISK_SNAPSHOT,
                    DISK_SNAPSHOT_DELETE,
                    PROLOG_MIGRATE_UNKNOWN,
                    DISK_RESIZE,
                    DISK_RESIZE_POWEROFF,
                    DISK_RESIZE_UNDEPLOYED,
                    HOTPLUG_NIC_POWEROFF,
                    HOTPLUG_RESIZE,
                    HOTPLUG_SAVEAS_UNDEPLOYED,
                    HOTPLUG_SAVEAS_STOPPED,
                    BACKUP,
                    BACKUP_POWEROFF,
                    RESTORE -> RemoteState.BUSY;
        };
    }

    /** Whether it changes something about a running or stopped machine that takes a moment, and then is as it was. */
    static boolean passes(VirtualMachine vm) {
        return vm.vmState().equals(Optional.of(VmState.ACTIVE))
                && vm.lcm().map(States::passes).orElse(false);
    }

    private static boolean passes(LcmState state) {
        return state.name().startsWith("HOTPLUG") || state.name().startsWith("DISK_");
    }

    /** Whether it is on its way to its end. */
    static boolean ends(VirtualMachine vm) {
        return vm.vmState().equals(Optional.of(VmState.DONE))
                || vm.lcm()
                        .map(lcm ->
                                lcm == LcmState.EPILOG || lcm == LcmState.SHUTDOWN || lcm == LcmState.CLEANUP_DELETE)
                        .orElse(false);
    }

    /** Whether its datastore is at work on it. */
    static boolean isLocked(Image image) {
        return image.imageState().map(States::volume).orElse(VolumeState.BUILDING) == VolumeState.BUILDING;
    }

    static VolumeState volume(ImageState state) {
        return switch (state) {
            case INIT, LOCKED, LOCKED_USED, LOCKED_USED_PERS -> VolumeState.BUILDING;
            case READY, USED, CLONE, USED_PERS -> VolumeState.ONLINE;
            case DISABLED, DELETE -> VolumeState.OFFLINE;
            case ERROR -> VolumeState.FAILED;
        };
    }

    static RemoteImage.ImageState image(ImageState state) {
        return switch (state) {
            case INIT, LOCKED, LOCKED_USED, LOCKED_USED_PERS -> RemoteImage.ImageState.SAVING;
            case READY, USED, CLONE, USED_PERS -> RemoteImage.ImageState.READY;
            case DISABLED, DELETE, ERROR -> RemoteImage.ImageState.FAILED;
        };
    }
}
