package hansa.federation.compute;

/** What can be asked of a machine (GFD.224 §3.1). */
public sealed interface MachineAction {

    record Start() implements MachineAction {}

    record Stop(StopMethod method) implements MachineAction {}

    record Restart(RestartMethod method) implements MachineAction {}

    record Suspend(SuspendMethod method) implements MachineAction {}

    /** @param name title of the new image, 1 to 255 characters */
    record Save(SaveMethod method, String name) implements MachineAction {}

    enum StopMethod {
        /** The guest shuts down by itself; where it does not, its power is cut. */
        GRACEFUL,
        /** As graceful: the ACPI button is how a guest is asked. */
        ACPIOFF,
        POWEROFF
    }

    enum RestartMethod {
        /** The guest restarts by itself; one that does not is reset. */
        GRACEFUL,
        /** As graceful. */
        WARM,
        /** The reset button. */
        COLD
    }

    enum SuspendMethod {
        /** To disk. */
        HIBERNATE,
        /** In memory. */
        SUSPEND
    }

    enum SaveMethod {
        /** At once, whether it runs or not. */
        HOT,
        /** As soon as it does not run: at the next stop, or before it is deleted. */
        DEFERRED
    }
}
