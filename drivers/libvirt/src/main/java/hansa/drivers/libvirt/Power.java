package hansa.drivers.libvirt;

import hansa.cloud.CloudException;
import hansa.cloud.PowerAction;
import hansa.cloud.RemoteId;
import hansa.cloud.RemoteState;
import hansa.drivers.libvirt.Machines.Machine;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done to a machine's power. What takes the guest's own time goes on after the call has answered. */
final class Power {

    private static final Logger LOG = LoggerFactory.getLogger(Power.class);

    /** A guest that is still booting misses the button; so it is pressed again. */
    private static final Duration PRESS_AGAIN = Duration.ofSeconds(2);

    private static final Duration POLL = Duration.ofMillis(200);

    private final LibvirtSettings settings;
    private final Domains domains;
    private final Machines machines;
    private final Creation creation;
    private final RebootWatch reboots;

    Power(LibvirtSettings settings, Domains domains, Machines machines, Creation creation, RebootWatch reboots) {
        this.settings = settings;
        this.domains = domains;
        this.machines = machines;
        this.creation = creation;
        this.reboots = reboots;
    }

    void act(RemoteId id, PowerAction action) {
        machines.hold(id, () -> {
            Machine machine = machines.require(id).reached();
            RemoteState state = machine.state().state();
            switch (action) {
                case START -> start(machine, state);
                case SHUTDOWN -> shutDown(machine, state);
                case POWER_OFF -> powerOff(machine, state);
                case REBOOT -> reboot(machine, state);
                case RESET -> {
                    needs(machine, action, state, RemoteState.RUNNING);
                    domains.reset(id.value());
                }
                case PAUSE -> pause(machine, state);
                case SAVE -> save(machine, state);
                case RESUME -> resume(machine, state);
            }
        });
    }

    private static void needs(Machine machine, PowerAction action, RemoteState state, RemoteState needed) {
        if (state != needed) {
            throw conflict(machine, action, state);
        }
    }

    private static CloudException conflict(Machine machine, PowerAction action, RemoteState state) {
        String doing = action.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String busy = state == RemoteState.BUSY ? ": " + machine.state().message() : "";
        return new CloudException.Conflict("the machine " + machine.id() + " is "
                + state.name().toLowerCase(Locale.ROOT) + busy + "; this does not allow to " + doing + " it");
    }

    private void start(Machine machine, RemoteState state) {
        switch (state) {
            case RUNNING -> {}
            case STOPPED, FAILED, BUILDING -> {
                if (machine.files().isInTheMaking()) {
                    creation.finish(machine.id());
                } else {
                    creation.start(machine.id());
                }
            }
            case PAUSED, SAVED, BUSY -> throw conflict(machine, PowerAction.START, state);
        }
    }

    private void pause(Machine machine, RemoteState state) {
        if (state != RemoteState.PAUSED) {
            needs(machine, PowerAction.PAUSE, state, RemoteState.RUNNING);
            domains.suspend(machine.id().value());
        }
    }

    private void resume(Machine machine, RemoteState state) {
        switch (state) {
            case RUNNING -> {}
            case PAUSED -> domains.resume(machine.id().value());
            case SAVED -> creation.start(machine.id());
            case BUILDING, STOPPED, BUSY, FAILED -> throw conflict(machine, PowerAction.RESUME, state);
        }
    }

    private void save(Machine machine, RemoteState state) {
        switch (state) {
            case SAVED -> {}
            case RUNNING, PAUSED ->
                inBackground(
                        machine.id(),
                        "its memory is being saved",
                        () -> domains.save(machine.id().value(), settings.copyLimit()));
            case BUILDING, STOPPED, BUSY, FAILED -> throw conflict(machine, PowerAction.SAVE, state);
        }
    }

    private void powerOff(Machine machine, RemoteState state) {
        String name = machine.id().value();
        switch (state) {
            case STOPPED, FAILED, BUILDING -> {}
            case SAVED -> domains.forgetSaved(name);
            // Also one that is on its way: this is what gets a machine out of a shutdown that takes too long.
            case RUNNING, PAUSED, BUSY -> {
                try {
                    domains.destroy(name);
                } catch (CloudException.Conflict e) {
                    LOG.debug("{} ended meanwhile: {}", name, e.text());
                }
            }
        }
    }

    private void shutDown(Machine machine, RemoteState state) {
        String name = machine.id().value();
        switch (state) {
            case STOPPED, FAILED -> {}
            case RUNNING ->
                inBackground(machine.id(), "the guest is asked to shut down", () -> {
                    if (!pressUntil(() -> domains.pressPowerButton(name), () -> !isRunning(name))) {
                        LOG.info("{} did not shut down within {}; its power is cut", name, settings.gracePeriod());
                        destroyIfRunning(name);
                    }
                });
            case PAUSED, BUILDING, SAVED, BUSY -> throw conflict(machine, PowerAction.SHUTDOWN, state);
        }
    }

    private void reboot(Machine machine, RemoteState state) {
        needs(machine, PowerAction.REBOOT, state, RemoteState.RUNNING);
        String name = machine.id().value();
        inBackground(machine.id(), "the guest is asked to restart", () -> {
            try (RebootWatch.Expected restarted = reboots.expect(name)) {
                if (!pressUntil(() -> domains.reboot(name), restarted::happened)) {
                    LOG.info("{} did not restart within {}; it is reset", name, settings.gracePeriod());
                    domains.reset(name);
                }
            }
        });
    }

    private interface Reached {
        boolean now();
    }

    /** Presses and presses again until the goal is reached. False when the grace period is over. */
    private boolean pressUntil(Runnable press, Reached goal) {
        long end = System.nanoTime() + settings.gracePeriod().toNanos();
        long nextPress = System.nanoTime();
        while (System.nanoTime() - end < 0) {
            if (goal.now()) {
                return true;
            }
            if (System.nanoTime() - nextPress >= 0) {
                nextPress += PRESS_AGAIN.toNanos();
                try {
                    press.run();
                } catch (CloudException.Conflict | CloudException.NotFound e) {
                    LOG.debug("the guest ended while its button was pressed: {}", e.text());
                }
            }
            try {
                Thread.sleep(POLL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return goal.now();
            }
        }
        return goal.now();
    }

    private boolean isRunning(String name) {
        return domains.find(name).filter(SeenDomain::isActive).isPresent();
    }

    private void destroyIfRunning(String name) {
        try {
            domains.destroy(name);
        } catch (CloudException.Conflict | CloudException.NotFound e) {
            LOG.debug("{} ended meanwhile: {}", name, e.text());
        }
    }

    /** The machine is busy until it is done. */
    private void inBackground(RemoteId id, String doing, Runnable work) {
        if (!machines.begin(id, doing)) {
            throw new CloudException.Conflict("the machine " + id + " is busy; try again when it is not");
        }
        Thread.ofVirtual().name(doing + " " + id).start(() -> {
            try {
                work.run();
            } catch (CloudException e) {
                LOG.warn("{}: {}: {}", id, doing, e.text());
            } finally {
                machines.end(id);
            }
        });
    }
}
