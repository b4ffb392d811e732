package hansa.federation.compute;

import hansa.cloud.CloudName;
import hansa.cloud.ImageStore;
import hansa.cloud.PowerAction;
import hansa.cloud.Token;
import hansa.federation.caller.Caller;
import hansa.federation.compute.MachineAction.RestartMethod;
import hansa.federation.compute.MachineAction.SaveMethod;
import hansa.federation.compute.MachineAction.StopMethod;
import hansa.federation.compute.MachineAction.SuspendMethod;
import hansa.federation.compute.MachineRules.Verb;
import hansa.federation.compute.MachineWork.Capture;
import hansa.federation.compute.MachineWork.Stage;
import hansa.federation.images.ImageId;
import hansa.federation.images.Images;
import hansa.federation.sites.CloudAccess;
import hansa.kernel.base.ErrorCode;
import hansa.kernel.base.Failure;
import hansa.kernel.store.Tx;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Writes what an owner asks of a machine into what is wanted of it. */
final class MachineWishes {

    private final Images images;
    private final CloudAccess clouds;

    MachineWishes(Images images, CloudAccess clouds) {
        this.images = images;
        this.clouds = clouds;
    }

    static Verb verb(MachineAction action) {
        return switch (action) {
            case MachineAction.Start _ -> Verb.START;
            case MachineAction.Stop _ -> Verb.STOP;
            case MachineAction.Restart _ -> Verb.RESTART;
            case MachineAction.Suspend _ -> Verb.SUSPEND;
            case MachineAction.Save _ -> Verb.SAVE;
        };
    }

    /** @return the image that a save announces */
    Optional<ImageId> apply(Tx tx, Caller caller, MachineEdit edit, MachineAction action, Instant now) {
        edit.wish(now);
        switch (action) {
            case MachineAction.Start _ -> start(edit);
            case MachineAction.Stop(StopMethod method) ->
                power(
                        edit,
                        Desired.STOPPED,
                        Optional.of(
                                switch (method) {
                                    case GRACEFUL, ACPIOFF -> PowerAction.SHUTDOWN;
                                    case POWEROFF -> PowerAction.POWER_OFF;
                                }));
            case MachineAction.Suspend(SuspendMethod method) ->
                power(
                        edit,
                        Desired.SUSPENDED,
                        Optional.of(
                                switch (method) {
                                    case HIBERNATE -> PowerAction.SAVE;
                                    case SUSPEND -> PowerAction.PAUSE;
                                }));
            case MachineAction.Restart(RestartMethod method) -> {
                power(edit, Desired.RUNNING, Optional.empty());
                // As fine as it is kept, so that whoever asked can tell it from a later one.
                edit.restartAsked = Optional.of(now.truncatedTo(ChronoUnit.MICROS));
                edit.restart = Optional.of(
                        switch (method) {
                            case GRACEFUL, WARM -> PowerAction.REBOOT;
                            case COLD -> PowerAction.RESET;
                        });
            }
            case MachineAction.Save(SaveMethod method, String name) -> {
                return Optional.of(save(tx, caller, edit, method, name));
            }
        }
        return Optional.empty();
    }

    private static void power(MachineEdit edit, Desired desired, Optional<PowerAction> by) {
        edit.desired = desired;
        edit.open = true;
        edit.by = by;
        edit.dropRestart();
    }

    private static void start(MachineEdit edit) {
        power(edit, Desired.RUNNING, Optional.empty());
        if (edit.stage == Stage.GIVEN_UP || edit.stage == Stage.LOST) {
            edit.stage = Stage.WANTED;
            edit.state = MachineState.PENDING;
            edit.actualSize = edit.size;
            edit.actualFlavour = edit.flavour;
            edit.nics.removeIf(link -> link.state() == LinkState.DELETING);
            edit.volumes.removeIf(link -> link.state() == LinkState.DELETING);
            edit.nics.replaceAll(link -> link.withState(LinkState.PENDING, ""));
            edit.volumes.replaceAll(link -> link.withState(LinkState.PENDING, ""));
        }
    }

    private ImageId save(Tx tx, Caller caller, MachineEdit edit, SaveMethod method, String name) {
        CloudName cloud = edit.before().cloud();
        if (!clouds.has(cloud, ImageStore.class)) {
            throw new Failure(ErrorCode.CLOUD_UNSUPPORTED, "The cloud '" + cloud + "' cannot make images of machines.");
        }
        if (edit.captures.size() >= Input.LINKS) {
            throw Input.invalid("The machine is being saved " + Input.LINKS + " times already; wait for them.");
        }
        if (name.isBlank()) {
            throw Input.invalid("A saved image needs a name.");
        }
        Input.text("name", name, Input.TITLE, false);
        Token token = Tokens.next();
        ImageId image =
                images.announce(tx, caller, edit.before().owner(), edit.before().vo(), name, cloud, token);
        edit.captures.add(new Capture(image, token, name, method == SaveMethod.HOT));
        return image;
    }

    static void delete(MachineEdit edit, Instant now) {
        if (edit.desired == Desired.DELETED) {
            return;
        }
        edit.wish(now);
        edit.desired = Desired.DELETED;
        edit.state = MachineState.DELETING;
        edit.open = true;
        edit.dropRestart();
        edit.nics.replaceAll(link -> link.withState(LinkState.DELETING, ""));
        edit.volumes.replaceAll(link -> link.withState(LinkState.DELETING, ""));
    }
}
