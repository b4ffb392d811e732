package hansa.drivers.opennebula;

import hansa.protocols.opennebula.ErrorKind;
import hansa.protocols.opennebula.LcmState;
import hansa.protocols.opennebula.VmState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A machine of the strict server: its state machine takes a moment for each step, as the real one does. */
final class OnedMachine {

    final int id;
    final int owner;
    final String name;
    final long started = System.currentTimeMillis() / 1000;
    final Map<String, String> template = new LinkedHashMap<>();
    final Map<String, String> userTemplate = new LinkedHashMap<>();
    final Map<String, String> context = new LinkedHashMap<>();
    final List<Map<String, String>> disks = new ArrayList<>();
    final List<Map<String, String>> nics = new ArrayList<>();
    final List<Map<String, String>> snapshots = new ArrayList<>();
    final Map<String, String> group = new LinkedHashMap<>();
    final OnedHistory history = new OnedHistory();

    /** Where it is; below 0 while it is nowhere. */
    int host = -1;

    private final Duration step;
    private final Deque<Step> ahead = new ArrayDeque<>();
    private VmState state = VmState.PENDING;
    private LcmState lcm = LcmState.LCM_INIT;
    private int unknownLcm = -1;
    private boolean placed;
    private long due;

    private record Step(VmState state, LcmState lcm, Runnable then) {}

    OnedMachine(int id, int owner, String name, Duration step) {
        this.id = id;
        this.owner = owner;
        this.name = name;
        this.step = step;
    }

    /** Until then it stays as it is. */
    private OnedMachine then(VmState next, LcmState nextLcm, Runnable effect) {
        if (ahead.isEmpty()) {
            due = System.nanoTime() + step.toNanos();
        }
        ahead.add(new Step(next, nextLcm, effect));
        return this;
    }

    private OnedMachine then(VmState next, LcmState nextLcm) {
        return then(next, nextLcm, () -> {});
    }

    private OnedMachine active(LcmState next) {
        return then(VmState.ACTIVE, next);
    }

    private void now(VmState next, LcmState nextLcm) {
        state = next;
        lcm = nextLcm;
    }

    void advance() {
        while (!ahead.isEmpty() && System.nanoTime() - due >= 0) {
            Step next = ahead.remove();
            now(next.state(), next.lcm());
            placed |= state == VmState.ACTIVE;
            next.then().run();
            due += step.toNanos();
        }
    }

    /** Whether the scheduler still has to find a host for it. */
    boolean waits() {
        return is(VmState.PENDING) && host < 0;
    }

    void boot() {
        active(LcmState.PROLOG).active(LcmState.BOOT).active(LcmState.RUNNING);
    }

    void enter(LcmState now) {
        ahead.clear();
        now(VmState.ACTIVE, now);
    }

    /** A state of a later version, which drivers cannot know. */
    void enterUnknown(int number) {
        unknownLcm = number;
    }

    void fail(String why) {
        ahead.clear();
        now(VmState.ACTIVE, LcmState.BOOT_FAILURE);
        userTemplate.put("ERROR", why);
    }

    VmState state() {
        return state;
    }

    int lcmNumber() {
        return unknownLcm >= 0 ? unknownLcm : lcm.number();
    }

    boolean placed() {
        return placed;
    }

    private boolean is(VmState one) {
        return state == one && ahead.isEmpty();
    }

    boolean runs() {
        return state == VmState.ACTIVE && lcm == LcmState.RUNNING && ahead.isEmpty();
    }

    boolean isOff() {
        return is(VmState.POWEROFF);
    }

    private OnedRefusal refused(String action) {
        return new OnedRefusal(
                ErrorKind.ACTION,
                "[one.vm.action] Error performing action \"" + action + "\": This action is not available for state "
                        + (state == VmState.ACTIVE ? lcm.name() : state.name()));
    }

    private void require(boolean allowed, String action) {
        if (!allowed) {
            throw refused(action);
        }
    }

