package hansa.drivers.occi;

import hansa.cloud.CloudException;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteState;
import hansa.protocols.occi.extension.Infrastructure;
import java.util.Locale;
import java.util.Optional;

/**
 * The actions of a compute (GFD.224 §3.1). OCCI's start also thaws a frozen machine, so it is looked at the machine first,
 * and what has to be refused is refused here.
 */
final class Power {

    private final Endpoint endpoint;

    Power(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** @param method empty where the action has none */
    private record Invocation(String action, Optional<String> method) {
        static Invocation of(String action, String method) {
            return new Invocation(action, Optional.of(method));
        }
    }

    private static final Invocation START = new Invocation("start", Optional.empty());

    void act(RemoteId machine, PowerAction action) {
        requireOffered(action);
        RemoteState state = state(machine);
        if (isReached(action, state)) {
            return;
        }
        requirePossible(machine, action, state);
        try {
            invoke(machine, invocation(action));
        } catch (CloudException.Conflict refusal) {
            // It may have got there by itself, or by a request of ours that was sent twice on its way.
            if (!isReached(action, state(machine))) {
                throw refusal;
            }
        }
    }

    /** A frozen machine that looks as one that is off would be started again by whoever wants it frozen. */
    private void requireOffered(PowerAction action) {
        boolean freezes = action == PowerAction.PAUSE || action == PowerAction.SAVE;
        if (freezes && endpoint.peer().dialect().off().isFrozenToo()) {
            throw new CloudException.InvalidRequest(
                    "the service does not tell a suspended machine from one that is off; stop it instead");
        }
    }

    private RemoteState state(RemoteId machine) {
        return MachineView.state(endpoint.peer().dialect(), endpoint.read(Infrastructure.COMPUTE, machine));
    }

    private static boolean isReached(PowerAction action, RemoteState state) {
        return switch (action) {
            case START, RESUME -> state == RemoteState.RUNNING;
            case SHUTDOWN, POWER_OFF -> state == RemoteState.STOPPED;
            case PAUSE, SAVE -> state == RemoteState.PAUSED;
            case REBOOT, RESET -> false;
        };
    }

    /** A state that passes is left to the service to judge. */
    private static void requirePossible(RemoteId machine, PowerAction action, RemoteState state) {
        boolean possible = switch (action) {
            case START -> state != RemoteState.PAUSED;
            case RESUME, PAUSE, SAVE -> state != RemoteState.STOPPED;
            case REBOOT, RESET -> state != RemoteState.STOPPED && state != RemoteState.PAUSED;
            case SHUTDOWN, POWER_OFF -> true;
        };
        if (!possible) {
            String word = state == RemoteState.PAUSED ? "suspended" : "stopped";
            throw new CloudException.Conflict("the machine " + machine + " is " + word + ", which does not go with "
                    + action.name().toLowerCase(Locale.ROOT).replace('_', ' '));
        }
    }

    private static Invocation invocation(PowerAction action) {
        return switch (action) {
            case START, RESUME -> START;
            case SHUTDOWN -> Invocation.of("stop", "graceful");
            case POWER_OFF -> Invocation.of("stop", "poweroff");
            case REBOOT -> Invocation.of("restart", "graceful");
            case RESET -> Invocation.of("restart", "cold");
            case PAUSE -> Invocation.of("suspend", "suspend");
            case SAVE -> Invocation.of("suspend", "hibernate");
        };
    }

    private void invoke(RemoteId machine, Invocation invocation) {
        Message message = new Message().action(Infrastructure.action(Infrastructure.COMPUTE, invocation.action()));
        invocation.method().ifPresent(method -> message.attribute("method", method));
        endpoint.act(Infrastructure.COMPUTE, machine, invocation.action(), message);
    }
}
