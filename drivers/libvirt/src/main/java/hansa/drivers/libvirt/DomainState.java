package hansa.drivers.libvirt;

import hansa.cloud.RemoteState;

/** What libvirt's states ({@code virDomainState} with its reasons, libvirt-domain.h) mean at the port. */
record DomainState(RemoteState state, String message) {

    private static final int RUNNING = 1;
    private static final int BLOCKED = 2;
    private static final int PAUSED = 3;
    private static final int SHUTTING_DOWN = 4;
    private static final int SHUT_OFF = 5;
    private static final int CRASHED = 6;
    private static final int SUSPENDED_BY_GUEST = 7;

    /** @param saved whether its memory lies on disk */
    static DomainState of(int state, int reason, boolean saved) {
        return switch (state) {
            case RUNNING, BLOCKED -> new DomainState(RemoteState.RUNNING, "");
            case PAUSED -> paused(reason);
            case SHUTTING_DOWN -> new DomainState(RemoteState.BUSY, "the guest is shutting down");
            case SHUT_OFF -> saved ? new DomainState(RemoteState.SAVED, "") : shutOff(reason);
            case CRASHED -> new DomainState(RemoteState.FAILED, "the guest crashed; start it again");
            case SUSPENDED_BY_GUEST -> new DomainState(RemoteState.PAUSED, "the guest put itself to sleep (ACPI S3)");
            default -> new DomainState(RemoteState.BUSY, "libvirt reports the state " + state);
        };
    }

    /** virDomainPausedReason. */
    private static DomainState paused(int reason) {
        return switch (reason) {
            case 2, 3, 4, 8, 9, 12, 13 -> new DomainState(RemoteState.BUSY, "");
            case 5 ->
                new DomainState(
                        RemoteState.PAUSED, "the guest is frozen because its disk failed, perhaps the host's is full");
            case 6 -> new DomainState(RemoteState.PAUSED, "the guest's watchdog froze it");
            case 10 -> new DomainState(RemoteState.FAILED, "the guest crashed; start it again");
            case 11 -> new DomainState(RemoteState.BUSY, "starting");
            default -> new DomainState(RemoteState.PAUSED, "");
        };
    }

    /** virDomainShutoffReason. */
    private static DomainState shutOff(int reason) {
        return switch (reason) {
            case 3 -> new DomainState(RemoteState.FAILED, "the hypervisor ended unexpectedly; start the machine again");
            case 6 -> new DomainState(RemoteState.FAILED, "the hypervisor could not start the machine");
            case 8 -> new DomainState(RemoteState.FAILED, "libvirt lost the machine while it was down; start it again");
            default -> new DomainState(RemoteState.STOPPED, "");
        };
    }
}