    void act(String action, Runnable release) {
        switch (action) {
            case "terminate", "terminate-hard" -> terminate(action, release);
            case "poweroff", "poweroff-hard" -> {
                boolean cut = action.equals("poweroff-hard") && lcm == LcmState.SHUTDOWN_POWEROFF;
                require(runs() || cut, action);
                ahead.clear();
                now(VmState.ACTIVE, LcmState.SHUTDOWN_POWEROFF);
                boolean deaf = userTemplate.containsKey("DEAF") && action.equals("poweroff");
                if (!deaf) {
                    then(VmState.POWEROFF, LcmState.LCM_INIT);
                }
            }
            case "reboot", "reboot-hard" -> require(runs(), action);
            case "suspend" -> {
                require(runs(), action);
                now(VmState.ACTIVE, LcmState.SAVE_SUSPEND);
                then(VmState.SUSPENDED, LcmState.LCM_INIT);
            }
            case "stop" -> {
                require(runs() || is(VmState.SUSPENDED), action);
                now(VmState.ACTIVE, LcmState.SAVE_STOP);
                active(LcmState.EPILOG_STOP).then(VmState.STOPPED, LcmState.LCM_INIT);
            }
            case "resume" -> resume(action);
            default ->
                throw new OnedRefusal(ErrorKind.ACTION, "[one.vm.action] Action \"" + action + "\" is not supported");
        }
    }

    private void resume(String action) {
        require(ahead.isEmpty(), action);
        switch (state) {
            case POWEROFF -> {
                now(VmState.ACTIVE, LcmState.BOOT_POWEROFF);
                active(LcmState.RUNNING);
            }
            case SUSPENDED -> {
                now(VmState.ACTIVE, LcmState.BOOT_SUSPENDED);
                active(LcmState.RUNNING);
            }
            case STOPPED -> {
                now(VmState.PENDING, LcmState.LCM_INIT);
                active(LcmState.PROLOG_RESUME).active(LcmState.BOOT_STOPPED).active(LcmState.RUNNING);
            }
            default -> throw refused(action);
        }
    }

    private void terminate(String action, Runnable release) {
        switch (state) {
            case PENDING, HOLD, CLONING, CLONING_FAILURE -> {
                ahead.clear();
                now(VmState.DONE, LcmState.LCM_INIT);
                release.run();
            }
            case POWEROFF, SUSPENDED, STOPPED, UNDEPLOYED -> {
                now(VmState.ACTIVE, LcmState.EPILOG);
                then(VmState.DONE, LcmState.LCM_INIT, release);
            }
            case ACTIVE -> {
                boolean failed = lcm.name().endsWith("_FAILURE");
                require(runs() || failed || lcm == LcmState.UNKNOWN || lcm == LcmState.SHUTDOWN, action);
                ahead.clear();
                now(VmState.ACTIVE, LcmState.SHUTDOWN);
                active(LcmState.EPILOG).then(VmState.DONE, LcmState.LCM_INIT, release);
            }
            case INIT, DONE -> {
                // Done is done.
            }
        }
    }

    void deleteAtOnce(Runnable release) {
        ahead.clear();
        now(VmState.ACTIVE, LcmState.CLEANUP_DELETE);
        then(VmState.DONE, LcmState.LCM_INIT, release);
    }

    /** The same, and stays longer in it. */
    void pass(LcmState running, LcmState off, Duration longer, Runnable effect) {
        pass(running, off, effect);
        due += longer.toNanos();
    }

    /** Goes through a state that passes and comes back. */
    void pass(LcmState running, LcmState off, Runnable effect) {
        boolean ran = runs();
        now(VmState.ACTIVE, ran ? running : off);
        if (ran) {
            then(VmState.ACTIVE, LcmState.RUNNING, effect);
        } else {
            then(VmState.POWEROFF, LcmState.LCM_INIT, effect);
        }
    }
}
