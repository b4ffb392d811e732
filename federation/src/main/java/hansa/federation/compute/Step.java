package hansa.federation.compute;

import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;

/** The next thing to do about a machine. */
sealed interface Step {

    record Create() implements Step {}

    /** Leaves our token at a machine that was there before. */
    record Adopt() implements Step {}

    record Power(PowerAction action) implements Step {}

    /** Restarts it once. */
    record Restart(PowerAction action) implements Step {}

    record PlugNic(LinkId link) implements Step {}

    record UnplugNic(LinkId link, RemoteId nic) implements Step {}

    record PlugVolume(LinkId link) implements Step {}

    record UnplugVolume(LinkId link, RemoteId volume) implements Step {}

    /** Drops a link that is not at the cloud. */
    record DropLink(LinkId link) implements Step {}

    record Resize() implements Step {}

    record Capture(MachineWork.Capture capture) implements Step {}

    record Delete() implements Step {}

    /** Takes the machine out of the store: nothing of it is at the cloud. */
    record Forget() implements Step {}

    /** The cloud is at it; look again later. */
    record Await() implements Step {}

    /** Nothing is left to do. */
    record Rest() implements Step {}
}
