package hansa.drivers.openstack;

import hansa.cloud.CloudException;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteState;
import java.util.Locale;
import java.util.Map;

/**
 * Nova's actions for those of the port. Nova cuts no power by itself: {@code os-stop} asks the guest first and cuts it when the
 * guest has not shut down within the time that the site gives.
 */
final class Power {

    private static final String STOP = "os-stop";

    private final Nova nova;

    Power(Nova nova) {
        this.nova = nova;
    }

    void act(RemoteId machine, PowerAction action) {
        Server server = nova.settled(machine);
        RemoteState state = States.of(server);
        switch (action) {
            case START -> {
                if (state == RemoteState.STOPPED) {
                    nova.act(machine, server.status().startsWith("SHELVED") ? "unshelve" : "os-start");
                } else {
                    require(state == RemoteState.RUNNING, server, action);
                }
            }
            case RESUME -> {
                switch (state) {
                    case PAUSED -> nova.act(machine, "unpause");
                    case SAVED -> nova.act(machine, "resume");
                    case BUILDING, RUNNING, STOPPED, BUSY, FAILED ->
                        require(state == RemoteState.RUNNING, server, action);
                }
            }
            case SHUTDOWN -> {
                if (state == RemoteState.RUNNING) {
                    nova.act(machine, STOP);
                } else {
                    require(state == RemoteState.STOPPED, server, action);
                }
            }
            case POWER_OFF -> powerOff(machine, server, state);
            case REBOOT -> {
                require(state == RemoteState.RUNNING, server, action);
                nova.act(machine, "reboot", Map.of("type", "SOFT"));
            }
            case RESET -> {
                require(state == RemoteState.RUNNING || state == RemoteState.FAILED, server, action);
                nova.act(machine, "reboot", Map.of("type", "HARD"));
            }
            case PAUSE -> {
                if (state == RemoteState.RUNNING) {
                    nova.act(machine, "pause");
                } else {
                    require(state == RemoteState.PAUSED, server, action);
                }
            }
            case SAVE -> {
                if (state == RemoteState.RUNNING) {
                    nova.act(machine, "suspend");
                } else {
                    require(state == RemoteState.SAVED, server, action);
                }
            }
        }
    }

    /** Nova stops running machines only, so one that is frozen thaws first. */
    private void powerOff(RemoteId machine, Server server, RemoteState state) {
        switch (state) {
            case RUNNING, FAILED -> nova.act(machine, STOP);
            case PAUSED, SAVED -> {
                nova.act(machine, state == RemoteState.PAUSED ? "unpause" : "resume");
                Server thawed = nova.settled(machine);
                require(States.of(thawed) == RemoteState.RUNNING, thawed, PowerAction.POWER_OFF);
                nova.act(machine, STOP);
            }
            case STOPPED -> {}
            case BUILDING, BUSY -> require(false, server, PowerAction.POWER_OFF);
        }
    }

    private static void require(boolean holds, Server server, PowerAction action) {
        if (!holds) {
            throw new CloudException.Conflict("the machine " + server.id() + " is " + Refusals.oneLine(server.status())
                    + server.task().map(task -> "/" + Refusals.oneLine(task)).orElse("")
                    + " at OpenStack, which allows no "
                    + action.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
    }
}
