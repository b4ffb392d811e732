package hansa.drivers.ec2;

import hansa.cloud.CloudException;
import hansa.cloud.PowerAction;
import java.util.List;
import java.util.Locale;

/** What can be done to an instance's power. EC2 freezes nothing, and its reboot is a reset for guests that do not answer. */
final class Power {

    private final Query query;

    Power(Query query) {
        this.query = query;
    }

    void act(Instance instance, PowerAction action) {
        switch (action) {
            case START -> start(instance);
            case RESUME -> resume(instance);
            case SHUTDOWN -> stop(instance, false);
            case POWER_OFF -> stop(instance, true);
            case REBOOT, RESET -> {
                requireRunning(instance, action);
                query.call(on("RebootInstances", instance));
            }
            case PAUSE, SAVE -> {
                requireRunning(instance, action);
                throw new CloudException.InvalidRequest(
                        "EC2 does not freeze machines; shut " + instance.id() + " down instead");
            }
        }
    }

    private static Form on(String action, Instance instance) {
        return Form.of(action).list("InstanceId", List.of(instance.id()));
    }

    private void start(Instance instance) {
        switch (instance.state()) {
            case RUNNING, PENDING -> {}
            case STOPPED -> query.call(on("StartInstances", instance));
            case STOPPING, SHUTTING_DOWN, TERMINATED, OTHER -> throw refused(instance, PowerAction.START);
        }
    }

    private static void resume(Instance instance) {
        switch (instance.state()) {
            case RUNNING, PENDING -> {}
            case STOPPED, STOPPING, SHUTTING_DOWN, TERMINATED, OTHER -> throw refused(instance, PowerAction.RESUME);
        }
    }

    private void stop(Instance instance, boolean force) {
        switch (instance.state()) {
            case STOPPED -> {}
            case STOPPING -> {
                if (force) {
                    query.call(on("StopInstances", instance).with("Force", "true"));
                }
            }
            case RUNNING, PENDING -> {
                Form form = on("StopInstances", instance);
                query.call(force ? form.with("Force", "true") : form);
            }
            case SHUTTING_DOWN, TERMINATED, OTHER ->
                throw refused(instance, force ? PowerAction.POWER_OFF : PowerAction.SHUTDOWN);
        }
    }

    private static void requireRunning(Instance instance, PowerAction action) {
        if (instance.state() != Instance.State.RUNNING) {
            throw refused(instance, action);
        }
    }

    private static CloudException.Conflict refused(Instance instance, PowerAction action) {
        return new CloudException.Conflict("the machine " + instance.id() + " is " + name(instance.state()) + "; "
                + name(action) + " is not possible now");
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
