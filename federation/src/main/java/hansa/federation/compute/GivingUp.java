package hansa.federation.compute;

import hansa.federation.compute.MachineWork.Stage;
import hansa.kernel.store.Tx;
import java.util.Optional;

/** Takes back the one wish that a cloud refused for good and says why; everything else about the machine goes on. */
final class GivingUp {

    private final MachineEdit edit;
    private final String why;
    private final MachineWriter writer;
    private final Tx tx;

    GivingUp(MachineEdit edit, String why, MachineWriter writer, Tx tx) {
        this.edit = edit;
        this.why = why;
        this.writer = writer;
        this.tx = tx;
    }

    void of(Step step) {
        switch (step) {
            case Step.Create _ -> create();
            case Step.Adopt _ -> adopt();
            case Step.Power(var action) -> {
                boolean resizing = !edit.size.equals(edit.actualSize) || !edit.flavour.equals(edit.actualFlavour);
                if (resizing) {
                    resize();
                } else {
                    power(
                            switch (action) {
                                case START, RESUME -> "started";
                                case SHUTDOWN, POWER_OFF -> "stopped";
                                case PAUSE, SAVE -> "suspended";
                                case REBOOT, RESET -> "restarted";
                            });
                }
            }
            case Step.Restart _ -> {
                edit.dropRestart();
                edit.note = "It could not be restarted: " + why + ".";
            }
            case Step.PlugNic(LinkId link) -> plug(link, "plugged in");
            case Step.PlugVolume(LinkId link) -> plug(link, "plugged in");
            case Step.UnplugNic(LinkId link, var _) -> plug(link, "unplugged");
            case Step.UnplugVolume(LinkId link, var _) -> plug(link, "unplugged");
            case Step.Resize _ -> resize();
            case Step.Capture(var capture) -> {
                writer.captureFailed(tx, edit, capture, "The machine could not be saved: " + why + ".");
                edit.note = "It could not be saved: " + why + ".";
            }
            case Step.Delete _, Step.Forget _, Step.DropLink _, Step.Await _, Step.Rest _ ->
                throw new IllegalStateException("a " + step.getClass().getSimpleName() + " is never given up");
        }
    }

    private void create() {
        edit.stage = Stage.GIVEN_UP;
        edit.state = MachineState.ERROR;
        edit.open = false;
        edit.note = "It could not be made: " + why + ". Start tries again, delete removes it.";
    }

    private void adopt() {
        edit.stage = Stage.GIVEN_UP;
        edit.remote = Optional.empty();
        edit.seen = Sight.NONE;
        edit.state = MachineState.ERROR;
        edit.open = false;
        edit.note = "It could not be adopted: " + why + ". Delete removes it here and leaves it as it is there.";
    }

    private void power(String what) {
        edit.open = false;
        edit.dropRestart();
        edit.desired = switch (edit.state) {
            case ACTIVE -> Desired.RUNNING;
            case INACTIVE -> Desired.STOPPED;
            case SUSPENDED -> Desired.SUSPENDED;
            case PENDING, ERROR, DELETING -> edit.desired;
        };
        edit.note = "It could not be " + what + ": " + why + ".";
    }

    private void plug(LinkId id, String what) {
        String text = "It could not be " + what + ": " + why + ".";
        edit.nic(id, link -> link.withState(LinkState.ERROR, text));
        edit.volume(id, link -> link.withState(LinkState.ERROR, text));
    }

    private void resize() {
        writer.giveBack(tx, edit.before(), QuotaUse.Amount.resized(edit.actualSize, edit.size));
        edit.size = edit.actualSize;
        edit.flavour = edit.actualFlavour;
        edit.note = "It could not be resized: " + why + ".";
    }
}
